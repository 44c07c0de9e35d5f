// The front end, which is the chapters on expansion and resolution emitted without checks, against the same chapters
// on an engine that checks every call: on the corpus, on every .sx file of the repository, and on programs made at
// random, sound ones and wounded ones, both give the same core forms with the same places, or the same errors.
// ROSE_ASH_LAW_PROGRAMS sets how many are tried; a failure shows fast-check's seed. A chapter with one rule broken
// must be found out by the corpus alone.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { create as createExpander } from "../bootstrap/emitted/expand.js";
import { create as createRenderer } from "../bootstrap/emitted/render.js";
import { create as createResolver } from "../bootstrap/emitted/resolve.js";
import { frontPrimitives } from "../bootstrap/front.ts";
import { frontEnd, frontEndOf, frontEndWith, propTypes } from "../bootstrap/front-end.ts";
import { createHost } from "../bootstrap/host.ts";
import { platformPrimitives } from "../bootstrap/platform.ts";
import { brokenChapter } from "../bootstrap/test/broken.ts";
import { SxError } from "../core/errors.ts";
import { type Form, formToData, ListForm } from "../core/form.ts";
import { write } from "../core/printer.ts";
import { readForms } from "../core/reader.ts";
import { Source } from "../core/source.ts";
import { isTrue, Keyword, SxSymbol, type Value } from "../core/values.ts";
import type { StartFrontEnd } from "../front/front-end.ts";
import { hasType } from "../front/prop-type.ts";
import { jsEngine } from "../js/engine.ts";
import { decisions, makeProgram } from "../js/test/program.ts";
import { createRealm } from "../realm.ts";
import * as tags from "../render/tags.ts";
import { corpusFiles, corpusFolder } from "./corpus.ts";
import { Matching } from "./difference.ts";
import { describeError, FrontSide, type Made } from "./front-side.ts";
import { type Wound, wound } from "./wounds.ts";

const programs = Number(process.env.ROSE_ASH_LAW_PROGRAMS ?? 10_000);
const repository = join(import.meta.dirname, "../..");

/** Two front ends that have seen the same prelude. */
class Pair {
  private readonly left: FrontSide;
  private readonly right: FrontSide;
  private readonly preludes = new Matching();
  private readonly preludeDifference: string | null;

  constructor(left: StartFrontEnd, right: StartFrontEnd) {
    this.left = new FrontSide(left);
    this.right = new FrontSide(right);
    this.preludeDifference = this.preludes.difference(this.left.prelude, this.right.prelude, "prelude");
  }

  /** What the two make of the files of libraries, each over the one before it: the first difference, and how many errors. */
  compare(libraries: readonly (readonly (readonly Form[])[])[]): {
    difference: string | null;
    errors: number;
  } {
    let [left, right]: [Made, Made] = [this.left.prelude, this.right.prelude];
    const matching = new Matching(this.preludes);
    let difference = this.preludeDifference;
    let errors = 0;
    for (const [index, files] of libraries.entries()) {
      left = this.left.make(files, left.library);
      right = this.right.make(files, right.library);
      difference ??= matching.difference(left, right, `library ${index}`);
      errors += left.errors.length;
    }
    return { difference, errors };
  }
}

/** The forms of a text, or null where it cannot be read. */
function formsOf(file: string, text: string): Form[] | null {
  try {
    return readForms(new Source(file, text));
  } catch (error) {
    if (error instanceof SxError) return null;
    throw error;
  }
}

/** The chapters on an engine that checks every call. */
function startChecked(): StartFrontEnd {
  const platform = [...platformPrimitives(), ...frontPrimitives()];
  const realm = createRealm({ engine: jsEngine({ checkProps: true }), platform });
  const files = ["render.sx", "expand.sx", "resolve.sx"];
  for (const file of files)
    realm.load(readFileSync(join(import.meta.dirname, file), "utf8"), { file: `chapter ${file}` });
  // A function of this engine gets its depth before its arguments; the host's own must do with that.
  const adapt = (value: Value) =>
    typeof value === "function" ? (_depth: number, ...args: Value[]) => value(...args) : value;
  const call = (name: string, args: readonly Value[]): Value => {
    try {
      return realm.call(name, ...args.map(adapt));
    } catch (error) {
      // The engine says of an error without a place where in the chapter it was raised.
      if (error instanceof SxError && error.span?.source.file.startsWith("chapter ")) error.span = null;
      throw error;
    }
  };
  const entries = ["make-resolver", "collect-forms", "resolve-definition", "resolve-expression", "shape-of"];
  return frontEndOf(
    Object.fromEntries(entries.map((name) => [name, (...args: Value[]) => call(name, args)])),
  );
}

const checkedFrontEnd = startChecked();

const corpus = corpusFiles().map((name) => ({ name, text: readFileSync(join(corpusFolder, name), "utf8") }));

function corpusDifference(pair: Pair): string | null {
  for (const { name, text } of corpus) {
    const { difference } = pair.compare([[formsOf(name, text) ?? []]]);
    if (difference) return `${name}: ${difference}`;
  }
  return null;
}

test("the corpus resolves alike", () => {
  assert.equal(corpusDifference(new Pair(frontEnd, checkedFrontEnd)), null);
});

test("every .sx of the platform and its services resolves alike", () => {
  const library = (folder: string) =>
    readdirSync(join(repository, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".sx") && !name.includes("node_modules"))
      .sort()
      .map((name) => readForms(new Source(name, readFileSync(join(repository, folder, name), "utf8"))));
  const platform = library("platform");
  assert.ok(platform.length > 0);
  const pair = new Pair(frontEnd, checkedFrontEnd);
  for (const service of readdirSync(join(repository, "services")))
    assert.deepEqual(pair.compare([platform, library(`services/${service}`)]), {
      difference: null,
      errors: 0,
    });
});

test("the front end knows the tags that the renderers know", () => {
  const host = createHost(...frontPrimitives());
  const chapter = createResolver(host, { ...createExpander(host, {}), ...createRenderer(host, {}) });
  const names = (table: ReadonlyMap<string, unknown>) => [...table.keys()];
  assert.deepEqual(names(chapter["html-tags"]), [...tags.htmlTags]);
  assert.deepEqual(names(chapter["svg-tags"]), [...tags.svgTags]);
  assert.deepEqual(names(chapter["shared-svg-tags"]), [...tags.sharedSvgTags]);
});

test("a literal prop is of a type for the front end when it is for the engines", () => {
  const host = createHost(...frontPrimitives());
  const chapter = createResolver(host, { ...createExpander(host, {}), ...createRenderer(host, {}) });
  const literals = [null, true, false, 0, 1.5, -3, "", "text", [], [1], {}, { a: 1 }];
  const values: Value[] = [...literals, new Keyword("k"), new SxSymbol("s")];
  for (const type of propTypes)
    for (const value of values)
      assert.equal(isTrue(chapter["of-type?"](value, type)), hasType(value, type), `${type} ${write(value)}`);
});

const wounds = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 3 }), fc.nat()), { minLength: 1, maxLength: 3 });

test(`${programs} programs resolve alike, and so do they wounded`, () => {
  const pair = new Pair(frontEnd, checkedFrontEnd);
  let refused = 0;
  fc.assert(
    fc.property(decisions(80), wounds, (lists, hurts) => {
      const { definitions, expression } = makeProgram(lists);
      const text = `${definitions}\n${expression}`;
      check(pair, "program", text, []);
      refused += check(pair, "program", text, hurts);
    }),
    { numRuns: programs, endOnFailure: true },
  );
  assert.ok(refused > programs / 4, `only ${refused} of ${programs} wounded programs had an error`);
});

test("corpus files resolve alike when they are wounded", () => {
  const pair = new Pair(frontEnd, checkedFrontEnd);
  fc.assert(
    fc.property(fc.constantFrom(...corpus), wounds, ({ name, text }, hurts) => {
      check(pair, name, text, hurts);
    }),
    { numRuns: Math.ceil(programs / 5), endOnFailure: true },
  );
});

test("errors after which the rest is looked at are noted alike", () => {
  const noted: [object[], object[]] = [[], []];
  const noting =
    (start: StartFrontEnd, into: object[]): StartFrontEnd =>
    (library, primitives, runMacro) =>
      start(library, primitives, runMacro, { note: (error) => into.push(describeError(error)) });
  const pair = new Pair(noting(frontEnd, noted[0]), noting(checkedFrontEnd, noted[1]));
  let most = 0;
  fc.assert(
    fc.property(fc.constantFrom(...corpus), wounds, ({ name, text }, hurts) => {
      check(pair, name, text, hurts);
      assert.equal(new Matching().difference(noted[0], noted[1], "noted"), null, `${name} ${hurts}`);
      most = Math.max(most, noted[0].length);
      for (const errors of noted) errors.length = 0;
    }),
    { numRuns: Math.ceil(programs / 5), endOnFailure: true },
  );
  assert.ok(most > 1, "some text has more than one such error");
});

/** Checks that both make the same of a text after its wounds; answers 1 if it had errors, else 0. */
function check(pair: Pair, name: string, text: string, hurts: readonly Wound[]): number {
  const forms = formsOf(name, text);
  if (!forms) return 0;
  for (const hurt of hurts) wound(forms, hurt);
  const { difference, errors } = pair.compare([[forms]]);
  if (difference) assert.fail(`${difference}\n${forms.map(showForm).join("\n")}`);
  return Math.min(1, errors);
}

function showForm(form: Form): string {
  return form instanceof ListForm ? `(${form.items.map(showForm).join(" ")})` : write(formToData(form));
}

// Rules of the two chapters, each with another in its place.
const breaks: Readonly<
  Record<string, readonly [chapter: "expand" | "resolve", rule: string, broken: string]>
> = {
  "a variable that is never captured": ["expand", "(set-field! local :captured true)", "nil"],
  "a generated name that is new each time": [
    "expand",
    "(if (table-has? (field template :names) name)",
    "(if false",
  ],
  "an expansion that forgets its places": [
    "expand",
    "(table-has? origins value) (table-get origins value)",
    "false nil",
  ],
  "a template that may bind plain names": [
    "expand",
    "(when (symbol? parameter) (refuse-plain parameter))",
    "nil",
  ],
  "a step that ignores its hole": ["expand", "(not (nil? hole)) (form-at", "false (form-at"],
  "a clause after :else": ["expand", "(and else? (< (+ i 2) n))", "false"],
  "a definition that hides a variable": [
    "resolve",
    "(if (nil? local)\n      (resolve-global",
    "(if true\n      (resolve-global",
  ],
  "a template that sees the caller's variables": [
    "resolve",
    "(if (template-symbol? symbol) nil (find-local scope",
    "(if false nil (find-local scope",
  ],
  "a let that binds all at once": [
    "resolve",
    "(name-function (resolve r (item (item pairs i) 1) inner)",
    "(name-function (resolve r (item (item pairs i) 1) scope)",
  ],
  "an assignment that counts as a reading": ["resolve", "(- (field local :reads) 1)", "(field local :reads)"],
  "a child that waits": ["resolve", "(when (some needs-early? (field read :children))", "(when false"],
  "an address that is not looked at": ["resolve", "(not (safe-url? value plain tag))", "false"],
  "implicit parameters that are left out": ["resolve", "(add-implicit r (field", "(list r (field"],
  "a prop that need not be given": ["resolve", "(and (field prop :required)", "(and false"],
  "macros in file order": [
    "resolve",
    '(when (headed? form "defmacro") (push! added',
    "(when false (push! added",
  ],
};

/** The front end with one rule changed. */
async function brokenFrontEnd([name, rule, broken]: (typeof breaks)[string]): Promise<StartFrontEnd> {
  return frontEndWith({ [name]: await brokenChapter(name, rule, broken) });
}

for (const [name, rule] of Object.entries(breaks)) {
  test(`the corpus finds out ${name}`, async () => {
    assert.notEqual(corpusDifference(new Pair(frontEnd, await brokenFrontEnd(rule))), null);
  });
}
