// Law L1, data survives its text: read(write(v)) = v for every data value, and what is written is canonical:
// however a text spells its data, writing it gives one text, which is read and written as itself. A reader or
// writer with one rule broken must be found out by as many values. ROSE_ASH_LAW_PROGRAMS sets how many are
// tried; a failure shows fast-check's seed.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { formPrimitives } from "./bootstrap/forms.ts";
import { createHost } from "./bootstrap/host.ts";
import { brokenChapter } from "./bootstrap/test/broken.ts";
import { equal } from "./core/equality.ts";
import { write } from "./core/printer.ts";
import { read, readAll, readForms } from "./core/reader.ts";
import { Source } from "./core/source.ts";
import { pickFrom, respell } from "./core/test/respelling.ts";
import { soundText } from "./core/test/text.ts";
import { isKeywordName, isSymbolName } from "./core/token.ts";
import { type Dict, isDict, Keyword, SxSymbol, type Value } from "./core/values.ts";

const runs = Number(process.env.ROSE_ASH_LAW_PROGRAMS ?? 10_000);

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.string({ unit: "grapheme", maxLength: 8 }),
  fc.constantFrom(
    "",
    '"',
    "\\",
    "\\n",
    "\u0000\u001b\u007f\u0085",
    "\r\n\t",
    "\u2028",
    "\ufeff",
    "😀",
    "a b",
    ";#|",
    "nil",
  ),
);
const number = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(
    -0,
    0,
    0.1,
    5e-324,
    1.7976931348623157e308,
    2 ** 53,
    -(2 ** 53),
    2 ** 53 - 1,
    1e21,
    1e-7,
    123456789012345680000,
  ),
);
const name = fc.oneof(
  fc.constantFrom(
    "a",
    "set!",
    "->>",
    "~card",
    "html:map",
    "é",
    "名",
    "...",
    "-",
    "+a",
    "x#",
    "#",
    "a|b",
    "&key",
    "@c:0",
  ),
  fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 6 }),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 4 }),
);
const key = fc
  .oneof(text, name, fc.constantFrom("constructor", "toString", "12", "-1", ""))
  .filter((each) => each !== "__proto__");

const { datum } = fc.letrec<{ datum: Value }>((again) => ({
  datum: fc.oneof(
    { depthSize: "medium", withCrossShrink: true },
    text,
    number,
    fc.constantFrom<Value>(null, true, false),
    name.filter(isSymbolName).map((each) => new SxSymbol(each)),
    name.filter(isKeywordName).map((each) => new Keyword(each)),
    fc.array(again("datum"), { maxLength: 5 }),
    fc
      .array(fc.tuple(key, again("datum")), { maxLength: 5 })
      .map((entries): Dict => Object.fromEntries(entries)),
  ),
}));

/** As deep as data may be nested, in lists and dicts by turns. */
const deep = fc.tuple(fc.integer({ min: 3_900, max: 4_000 }), fc.nat(3)).map(([depth, turn]) => {
  let value: Value = turn;
  for (let level = 0; level < depth; level++) value = level % (turn + 1) === 0 ? [value] : { inside: value };
  return value;
});

type Read = (text: string) => Value;
type Write = (value: Value) => string;

function survives(readIt: Read, writeIt: Write, count: number): void {
  fc.assert(
    fc.property(fc.oneof({ weight: 40, arbitrary: datum }, { weight: 1, arbitrary: deep }), (value) => {
      const again = readIt(writeIt(value));
      assert.ok(equal(again, value), "it is read as what was written");
      assert.ok(sameOrder(again, value), "keys keep their order");
    }),
    { numRuns: count, endOnFailure: true },
  );
}

/** Whether all dicts inside two equal values have their keys in the same order: equality does not ask. */
function sameOrder(left: Value, right: Value): boolean {
  const pairs: [Value, Value][] = [[left, right]];
  for (let pair = pairs.pop(); pair; pair = pairs.pop()) {
    const [a, b] = pair;
    if (isDict(a) && isDict(b) && Object.keys(a).join("\0") !== Object.keys(b).join("\0")) return false;
    if (typeof a !== "object" || a === null || typeof b !== "object" || b === null) continue;
    if (!Array.isArray(a) && !isDict(a)) continue;
    const others = Object.values(b);
    Object.values(a).forEach((part, index) => {
      pairs.push([part, others[index]]);
    });
  }
  return true;
}

test(`L1: ${runs} data values are read as what was written`, () => survives(read, write, runs));

function isCanonical(readThem: (text: string) => Value[], writeIt: Write, count: number): void {
  fc.assert(
    fc.property(soundText, fc.array(fc.nat({ max: 999 }), { maxLength: 60 }), (source, decisions) => {
      const written = readThem(source).map(writeIt);
      const other = respell(readForms(new Source("text", source)), pickFrom(decisions));
      assert.deepEqual(readThem(other).map(writeIt), written, `${source}\nand\n${other}\nhave one text`);
      assert.deepEqual(readThem(written.join("\n")).map(writeIt), written, "and it is the text of itself");
    }),
    { numRuns: count, endOnFailure: true },
  );
}

test(`L1: ${runs} texts, however they spell their data, have one written form`, () => {
  isCanonical(readAll, write, runs);
});

/** The chapter on reading with one rule changed, as a reader of data. */
async function brokenReader(
  rule: string,
  broken: string,
): Promise<{ one: Read; all: (text: string) => Value[] }> {
  const host = createHost(...formPrimitives());
  const chapter = (await brokenChapter("reader", rule, broken))(host, {});
  const dataOf = host.primitive("form-data") as (form: unknown) => Value; // its row says so
  return {
    one: (source) => chapter["read-datum"](new Source("text", source)),
    all: (source) => chapter["read-forms"](new Source("text", source)).map(dataOf),
  };
}

const readers: Readonly<Record<string, readonly [string, string]>> = {
  "a tab that is read as a space": ['116 "\\t"', '116 " "'],
  "numbers without their sign": ["(+ value 0)", "(abs value)"],
  "control characters that are lost": ["(+ (* number 16) value)", "(+ number value)"],
  "keywords that are read as symbols": [
    "(make-keyword (text-slice token 1 (text-length token)))",
    "(make-symbol token nil start)",
  ],
};

for (const [what, [rule, broken]] of Object.entries(readers)) {
  test(`L1 finds out ${what}`, async () => {
    const { one } = await brokenReader(rule, broken);
    assert.throws(() => survives(one, write, runs), /Property failed/);
  });
}

const writers: Readonly<Record<string, Write>> = {
  "numbers of fifteen digits": (value) =>
    typeof value === "number" ? write(Number(value.toPrecision(15))) : write(value),
  "strings written as they are": (value) => (typeof value === "string" ? `"${value}"` : write(value)),
  "keys in the order of the alphabet": (value) =>
    isDict(value)
      ? write(Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))))
      : write(value),
};

for (const [what, broken] of Object.entries(writers)) {
  test(`L1 finds out ${what}`, () => {
    assert.throws(() => survives(read, broken, runs), /Property failed/);
  });
}

test("L1 finds out a comment that is read as a form, and a writer that is not idempotent", async () => {
  const { all } = await brokenReader('(= (field open :kind) "discard") (leave r open)', "false nil");
  assert.throws(() => isCanonical(all, write, runs), /Property failed/);
  assert.throws(() => isCanonical(readAll, (value) => write([value]), runs), /Property failed/);
});
