// The book of forms against the language: it has every name that the front end reserves, and every example gives what
// it promises on each engine that can run it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { specialForms } from "../bootstrap/front-end.ts";
import { cekEngine } from "../cek/engine.ts";
import { SxError } from "../core/errors.ts";
import { write } from "../core/printer.ts";
import type { Engine } from "../front/engine.ts";
import { jsEngine } from "../js/engine.ts";
import { createRealm } from "../realm.ts";
import { vmEngine } from "../vm/engine.ts";
import { formDocs, type SpecialForm } from "./special-forms.ts";

/** Forms whose meaning cannot be shown in one line here: for tests, for browsers, for later. */
const unshown: ReadonlySet<string> = new Set(["deftest", "defisland", "defpage"]);

test("the book has every form of the front end, and deftest", () => {
  assert.deepEqual([...formDocs.keys()].sort(), [...specialForms.keys(), "deftest"].sort());
});

test("every form is shown by an example in which it stands", () => {
  for (const [name, { examples }] of formDocs) {
    assert.equal(examples.length > 0, !unshown.has(name), name);
    for (const [program] of examples)
      assert.ok(
        inSugar(name).some((text) => program.includes(text)),
        `${name}: ${program}`,
      );
  }
});

/** How a form may be written. */
function inSugar(name: string): string[] {
  const marks: Readonly<Record<string, string>> = {
    quote: "'",
    quasiquote: "`",
    unquote: ",",
    "splice-unquote": ",@",
  };
  return [`(${name} `, marks[name] ?? `(${name} `];
}

const engines: readonly { readonly engine: Engine; readonly continues: boolean }[] = [
  { engine: jsEngine({ checkProps: true }), continues: false },
  { engine: cekEngine(), continues: true },
  { engine: vmEngine(), continues: true },
];

for (const { engine, continues } of engines)
  for (const [name, form] of formDocs) {
    const refused = form.needsContinuations === true && !continues;
    test(`${engine.name}: the examples of ${name} ${refused ? "are refused" : "give what the book says"}`, () => {
      for (const [program, promise] of form.examples)
        assert.equal(outcome(engine, program, promise), refused ? "!> engine/unsupported" : promise, program);
    });
  }

test("an example that does not give what it promises is noticed", () => {
  const wrong: SpecialForm["examples"] = [["(if true 1 2)", "2"]];
  for (const [program, promise] of wrong) assert.notEqual(outcome(jsEngine(), program, promise), promise);
});

/** What a program comes to, in the words of a promise. */
function outcome(engine: Engine, program: string, promise: string): string {
  const realm = createRealm({ engine });
  try {
    const value = realm.evaluate(program);
    return promise.startsWith("html> ") ? `html> ${realm.renderValue(value)}` : write(value);
  } catch (error) {
    if (error instanceof SxError) return `!> ${error.kind}`;
    throw error;
  }
}
