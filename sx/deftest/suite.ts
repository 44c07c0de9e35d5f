// A suite: test files run on one engine. Each file is loaded once, with the library it belongs to or the files it
// names, and each test has its turn and its own output. What fails, loading included, is an outcome and ends nothing.

import { existsSync, readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { explain, SxError, sxError } from "../core/errors.ts";
import { type Primitive, primitive } from "../core/primitives/primitive.ts";
import { write } from "../core/printer.ts";
import { showPosition } from "../core/source.ts";
import { Condition, isDict, type Value } from "../core/values.ts";
import type { Engine } from "../front/engine.ts";
import { type LibraryFolder, libraryOf } from "../lsp/libraries.ts";
import { createRealm, type Realm } from "../realm.ts";
import { type ChapterFile, chapterOf, chapterPlatform } from "./chapter.ts";
import { readTestFile, type TestText } from "./test-text.ts";

export interface Failure {
  /** `test/failed` for an assertion, else the kind of the error. */
  readonly kind: string;
  readonly message: string;
  /** `file:line:column`, or null where nobody knows. */
  readonly place: string | null;
  /** For an assertion, the written forms of what was expected and what was found. */
  readonly expected: string | null;
  readonly found: string | null;
  /** All of it for people, with the line and a caret. */
  readonly explanation: string;
}

export interface TestOutcome {
  readonly claim: string;
  readonly line: number;
  /** Null when it passed. */
  readonly failure: Failure | null;
  /** What `print` wrote during the test. */
  readonly output: readonly string[];
}

export interface FileOutcome {
  readonly file: string;
  /** Why no test of it could run, or null. */
  readonly broken: Failure | null;
  /** The engines it asks for, when this is none of them. */
  readonly skippedFor: readonly string[] | null;
  readonly tests: readonly TestOutcome[];
}

const words = "deftest.sx";
const wordsText = readFileSync(new URL(words, import.meta.url), "utf8");

/** A family of realms for one platform: the words of a test, and the libraries over them. */
class Family {
  readonly root: Realm;
  readonly printed: string[] = [];
  assertions = 0;
  private readonly engine: Engine;
  private readonly libraries = new Map<string, Realm>();

  constructor(engine: Engine, platform: readonly Primitive[], definitions: string) {
    this.engine = engine;
    const count = () => {
      this.assertions++;
      return null;
    };
    this.root = createRealm({
      engine,
      platform: [
        ...platform,
        primitive("(count-assertion) -> nil", "Notes that a test asserts something.", count, { pure: false }),
        primitive("(page-text value:any) -> string", "What a page shows of a value.", (value) =>
          this.root.renderValue(value),
        ),
      ],
      print: (line) => this.printed.push(line),
      perform: answer,
    });
    this.root.load(wordsText, { file: words });
    if (definitions !== "") this.root.load(definitions, { file: "<chapters>" });
    this.root.link();
  }

  over(...parents: Realm[]): Realm {
    return createRealm({ engine: this.engine, parents: [this.root, ...parents] });
  }

  /** The realm of a library on disk, over those it depends on; loaded once. */
  library({ folder, files, dependencies }: LibraryFolder): Realm {
    const known = this.libraries.get(folder);
    if (known) return known;
    const realm = this.over(...dependencies.map((dependency) => this.library(dependency)));
    for (const file of files) {
      const name = nameOf(file);
      realm.load(readTestFile(name, readFileSync(file, "utf8")).beside, { file: name });
    }
    realm.link();
    this.libraries.set(folder, realm);
    return realm;
  }
}

export class Suite {
  private readonly engine: Engine;
  private readonly families = new Map<string, Family>();

  constructor(engine: Engine) {
    this.engine = engine;
  }

  /** Runs the tests of one file in the order in which they stand. */
  async run(file: string): Promise<FileOutcome> {
    const name = nameOf(file);
    try {
      const text = readTestFile(name, readFileSync(file, "utf8"));
      if (text.engines && !text.engines.includes(this.engine.name))
        return { file: name, broken: null, skippedFor: text.engines, tests: [] };
      const loads = text.loads.map((path) => resolve(dirname(file), path));
      const { family, realm } = this.open(file, name, loads, text.beside);
      const tests: TestOutcome[] = [];
      for (const test of text.tests) tests.push(await runTest(family, realm, name, test));
      return { file: name, broken: null, skippedFor: null, tests };
    } catch (error) {
      return { file: name, broken: failureOf(error), skippedFor: null, tests: [] };
    }
  }

  /** The realm in which a file's tests run, everything beside them loaded and run. */
  private open(file: string, name: string, loads: readonly string[], beside: string) {
    const chapters = loads.map(chapterOf).filter((chapter) => chapter !== null);
    const family = this.familyFor(chapters);
    const library = libraryOf(resolve(file));
    if (loads.length === 0 && library.folder !== resolve(file))
      return { family, realm: family.over(family.library(library)) };
    const realm = family.over();
    for (const path of loads) realm.load(textOf(path), { file: nameOf(path) });
    realm.load(beside, { file: name });
    realm.run();
    return { family, realm };
  }

  private familyFor(chapters: readonly ChapterFile[]): Family {
    const key = chapters.map(({ name }) => name).join(" ");
    let family = this.families.get(key);
    if (!family) {
      const { rows, definitions } = chapterPlatform(chapters);
      family = new Family(this.engine, rows, definitions);
      this.families.set(key, family);
    }
    return family;
  }
}

/** The text of a file that a test file loads. */
function textOf(path: string): string {
  if (existsSync(path)) return readFileSync(path, "utf8");
  const help = "paths after ;;loads> start from the folder of the test file";
  throw new SxError("test/no-file", `the file ${nameOf(path)}, which is to be loaded first, does not exist`, {
    help,
  });
}

async function runTest(family: Family, realm: Realm, file: string, test: TestText): Promise<TestOutcome> {
  const { claim, line, source } = test;
  family.printed.length = 0;
  family.assertions = 0;
  let failure: Failure | null = null;
  try {
    if (realm.canWait) await realm.evaluateAsync(source, { file });
    else realm.evaluate(source, { file });
    if (family.assertions === 0) failure = assertsNothing(`${file}:${line}:${test.column}`);
  } catch (error) {
    failure = failureOf(error);
  }
  return { claim, line, failure, output: [...family.printed] };
}

/** What tests may ask of their host: an answer now, an answer later, and a refusal. */
function answer(operation: Value, [value = null]: readonly Value[]): Value {
  if (operation === "test/now") return value;
  if (operation === "test/later") return new Promise((settle) => setTimeout(() => settle(value)));
  if (operation === "test/refuse") throw new Error(String(value));
  throw sxError("effect/unhandled", { operation });
}

function assertsNothing(place: string): Failure {
  const message = "the test asserts nothing, so it would pass whatever happens";
  const explanation = `${place}: test/empty: ${message}\nhelp: say what must hold, with assert= or another assertion`;
  return { kind: "test/empty", message, place, expected: null, found: null, explanation };
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof SxError)) throw error;
  const { kind, message, span, data } = error;
  const place = span && showPosition(span);
  const sides = kind === "test/failed" && error.payload instanceof Condition && isDict(data) ? data : null;
  const expected = sides && shown(sides.expected);
  const found = sides && shown(sides.found);
  const sideLines = sides ? `\n  expected ${expected}\n  found    ${found}` : "";
  return { kind, message, place, expected, found, explanation: explain(error) + sideLines };
}

/** The written form of a value, or what can be said of one that has none. */
function shown(value: Value): string {
  try {
    return write(value);
  } catch (error) {
    return error instanceof SxError ? `a value that cannot be written: ${error.message}` : String(error);
  }
}

/** How messages name a file: from here where it is below, else as it is. */
function nameOf(file: string): string {
  const near = relative(process.cwd(), resolve(file));
  return near.startsWith("..") ? file : near;
}
