// Modules that a compiler never wrote: those of the corpus with their code, constants and parameters changed at random.
// Whatever the verifier lets through may do nonsense, but each of its failures is an error of the language: the host
// never fails, and no value of the machine's own comes out. ROSE_ASH_LAW_PROGRAMS says how many are tried.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { createContext, runInContext } from "node:vm";
import fc from "fast-check";
import { compileOrNull } from "./cli/test/compiled.ts";
import { kinds } from "./core/error-kinds.ts";
import { SxError } from "./core/errors.ts";
import { createPrimitives } from "./core/primitives/table.ts";
import { Condition, SxSymbol, type Value } from "./core/values.ts";
import { parseCorpusFile } from "./spec/corpus.ts";
import { type GlobalCell, VmClosure, VmComponent } from "./vm/code.ts";
import type { Module, Proto } from "./vm/module.ts";
import { opcodes } from "./vm/opcodes.ts";
import { Runtime } from "./vm/runtime.ts";
import { verify } from "./vm/verify.ts";

const runs = Number(process.env.ROSE_ASH_LAW_PROGRAMS ?? 10_000);
const corpus = join(import.meta.dirname, "spec/tests");

const folders = ["functions", "errors", "components", "html", "control", "provide", "higher-order", "traps"];
const seeds: Module[] = folders.flatMap((folder) =>
  readdirSync(join(corpus, folder))
    .sort()
    .flatMap((name) => {
      const text = readFileSync(join(corpus, folder, name), "utf8");
      const { definitions, cases } = parseCorpusFile(text, name);
      const modules = [text, ...cases.map((one) => `${definitions}\n${one.text}`)];
      return modules.map((one) => compileOrNull(one, name)).filter((module) => module !== null);
    }),
);

/** Names that mean something to the machine, or to objects of the host. */
const names = fc.constantFrom(
  ...["%try", "%capture", "%provide", "%context", "%child", "%component", "%markup", "%unset", "%perform"],
  ...["constructor", "toString", "__proto__", "map", "reduce", "apply", "get", "str", "=", "first", "concat"],
  ...["call/cc", "raise", "raise-continuable", "with-handler", "suspense"],
);
const datum = fc.constantFrom<Value>(null, true, 5, "x", "__proto__", ["a"], [null, "__proto__"], { a: 1 });

const change = fc.record({
  kind: fc.constantFrom("opcode", "opcode", "operand", "operand", "swap", "copy", "cut", "constant", "shape"),
  proto: fc.nat(),
  at: fc.nat(),
  from: fc.nat(),
  length: fc.integer({ min: 1, max: 12 }),
  opcode: fc.constantFrom(...opcodes.map(({ id }) => id)),
  name: names,
  datum,
});
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function changed(
  module: Module,
  { kind, proto, at, from, length, opcode, name, datum: value }: Change,
): Module {
  const index = proto % module.protos.length;
  const old = module.protos[index] as Proto; // in range
  const code = [...(old.code as Uint8Array)]; // a list of bytes
  const constants = [...module.constants];
  const place = at % code.length;
  const [one, other] = [at % constants.length, from % constants.length];
  if (kind === "opcode") code[place] = opcode;
  if (kind === "operand") code[place] = from % 8;
  if (kind === "copy") code.splice(place, 0, ...code.slice(from % code.length).slice(0, length));
  if (kind === "cut") code.splice(place, 1 + (length & 3));
  if (kind === "swap") [constants[one], constants[other]] = [constants[other], constants[one]];
  if (kind === "constant") constants[one] = constants[one] instanceof SxSymbol ? new SxSymbol(name) : value;
  const shape =
    kind === "shape" ? { required: from % 3, rest: at % 2 === 0, slots: old.slots + (at % 2) } : {};
  return { ...module, constants, protos: module.protos.with(index, { ...old, ...shape, code }) };
}

const bounded = createContext({ work: null });

/** What some work gives, or its error; null for one that does not end, since a loop of calls may go on forever. */
function attempt(work: () => unknown): unknown {
  bounded.work = work;
  try {
    return runInContext("work()", bounded, { timeout: 500 });
  } catch (error) {
    return isTimeout(error) ? null : error;
  }
}

/** The host's own error for it, which may be of the bounded context and so no `Error` of this one. */
function isTimeout(error: unknown): boolean {
  return (
    typeof error === "object" &&
    error !== null &&
    "code" in error &&
    error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT"
  );
}

/** An error of the language, or one that the program itself has made. */
function checkError(error: unknown): void {
  assert.ok(error instanceof SxError, error instanceof Error ? error.stack : String(error));
  if (error.payload instanceof Condition) return;
  assert.ok(error.kind in kinds, error.kind);
  assert.notEqual(error.kind, "host/failed", error.message);
}

function checkAnswer(answer: unknown): void {
  if (answer instanceof Error) checkError(answer);
  else
    assert.ok(
      !(typeof answer === "object" && answer !== null && "words" in answer),
      "a piece of the machine",
    );
}

const args = fc.array(
  fc.constantFrom<Value>(null, 1, "x", [1, 2], { a: 1 }, true, (x: Value) => x),
  {
    maxLength: 3,
  },
);

function use(runtime: Runtime, { value }: GlobalCell, given: readonly Value[]): void {
  if (value instanceof VmComponent)
    checkAnswer(attempt(() => runtime.render(value, { title: "x" }, ["child"])));
  if (value instanceof VmClosure) {
    checkAnswer(attempt(() => runtime.call(value, given)));
    checkAnswer(
      attempt(() =>
        runtime.call(
          value,
          Array.from({ length: value.code.required }, () => given[0]),
        ),
      ),
    );
  }
}

test("a changed module that is verified does nothing but what a program may do", () => {
  let sound = 0;
  const sample = fc.tuple(fc.constantFrom(...seeds), fc.array(change, { minLength: 1, maxLength: 3 }), args);
  fc.assert(
    fc.property(sample, ([seed, changes, given]) => {
      const module = changes.reduce(changed, seed);
      const refusal = attempt(() => verify(module));
      if (refusal instanceof Error) {
        checkError(refusal);
        return;
      }
      sound++;
      const runtime = new Runtime(createPrimitives(), {
        print: () => {},
        perform: (_, asked) => asked.length,
      });
      const cells = attempt(() => runtime.load(module, () => null));
      if (cells instanceof Map) for (const cell of cells.values()) use(runtime, cell as GlobalCell, given);
      else if (cells !== null) checkError(cells);
    }),
    { numRuns: runs },
  );
  assert.ok(sound > runs / 50, `of ${runs}, ${sound} verified`);
});
