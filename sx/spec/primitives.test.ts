// The book of primitives against the engines: every example of every row gives what it promises, and every row lists
// the kinds of error that its examples raise. The rows that need continuations are refused by an engine without them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { type BookRow, type Example, type Group, readBook } from "../bootstrap/book.ts";
import { cekEngine } from "../cek/engine.ts";
import { SxError } from "../core/errors.ts";
import { write } from "../core/printer.ts";
import type { Value } from "../core/values.ts";
import type { Engine } from "../front/engine.ts";
import { jsEngine } from "../js/engine.ts";
import { createRealm } from "../realm.ts";
import { vmEngine } from "../vm/engine.ts";

const book = readBook();
const engines: readonly { readonly engine: Engine; readonly continues: boolean }[] = [
  { engine: jsEngine({ checkProps: true }), continues: false },
  { engine: cekEngine(), continues: true },
  { engine: vmEngine(), continues: true },
];

for (const { engine, continues } of engines) {
  for (const group of book)
    for (const row of group.rows) {
      const refused = row.needsContinuations && !continues;
      test(`${engine.name}: the examples of ${row.name} ${refused ? "are refused" : "give what the book says"}`, () => {
        for (const example of row.examples) checkExample(engine, example, refused);
      });
    }
}

/** Evaluates an example in a realm of its own, and holds everything it did against the book. */
function checkExample(engine: Engine, { text, expectations }: Example, refused: boolean): void {
  const printed: string[] = [];
  const realm = createRealm({ engine, print: (line) => printed.push(line) });
  let value: Value = null;
  let error: SxError | null = null;
  try {
    value = realm.evaluate(text);
  } catch (caught) {
    if (!(caught instanceof SxError)) throw caught;
    error = caught;
  }
  if (refused) {
    assert.equal(error?.kind, "engine/unsupported", text);
    return;
  }
  if (error && !expectations.some(({ kind }) => kind === "error")) throw error;
  let out = 0;
  for (const expectation of expectations) {
    if (expectation.kind === "value") assert.equal(write(value), expectation.text, text);
    else if (expectation.kind === "html") assert.equal(realm.renderValue(value), expectation.text, text);
    else if (expectation.kind === "out") assert.equal(printed[out++], expectation.text, text);
    else assert.equal(error?.kind, expectation.text, text);
  }
  assert.equal(printed.length, out, `everything that ${text} prints is in the book`);
}

test("an example that raises names a kind that its row lists", () => {
  for (const { row, kind } of raised(book)) {
    const listed = [...row.errors, "call/arity", "call/type"].includes(kind);
    // What a program raises itself has a kind of its own.
    const own = row.name === "raise" || row.name === "condition";
    // A row may show its answer in a call that refuses it.
    const elsewhere = row.name === "trusted-url" && kind === "html/unsafe-url";
    assert.ok(listed || own || elsewhere, `${row.name} shows ${kind}`);
  }
});

test("an example that does not give what the book says is noticed", () => {
  const [first] = engines;
  const wrong: Example = { text: "(+ 1 2)", expectations: [{ kind: "value", text: "4" }] };
  assert.throws(
    () => checkExample((first as (typeof engines)[0]).engine, wrong, false),
    assert.AssertionError,
  ); // there is one
});

function raised(groups: readonly Group[]): { row: BookRow; kind: string }[] {
  return groups.flatMap(({ rows }) =>
    rows.flatMap((row) =>
      row.examples.flatMap(({ expectations }) =>
        expectations.filter(({ kind }) => kind === "error").map(({ text }) => ({ row, kind: text })),
      ),
    ),
  );
}
