// The chapter on reading and the host's reader agree: on every file of the repository, on files that must be
// refused, and on texts made at random, sound ones and wounded ones, they give the same forms with the same
// places, or the same error with the same place and help. ROSE_ASH_LAW_PROGRAMS sets how many texts are
// tried; a failure shows fast-check's seed. A chapter with one rule broken must be found out by as many.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { create } from "../bootstrap/emitted/reader.js";
import { formPrimitives } from "../bootstrap/forms.ts";
import { type CreateChapter, createHost } from "../bootstrap/host.ts";
import { platformPrimitives } from "../bootstrap/platform.ts";
import { brokenChapter } from "../bootstrap/test/broken.ts";
import { SxError } from "../core/errors.ts";
import { DictForm, type Form, ListForm, spanOf } from "../core/form.ts";
import { write } from "../core/printer.ts";
import { read, readForms } from "../core/reader.ts";
import { Source } from "../core/source.ts";
import { hostileText, soundText, wounded } from "../core/test/text.ts";
import type { Value } from "../core/values.ts";
import { jsEngine } from "../js/engine.ts";
import { createRealm } from "../realm.ts";

const runs = Number(process.env.ROSE_ASH_LAW_PROGRAMS ?? 10_000);

interface Reading {
  readForms(source: Source): Form[];
  readDatum(source: Source): Value;
}

const host: Reading = {
  readForms,
  readDatum: (source) => read(source.text, source.file),
};

function emitted(chapter: CreateChapter): Reading {
  const { "read-forms": forms, "read-datum": datum } = chapter(createHost(...formPrimitives()), {});
  return { readForms: (source) => forms(source), readDatum: (source) => datum(source) };
}

/** The chapter on an engine that checks every call. */
function checked(): Reading {
  const platform = [...platformPrimitives(), ...formPrimitives()];
  const realm = createRealm({ engine: jsEngine({ checkProps: true }), platform });
  realm.load(readFileSync(join(import.meta.dirname, "reader.sx"), "utf8"), { file: "reader.sx" });
  return {
    readForms: (source) => realm.call("read-forms", source) as Form[], // what it makes, this test is about
    readDatum: (source) => realm.call("read-datum", source),
  };
}

/** Everything there is to say of a form: its kind, its place, and the same of its parts. */
function describe(form: Form): string {
  const lines: string[] = [];
  const rest: Form[] = [form];
  for (let part = rest.pop(); part !== undefined; part = rest.pop()) {
    const span = spanOf(part);
    const place = span ? `${span.start}-${span.end}` : "nowhere";
    if (part instanceof ListForm) {
      lines.push(`list of ${part.items.length} ${place}`);
      rest.push(...part.items.toReversed());
    } else if (part instanceof DictForm) {
      lines.push(`dict ${JSON.stringify(part.keys)} ${place}`);
      rest.push(...part.values.toReversed());
    } else lines.push(`${Object.is(part, -0) ? "-0" : write(part)} ${place}`);
  }
  return lines.join("\n");
}

/** What reading a text gives, or everything its error says. */
function outcome(run: () => string): string {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof SxError)) throw error;
    const { kind, message, help, span } = error;
    return `${kind} at ${span?.start}-${span?.end}: ${message}; ${help}`;
  }
}

function observe(reading: Reading, text: string): string {
  const source = new Source("text", text);
  const forms = outcome(() => reading.readForms(source).map(describe).join("\n"));
  return `${forms}\n\nas a datum: ${outcome(() => write(reading.readDatum(source)))}`;
}

const chapter = emitted(create);

test("the chapter reads every file of the repository as the host does", () => {
  const root = join(import.meta.dirname, "../..");
  const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.sx"], {
    cwd: root,
    encoding: "utf8",
  });
  const names = files.trim().split("\n");
  assert.ok(names.length > 100, `only ${names.length} files were found`);
  for (const name of names) {
    const text = readFileSync(join(root, name), "utf8");
    assert.equal(observe(chapter, text), observe(host, text), name);
  }
});

const texts = fc.oneof(hostileText, soundText, wounded(soundText));

function law(reading: Reading, count: number): void {
  fc.assert(
    fc.property(texts, (text) => {
      assert.equal(observe(reading, text), observe(host, text), JSON.stringify(text));
    }),
    { numRuns: count, endOnFailure: true },
  );
}

test(`the chapter and the host agree on ${runs} texts`, () => law(chapter, runs));

test("they agree on wounded files of the specification", () => {
  const folder = import.meta.dirname;
  const files = readdirSync(folder).filter((name) => name.endsWith(".sx"));
  const parts = files.flatMap((name) => readFileSync(join(folder, name), "utf8").split("\n\n"));
  fc.assert(
    fc.property(wounded(fc.constantFrom(...parts)), (text) => {
      assert.equal(observe(chapter, text), observe(host, text), JSON.stringify(text));
    }),
    { numRuns: Math.ceil(runs / 10) },
  );
});

test("the chapter passes every check of an engine that checks", () => {
  law(checked(), Math.ceil(runs / 20));
  const text = readFileSync(join(import.meta.dirname, "reader.sx"), "utf8");
  assert.equal(observe(checked(), text), observe(host, text));
});

const breaks: Readonly<Record<string, readonly [string, string]>> = {
  "comments that do not nest": ["(loop (+ i 2) (+ depth 1))", "(loop (+ i 2) 1)"],
  "a list that ends one unit early": [
    "(make-list-form items (field r :source) start (field r :at))",
    "(make-list-form items (field r :source) start (- (field r :at) 1))",
  ],
  "a whole number too few": ["(> value 9007199254740991)", "(> value 9007199254740990)"],
  "a form feed that separates nothing": [" (= code 13) (= code 12)))", " (= code 13)))"],
  "keys that may stand twice": ["(table-set! seen key true)", "(table-set! seen start true)"],
  "a negative zero": ["(+ value 0)", "value"],
  "nesting one deeper": ["(define deepest 4000)", "(define deepest 4001)"],
  "the wrong column": ["(+ (- (field open :start) start) 1)", "(- (field open :start) start)"],
  "an escape of seven digits": ["(+ start 9)", "(+ start 10)"],
};

for (const [name, [rule, broken]] of Object.entries(breaks)) {
  test(`a chapter with ${name} is found out`, async () => {
    const createBroken = await brokenChapter("reader", rule, broken);
    assert.throws(() => law(emitted(createBroken), runs), /Property failed/);
  });
}
