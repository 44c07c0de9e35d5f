// What the table promises: it is complete, documented, and each realm's own.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createPrimitives } from "./table.ts";

const names = `
  + - * / mod rem quot inc dec abs min max clamp floor ceil round trunc pow sqrt
  = != < > <= >= identical?
  nil? boolean? number? integer? string? symbol? keyword? list? dict? callable?
  component? macro? empty? zero? even? odd? not
  str upper lower trim trim-start trim-end split join replace starts-with? ends-with? includes? index-of
  substring string-length pad-start pad-end repeat char-code from-char-code
  list first rest last nth len cons append concat reverse slice take drop range sort uniq flatten zip chunk
  position contains? set-nth!
  dict get get-in has-key? keys vals entries assoc assoc-in dissoc merge dict-set!
  parse-int parse-float number->string format-decimal format-money format-date pluralize truncate slugify
  escape-html strip-tags url-encode url-decode json-encode json-decode
  css-style class-list merge-attrs css-var css-rule css-media css-keyframes css-scope css-escape theme-token
  condition condition? condition-kind condition-message condition-data
  type-of string->symbol symbol-name keyword-name gensym read-data write-data content-hash`
  .trim()
  .split(/\s+/);

/** Beyond the language's list: what markup needs, and rules gathered into one sheet. */
const additions = ["css-sheet", "markup?", "raw!", "trusted-url"];

test("all 135 primitives of the language are there, and four for markup and sheets", () => {
  assert.equal(names.length, 135);
  assert.deepEqual([...createPrimitives().keys()].sort(), [...names, ...additions].sort());
});

test("every primitive says what it does, in a sentence", () => {
  for (const { name, doc } of createPrimitives().values()) assert.match(doc, /^\S.{6,}\.$/, name);
});

test("only the primitives that change or count something are impure", () => {
  const impure = [...createPrimitives().values()].filter((entry) => !entry.pure).map((entry) => entry.name);
  assert.deepEqual(impure.sort(), ["dict-set!", "gensym", "set-nth!"]);
});

test("every primitive refuses one argument more than its row allows", () => {
  for (const { name, parameters, call } of createPrimitives().values()) {
    if (parameters.at(-1)?.rest) continue;
    const tooMany = Array.from({ length: parameters.length + 1 }, () => null);
    assert.throws(() => call(...tooMany), { kind: "call/arity" }, name);
  }
});

test("every primitive refuses one argument fewer than its row asks for", () => {
  for (const { name, parameters, call } of createPrimitives().values()) {
    const required = parameters.filter((parameter) => !parameter.optional && !parameter.rest).length;
    if (required === 0) continue;
    assert.throws(
      () => call(...Array.from({ length: required - 1 }, () => null)),
      { kind: "call/arity" },
      name,
    );
  }
});

test("two realms share no table", () => {
  const one = createPrimitives();
  one.delete("+");
  assert.ok(createPrimitives().has("+"));
});
