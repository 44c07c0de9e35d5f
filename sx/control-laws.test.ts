// Law L5 for control: programs that capture continuations and use them none, one or several times, signal,
// escape and perform effects, through every function and form that waits, show the same on every engine that
// runs them; and an answer that has to be waited for changes nothing. A machine whose continuations share
// what they should copy, or copy what they should share, is found out. ROSE_ASH_LAW_PROGRAMS sets how many.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { brokenChapter } from "./bootstrap/test/broken.ts";
import { cekEngine } from "./cek/engine.ts";
import { sxError } from "./core/errors.ts";
import type { Value } from "./core/values.ts";
import type { Engine } from "./front/engine.ts";
import { observe, observeLater } from "./spec/observation.ts";
import { vmEngine } from "./vm/engine.ts";

const programs = Number(process.env.ROSE_ASH_LAW_PROGRAMS ?? 10_000);
const cek = cekEngine();

const definitions = `
(define counter 0)
(define (say v) (print v) v)
(define (tick) (set! counter (+ counter 1)) counter)
(define (kind-of e) (if (condition? e) (condition-kind e) e))
(defcomp ~box (&key (size :default 1) &rest children) (div :title (str size) children))`;

/** Writes an expression; every number decides one thing, and when they end everything is the simplest there is. */
class Writer {
  private readonly decisions: readonly number[];
  private at = 0;
  private names = 0;
  private variables: string[] = [];
  private continuations: string[] = [];

  constructor(decisions: readonly number[]) {
    this.decisions = decisions;
  }

  private pick(count: number): number {
    return (this.decisions[this.at++] ?? 0) % count;
  }

  private choose(options: readonly string[]): string {
    return options[this.pick(options.length)] as string; // inside the bounds
  }

  private within<T>(list: string[], name: string, write: () => T): T {
    list.push(name);
    const result = write();
    list.pop();
    return result;
  }

  /** With a new variable in sight. */
  private binding(write: (name: string) => string): string {
    const name = `v${this.names++}`;
    return this.within(this.variables, name, () => write(name));
  }

  private readonly leaves: readonly (() => string)[] = [
    () => String(this.pick(5)),
    () => (this.variables.length > 0 ? this.choose(this.variables) : "nil"),
    () => "(tick)",
    () => `(context :c 7)`,
    () => "counter",
  ];

  private readonly forms: readonly ((depth: number) => string)[] = [
    (d) => `(list ${this.expression(d)} ${this.expression(d)})`,
    (d) => `(say ${this.expression(d)})`,
    (d) => `(prompt ${this.tag()} ${this.expression(d)})`,
    (d) => `(prompt ${this.tag()} (list 0 ${this.capture(d)}))`,
    (d) => this.capture(d),
    (d) => this.useOf(d),
    (d) =>
      `(let ((w ${this.expression(d)})) ${this.binding((v) => `(let ((${v} w)) ${this.expression(d)})`)})`,
    (d) => `(do ${this.expression(d)} ${this.expression(d)})`,
    (d) => `(if ${this.expression(d)} ${this.expression(d)} ${this.expression(d)})`,
    (d) => this.binding((v) => `(map (fn (${v}) ${this.expression(d)}) (list 1 ${this.expression(d)}))`),
    (d) => this.binding((v) => `(filter (fn (${v}) ${this.expression(d)}) (list false 2))`),
    (d) => this.binding((v) => `(reduce (fn (sum ${v}) (list sum ${this.expression(d)})) 0 (list 1 2))`),
    (d) =>
      this.binding(
        (v) =>
          `(${this.choose(["some", "every?", "for-each"])} (fn (${v}) ${this.expression(d)}) (list 3 nil 4))`,
      ),
    (d) => this.binding((v) => `(map-indexed (fn (i ${v}) (list i ${this.expression(d)})) (list 5 6))`),
    (d) => `(apply list (list 1 ${this.expression(d)}))`,
    (d) => `(try ${this.expression(d)} (catch (e) (list (kind-of e) ${this.expression(d)})))`,
    (d) => `(try ${this.expression(d)} (finally (say ${this.expression(d)})))`,
    (d) => `(raise ${this.expression(d)})`,
    (d) => `(raise-continuable ${this.expression(d)})`,
    (d) =>
      this.binding((v) => `(with-handler (fn (${v}) ${this.expression(d)}) (fn () ${this.expression(d)}))`),
    (d) => this.escape(d),
    (d) => `(perform ${this.choose(['"echo"', '"sum"', '"nobody"'])} ${this.expression(d)})`,
    (d) => `(provide :c ${this.expression(d)} ${this.expression(d)})`,
    (d) => `(div :title (str ${this.pick(3)}) ${this.expression(d)} (b ${this.expression(d)}))`,
    (d) => `(~box :size ${this.expression(d)} ${this.expression(d)})`,
    (d) =>
      this.binding(
        (v) =>
          `(let ((${v} 0)) (list ${this.expression(d)} (set! ${v} (list ${v} 1)) ((fn () (set! ${v} (list ${v})) ${v}))))`,
      ),
    (d) => `{:a ${this.expression(d)} :b ${this.expression(d)}}`,
  ];

  expression(depth: number): string {
    if (depth <= 0) return this.leaf();
    const kind = this.pick(this.forms.length + 6);
    const form = this.forms[kind - 6];
    return form ? form(depth - 1) : this.leaf();
  }

  private leaf(): string {
    return (this.leaves[this.pick(this.leaves.length)] as () => string)(); // inside the bounds
  }

  private tag(): string {
    return this.choose([":p", ":p", ":q"]);
  }

  /** A continuation is used in the body that captured it alone, so every program ends. */
  private capture(depth: number): string {
    const name = `k${this.names++}`;
    const body = () =>
      this.choose([
        `(list (${name} ${this.expression(depth)}) (${name} ${this.expression(depth)}))`,
        `(${name} ${this.expression(depth)})`,
        this.expression(depth),
        `(map ${name} (list ${this.expression(depth)} 9))`,
        `(${name})`,
      ]);
    return `(capture ${this.tag()} (${name}) ${this.within(this.continuations, name, body)})`;
  }

  private useOf(depth: number): string {
    if (this.continuations.length === 0) return this.leaf();
    return `(${this.choose(this.continuations)} ${this.expression(depth)})`;
  }

  private escape(depth: number): string {
    const name = `out${this.names++}`;
    const body = () => this.expression(depth);
    return `(call/cc (fn (${name}) ${this.within(this.continuations, name, body)}))`;
  }
}

const decisions = fc.noBias(fc.array(fc.nat({ max: 9999 }), { minLength: 20, maxLength: 160, size: "max" }));

/** What programs ask for, at once. */
function answer(operation: Value, [first]: readonly Value[]): Value {
  if (operation === "echo") return first ?? null;
  if (operation === "sum") return typeof first === "number" ? first + 1 : 1;
  throw sxError("effect/unhandled", { operation });
}

/** The same, later. */
const answerLater = async (operation: Value, args: readonly Value[]): Promise<Value> => {
  await null;
  return answer(operation, args);
};

const programOf = (numbers: readonly number[]) => ({
  definitions,
  expression: new Writer(numbers).expression(6),
});

function law(engine: Engine, count: number): void {
  let captured = 0;
  fc.assert(
    fc.property(decisions, (numbers) => {
      const program = programOf(numbers);
      if (program.expression.includes("(capture")) captured++;
      const perform = { perform: answer };
      assert.equal(observe(engine, program, perform), observe(cek, program, perform), program.expression);
    }),
    { numRuns: count, endOnFailure: true },
  );
  assert.ok(captured > count / 10, `only ${captured} of ${count} programs captured anything`);
}

test(`L5: vm and cek agree on ${programs} programs of continuations, signals and effects`, () => {
  law(vmEngine(), programs);
});

for (const engine of [cek, vmEngine()]) {
  test(`on ${engine.name}, an answer that comes later changes nothing`, async () => {
    let waited = 0;
    await fc.assert(
      fc.asyncProperty(decisions, async (numbers) => {
        const program = programOf(numbers);
        if (!program.expression.includes("(perform")) return;
        waited++;
        const shown = await observeLater(engine, program, { perform: answerLater });
        assert.equal(shown, observe(engine, program, { perform: answer }), program.expression);
      }),
      { numRuns: programs, endOnFailure: true },
    );
    assert.ok(waited > programs / 50, `only ${waited} of ${programs} programs asked for anything`);
  });
}

const breaks: Readonly<Record<string, readonly [string, string]>> = {
  "frames that are shared between the uses of a continuation": [
    "(let ((frame (copy-frame (item frames i))))",
    "(let ((frame (item frames i)))",
  ],
  "a capture that leaves its prompt behind": ["        (pop m around)\n", ""],
  "a handler that stands in its own way": [
    '"signal" (nearest-handler (field (field frame :values) :next))',
    '"signal" (nearest-handler (field frame :next))',
  ],
  "a prompt that takes any tag": [
    '(and (= (field frame :kind) "prompt") (equal-values (field frame :values) tag)) frame',
    '(= (field frame :kind) "prompt") frame',
  ],
};

for (const [name, [rule, broken]] of Object.entries(breaks)) {
  test(`L5 finds out ${name}`, async () => {
    const engine = cekEngine(await brokenChapter("eval", rule, broken));
    assert.throws(() => law(engine, programs), /Property failed/);
  });
}
