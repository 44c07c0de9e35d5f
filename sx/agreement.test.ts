// The compiled code against the naive engine: programs made at random must give the same value, the same
// HTML, the same output and the same kind of error, however they are written down. A failure shows the
// program and fast-check's seed. ROSE_ASH_LAW_PROGRAMS sets how many programs each law is tried on.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { SxError } from "./core/errors.ts";
import { Component, Condition, isDict, Markup, type Value } from "./core/values.ts";
import type { Engine } from "./front/engine.ts";
import { jsEngine } from "./js/engine.ts";
import { naiveEngine, TooLong } from "./js/test/naive.ts";
import { decisions, makeProgram, type Program, wrappings } from "./js/test/program.ts";
import { createRealm, type Realm } from "./realm.ts";

const programs = Number(process.env.ROSE_ASH_LAW_PROGRAMS ?? 1000);
const js = jsEngine({ checkProps: true });
const naive = naiveEngine(20_000);

/** A value as text, with what identity and `write` would hide. */
function show(value: Value): string {
  if (value instanceof Markup) return `markup ${JSON.stringify(value.html)}`;
  if (value instanceof Condition) return `condition ${value.kind}`;
  if (value instanceof Component) return value.name;
  if (Array.isArray(value)) return `(${value.map(show).join(" ")})`;
  if (isDict(value)) return `{${Object.entries(value).map(([key, item]) => `${key} ${show(item)}`)}}`;
  if (typeof value === "function") return "function";
  return typeof value === "string" ? JSON.stringify(value) : Object.is(value, -0) ? "-0" : String(value);
}

/** What happens when something is asked of a realm: lines of output, then the answer; null if it takes too long. */
function observe(engine: Engine, definitions: string, ask: (realm: Realm) => string): string | null {
  const lines: string[] = [];
  const realm = createRealm({ engine, print: (line) => lines.push(line) });
  try {
    realm.load(definitions);
    lines.push(ask(realm));
  } catch (error) {
    // Too deep for the naive engine is no disagreement; nothing made here is too deep for the other.
    if (error instanceof TooLong || error instanceof RangeError) return null;
    if (!(error instanceof SxError)) throw error;
    if (engine === naive && error.kind.endsWith("/too-deep")) return null;
    lines.push(`error ${error.kind}`);
  }
  return lines.join("\n");
}

/** The value of an expression, and what a page would show of it. */
const answerTo = (expression: string) => (realm: Realm) => {
  const value = realm.evaluate(expression);
  return `${show(value)}\n${markupOf(realm, value)}`;
};

function markupOf(realm: Realm, value: Value): string {
  try {
    return realm.renderValue(value);
  } catch (error) {
    if (error instanceof SxError) return `error ${error.kind}`;
    throw error;
  }
}

const htmlOf = (expression: string) => (realm: Realm) => realm.renderValue(realm.evaluate(expression));

function check(law: (lists: number[][]) => void): void {
  fc.assert(fc.property(decisions(150), law), { numRuns: programs });
}

/** Compares two observations; one that took too long says nothing. */
function agree(actual: string | null, expected: string | null, { definitions, expression }: Program): void {
  if (expected !== null) assert.equal(actual, expected, `${definitions}\n\n${expression}\n`);
}

test("a program gives the value, output and error that its core form says", () => {
  check((lists) => {
    const program = makeProgram(lists);
    const ask = answerTo(program.expression);
    const expected = observe(naive, program.definitions, ask);
    if (expected !== null) agree(observe(js, program.definitions, ask), expected, program);
  });
});

test("a function that holds a program gives the same each time it is called", () => {
  check((lists) => {
    const program = makeProgram(lists);
    const definitions = `${program.definitions}\n(define (program) ${program.expression})`;
    const ask = answerTo("(list (try (program) (catch (e) (kind-of e))) (program))");
    const expected = observe(naive, definitions, ask);
    if (expected !== null) agree(observe(js, definitions, ask), expected, { ...program, definitions });
  });
});

test("an expression wrapped in a function, a let or a do means the same", () => {
  check((lists) => {
    const { sites, ...plain } = makeProgram(lists);
    const expected = observe(naive, plain.definitions, answerTo(plain.expression));
    if (expected === null) return;
    const decision = lists.flat().reduce((sum, number) => sum + number, 0);
    const form = decision % wrappings.length;
    const wrapped = makeProgram(lists, { wrap: { site: decision % sites, form } });
    agree(observe(js, wrapped.definitions, answerTo(wrapped.expression)), expected, wrapped);
  });
});

test("markup is the same called by name, by value, from the host and as a plain expression", () => {
  check((lists) => {
    const program = makeProgram(lists, { markup: true });
    const definitions = `${program.definitions}\n(defcomp ~page () ${program.expression})`;
    const expected = observe(naive, definitions, htmlOf("(~page)"));
    if (expected === null) return;
    const ways = [
      htmlOf("(~page)"),
      htmlOf("(let ((~held ~page)) (~held))"),
      htmlOf("((fn (~held) (~held)) ~page)"),
      (realm: Realm) => realm.render("~page", {}),
      htmlOf(program.expression),
    ];
    for (const way of ways) agree(observe(js, definitions, way), expected, { ...program, definitions });
  });
});
