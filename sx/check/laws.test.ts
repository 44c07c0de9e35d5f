// Laws of the checker over programs made at random. It refuses what loading refuses, and nothing else: a program that
// loads has no error of loading, and of one that does not the realm's error is among those told. What it says of a
// call is true: one that is told never gives a value. ROSE_ASH_LAW_PROGRAMS sets how many programs are tried.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { SxError } from "../core/errors.ts";
import { showPosition } from "../core/source.ts";
import { parseSyntax, type Syntax } from "../format/syntax.ts";
import { jsEngine } from "../js/engine.ts";
import { decisions, makeProgram } from "../js/test/program.ts";
import { createRealm } from "../realm.ts";
import { parseCorpusFile } from "../spec/corpus.ts";
import { endsSoon } from "../spec/observation.ts";
import { checkFiles } from "./check.ts";
import { codes, runningErrors } from "./codes.ts";
import type { Diagnostic } from "./diagnostic.ts";

const programs = Number(process.env.ROSE_ASH_LAW_PROGRAMS ?? 10_000);
const engine = jsEngine();

const texts = decisions().map((lists) => {
  const { definitions, expression } = makeProgram(lists);
  return `${definitions}\n\n${expression}\n`;
});

/** Kinds of error that loading never raises, though a program that runs may. */
const later: ReadonlySet<string> = new Set([
  ...Object.keys(codes),
  ...runningErrors,
  "html/bad-attribute-value",
  "html/bad-child",
  "html/raw-text",
  "name/uninitialised",
]);

function check(text: string): Diagnostic[] {
  return checkFiles([{ file: "program.sx", text }]);
}

/** What is told that loading would refuse, as `kind file:line:column`. */
function refusals(text: string): string[] {
  return refusalsAmong(check(text));
}

function refusalsAmong(told: readonly Diagnostic[]): string[] {
  return told
    .filter(({ level, code }) => level === "error" && !later.has(code))
    .map(({ code, file, line, column }) => `${code} ${file}:${line}:${column}`);
}

/** What loading and linking refuses first, or null. */
function firstRefusal(text: string): string | null {
  try {
    const realm = createRealm({ engine });
    realm.load(text, { file: "program.sx" });
    realm.link();
    return null;
  } catch (error) {
    if (!(error instanceof SxError)) throw error;
    return `${error.kind} ${error.span ? showPosition(error.span) : "nowhere"}`;
  }
}

/** The expression in a definition, so that it is linked too. */
const asDefinition = (text: string) => {
  const start = text.lastIndexOf("\n\n") + 2;
  return `${text.slice(0, start)}(define (the-expression) ${text.slice(start).trim()})\n`;
};

/** Programs with a wound: a token is taken away, doubled, or put in the place of another. */
const wounded = fc.tuple(texts, fc.nat(), fc.nat(), fc.nat(3)).map(([text, at, other, how]) => {
  const program = asDefinition(text);
  const tokens = leaves(parseSyntax(program));
  const token = tokens[at % tokens.length] as Syntax; // a program has tokens
  const source = tokens[other % tokens.length] as Syntax;
  const word = program.slice(token.start, token.end);
  const replacement = ["", `${word} ${word}`, program.slice(source.start, source.end), `${word}x`][how] ?? "";
  return program.slice(0, token.start) + replacement + program.slice(token.end);
});

function leaves(nodes: readonly Syntax[]): Syntax[] {
  return nodes.flatMap((node) =>
    node.children.length > 0 ? leaves(node.children) : node.kind === "atom" ? [node] : [],
  );
}

function holdsExpression(text: string): boolean {
  return parseSyntax(text).some(
    ({ start }) => !/^\((?:define|defcomp|defmacro)\s/.test(text.slice(start, start + 10)),
  );
}

function lawOfRefusal(told: (text: string) => string[]): void {
  let refused = 0;
  fc.assert(
    fc.property(wounded, (text) => {
      const first = firstRefusal(text);
      // Expressions at top level are refused only when they are run.
      if (first === null) return assert.ok(holdsExpression(text) || told(text).length === 0, text);
      refused++;
      const [kind = ""] = first.split(" ");
      // Linking computes the values of definitions.
      if (later.has(kind) || /^(?:arith|index|control|context|raised)/.test(kind)) return;
      // The realm has no place for a name that a macro generated; the checker says where the macro was called.
      const isTold = told(text).some((one) => one.startsWith(first.replace(/ nowhere$/, " ")));
      assert.ok(isTold, `${first} is not told:\n${told(text).join("\n")}\n${text}`);
    }),
    { numRuns: programs, endOnFailure: true },
  );
  assert.ok(refused > programs / 10, `only ${refused} programs were refused`);
}

test(`of ${programs} wounded programs those are refused that do not load, and their error is told`, () => {
  lawOfRefusal(refusals);
});

test("a checker that forgets one kind of error is found out", () => {
  const forgetful = (text: string) => refusals(text).filter((told) => !told.startsWith("name/unbound"));
  assert.throws(() => lawOfRefusal(forgetful), /Property failed/);
});

/** A program in which each call that is told prints before it is computed, and again if it gives a value. */
function watch(text: string, told: readonly Diagnostic[]): string {
  const calls = told.map((diagnostic) => callOf(text, diagnostic));
  const edits = [...new Map(calls.filter((call) => call !== null).map((call) => [call.start, call])).values()]
    .flatMap(({ start, end }, index) => [
      { at: start, add: `(passed ${index} (do (print "reached" ${index}) ` },
      { at: end, add: "))" },
    ])
    .toSorted((a, b) => a.at - b.at);
  let watched = '(define (passed n value) (print "passed" n) value)\n';
  let from = 0;
  for (const { at, add } of edits) {
    watched += text.slice(from, at) + add;
    from = at;
  }
  return watched + text.slice(from);
}

function offsetOf(text: string, line: number, column: number): number {
  const before = text.split("\n").slice(0, line - 1);
  return before.reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
}

/** The call that a diagnostic is about; none where a pipe puts a value into it. */
function callOf(text: string, { code, line, column }: Diagnostic): Syntax | null {
  const offset = offsetOf(text, line, column);
  const path: Syntax[] = [];
  let level: readonly Syntax[] = parseSyntax(text);
  for (let node = around(level, offset); node; node = around(level, offset)) {
    path.push(node);
    if (node.start === offset) break;
    level = node.children;
  }
  // An argument of the wrong kind is pointed at itself.
  if (code === "call/type") path.pop();
  const [outer, call] = [path.at(-2), path.at(-1)];
  return call?.kind === "list" && !isPipe(text, call) && !(outer && isPipe(text, outer)) ? call : null;
}

function isPipe(text: string, { children: [head] }: Syntax): boolean {
  return head !== undefined && /^->>?$/.test(text.slice(head.start, head.end));
}

function around(level: readonly Syntax[], offset: number): Syntax | undefined {
  return level.find((node) => node.start <= offset && offset < node.end);
}

function lawOfCalls(tell: (told: readonly Diagnostic[], text: string) => readonly Diagnostic[]): void {
  let reached = 0;
  fc.assert(
    fc.property(texts, (text) => {
      const all = check(text);
      assert.deepEqual(refusalsAmong(all), [], text);
      const told = tell(
        // A function that is given none where a list is empty is not called, and not missed.
        all.filter(({ code, message }) => runningErrors.has(code) && !message.includes("needs f to be")),
        text,
      );
      if (told.length === 0 || !endsSoon(text)) return;
      const lines: string[] = [];
      try {
        createRealm({ engine, print: (line) => lines.push(line) }).evaluate(watch(text, told));
      } catch (error) {
        if (!(error instanceof SxError)) throw error;
      }
      reached += lines.filter((line) => line.startsWith('"reached"')).length;
      const passed = lines.filter((line) => line.startsWith('"passed"'));
      assert.deepEqual(passed, [], `${told.map(({ message }) => message).join("\n")}\n${watch(text, told)}`);
    }),
    { numRuns: programs, endOnFailure: true },
  );
  assert.ok(reached > programs / 100, `only ${reached} calls were reached`);
}

test(`${programs} programs that load have no error of loading, and no call that is told gives a value`, () => {
  lawOfCalls((told) => told);
});

test("a checker that tells a call which is right is found out", () => {
  const anyCall = (told: readonly Diagnostic[], text: string): readonly Diagnostic[] => {
    const line = text.split("\n").findIndex((one) => one.includes("(list ")) + 1;
    const column = (text.split("\n")[line - 1] ?? "").indexOf("(list ") + 1;
    const wrong = { ...told[0], code: "call/arity", line, column } as Diagnostic; // its place is all that counts
    return line === 0 ? told : [wrong];
  };
  assert.throws(() => lawOfCalls(anyCall), /Property failed/);
});

test("every file of the corpus that must not load is told with the place that the corpus says", () => {
  const corpus = join(import.meta.dirname, "../spec/tests");
  const files = readdirSync(corpus, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".sx"),
  );
  let told = 0;
  for (const file of files) {
    const text = readFileSync(join(corpus, file), "utf8");
    const [, kind, line, column] = /^;;error> (\S+) (\d+):(\d+)/.exec(text) ?? [];
    if (kind === undefined) continue;
    told++;
    const found = check(text).map((one) => `${one.code} ${one.line}:${one.column}`);
    assert.ok(found.includes(`${kind} ${line}:${column}`), `${file}: ${found.join(", ")}`);
  }
  assert.ok(told > 70, `${told} files`);
});

test("of no case of the corpus that gives a value or markup an error is told, unless it catches one", () => {
  const corpus = join(import.meta.dirname, "../spec/tests");
  const files = readdirSync(corpus, { recursive: true, encoding: "utf8" }).filter(
    // Files at the top hold tests, not cases.
    (file) => file.endsWith(".sx") && dirname(file) !== ".",
  );
  let cases = 0;
  for (const file of files) {
    const text = readFileSync(join(corpus, file), "utf8");
    const parsed = parseCorpusFile(text, file);
    const errors = parsed.fileError === null ? check(text).filter(({ level }) => level === "error") : [];
    for (const one of parsed.cases) {
      const end = one.line + one.text.split("\n").length - 1;
      const mayFail = one.text.includes("(try ") || one.expectations.some(({ kind }) => kind === "error");
      if (mayFail) continue;
      cases++;
      const told = errors.filter(({ line }) => line >= one.line && line <= end);
      assert.deepEqual(told, [], `${file}: ${one.text}`);
    }
  }
  assert.ok(cases > 1500, `${cases} cases`);
});
