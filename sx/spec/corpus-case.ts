// One case of the corpus on a realm: what it gives, prints or raises is what it promises, help that suggests a name
// included. For tests; whoever runs cases says which realm and which file they belong to.

import assert from "node:assert/strict";
import { SxError } from "../core/errors.ts";
import { write } from "../core/printer.ts";
import { showPosition } from "../core/source.ts";
import type { Value } from "../core/values.ts";
import type { Realm } from "../realm.ts";
import type { CorpusCase } from "./corpus.ts";

/** Evaluates a case and holds everything it did against what it promises; `printed` receives what the realm prints. */
export function checkCase(realm: Realm, file: string, one: CorpusCase, printed: string[]): void {
  printed.length = 0;
  let value: Value = null;
  let error: SxError | null = null;
  try {
    value = realm.evaluate(one.source, { file });
  } catch (caught) {
    if (!(caught instanceof SxError)) throw caught;
    error = caught;
  }
  const wantsError = one.expectations.some(({ kind }) => kind === "error");
  if (error && !wantsError) throw error;
  let out = 0;
  for (const expectation of one.expectations) {
    if (expectation.kind === "value") assert.equal(write(value), expectation.text);
    else if (expectation.kind === "html") assert.equal(realm.renderValue(value), expectation.text);
    else if (expectation.kind === "out") assert.equal(printed[out++], expectation.text);
    else if (expectation.kind === "help") assert.equal(error?.help, expectation.text);
    else assert.equal(error ? placeOf(error) : `the value ${write(value)}`, expectation.text);
  }
  assert.equal(printed.length, out, "everything printed is expected");
  checkHelp(error, one.expectations.find(({ kind }) => kind === "help")?.text ?? null);
}

/** A case need not say an error's help, unless the help is a suggestion. */
export function checkHelp(error: SxError | null, expected: string | null): void {
  const help = error?.help ?? null;
  if (expected !== null || help?.startsWith("did you mean")) assert.equal(help, expected);
}

/** As the corpus writes it: kind, line and column. */
export function placeOf(error: SxError): string {
  return `${error.kind} ${error.span ? showPosition(error.span).split(":").slice(-2).join(":") : "nowhere"}`;
}
