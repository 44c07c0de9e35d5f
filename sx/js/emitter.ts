// The emitter: core forms to JavaScript text, one emitter for each JavaScript function. Expressions come
// back as text and push what must run before them onto `lines`; evaluation order is the source's, because a
// value that has been computed is put into a temporary before any later statement. The first parameter of
// every function is its depth (docs/adr/0001). Calls are in calls.ts, inlined primitives in arithmetic.ts,
// markup in markup.ts.

import { sxError } from "../core/errors.ts";
import type { Span } from "../core/source.ts";
import { Keyword, SxSymbol, type Value } from "../core/values.ts";
import type { Binding, Core, Fn, Local } from "../front/core.ts";
import type { Definition } from "../front/definition.ts";
import {
  isCalm,
  isLoop,
  isStable,
  type Known,
  knownType,
  numericParameters,
  selfTailCalls,
  sizeOf,
  tailCalls,
} from "./analysis.ts";
import { emitPrimitive, emitPrimitiveTest, property } from "./arithmetic.ts";
import { emitCall, emitTailCall } from "./calls.ts";
import { depthGuard, waitingCall } from "./depth.ts";
import { emitMarkup } from "./markup.ts";
import { Sink } from "./sink.ts";
import { nodesCode } from "./tree.ts";
import type { Unit } from "./unit.ts";

export type Destination =
  | { readonly kind: "return" }
  | { readonly kind: "assign"; readonly name: string }
  | { readonly kind: "drop" };

/** A function that the code being emitted can call by name, or continue as a loop. */
export interface LocalFunction {
  readonly fn: Fn;
  readonly name: string;
  readonly bounces: boolean;
}

/** A loop that the code being emitted stands in. */
export interface Loop {
  readonly self: Local | Definition;
  readonly label: string;
  /** The variables that carry the parameters from one round to the next. */
  readonly carriers: string[];
  /** Where arithmetic in the loop leaves it when its result is not finite. */
  readonly exits: { label: string; span: Span | null }[];
}

export class Emitter {
  readonly unit: Unit;
  lines: string[] = [];
  /** Locals that certainly hold numbers. */
  readonly numbers: Set<Local>;
  /** Locals that hold a component's children: finished HTML text, or a list of values still to be printed. */
  readonly texts: Set<Local>;
  readonly functions: Map<Local, LocalFunction>;
  /** Locals of which a variable `name$p` says whether they hold a plain dict. */
  readonly plain: Set<Local>;
  loops: Loop[] = [];
  /** False where a call must come back before the function ends, as inside `try`. */
  tail = true;
  /** How many activations stand inlined around the code being emitted. */
  private level = 0;
  /** Calls whose value is that of the function they stand in, inlined ones included: they go no deeper than it. */
  private readonly tails = new Set<Core>();
  private blamed: Span | null = null;
  /** The place of the nearest form, among those being emitted as children, that has one. */
  private nearest: Span | null = null;
  private temporaries = 0;
  private mostTemporaries = 0;

  constructor(unit: Unit, outer: Emitter | null = null) {
    this.unit = unit;
    this.numbers = new Set(outer?.numbers);
    this.texts = new Set(outer?.texts);
    this.functions = new Map(outer?.functions);
    this.plain = new Set(outer?.plain);
  }

  /** Emits into a fresh list of lines and gives both. */
  capture<T>(emit: () => T): { result: T; lines: string[] } {
    const saved = this.lines;
    this.lines = [];
    try {
      const result = emit();
      return { result, lines: this.lines };
    } finally {
      this.lines = saved;
    }
  }

  /** Runs with temporaries that are free again afterwards. */
  withTemporaries<T>(count: number, emit: (...names: string[]) => T): T {
    const first = this.temporaries;
    this.temporaries += count;
    this.mostTemporaries = Math.max(this.mostTemporaries, this.temporaries);
    const result = emit(...Array.from({ length: count }, (_, index) => `t${first + index}`));
    this.temporaries = first;
    return result;
  }

  /** The declaration of the temporaries that were used, or "". */
  declarations(): string {
    const names = Array.from({ length: this.mostTemporaries }, (_, index) => `t${index}`);
    return names.length === 0 ? "" : `let ${names.join(", ")};\n`;
  }

  /** The depth that a call passes on, or one of `between` natives which it makes. */
  depth(call: Core, between = 0): string {
    const waiting = this.level + (this.tails.has(call) ? 0 : 1) + between;
    return waiting === 0 ? "d + 1" : `d + ${waitingCall * waiting} | 0`;
  }

  /** Remembers which calls give a function's value. */
  noteTails(body: Core): void {
    for (const call of tailCalls(body)) this.tails.add(call);
  }

  /**
   * Emits the body of a function in place of a call that would have made an activation of it; `between` counts
   * the natives that would have stood between the two.
   */
  inlined(call: Core, body: Core, between: number, emit: () => void): string[] {
    const deeper = (this.tails.has(call) ? 0 : 1) + between;
    this.level += deeper;
    this.noteTails(body);
    const { lines } = this.capture(emit);
    const guard = this.guard(call.span);
    this.level -= deeper;
    return [...guard, ...lines];
  }

  /** The test that the inlined activation being emitted is not too deep. */
  private guard(span: Span | null): string[] {
    return this.level > 0 ? [`${this.mark(span)}${depthGuard(this.level, "$tooDeepHere")}`] : [];
  }

  /** Likewise, for a native that stands inlined. */
  nativeGuard(call: Core): string[] {
    const deeper = this.tails.has(call) ? 0 : 1;
    this.level += deeper;
    const guard = this.guard(call.span);
    this.level -= deeper;
    return guard;
  }

  mark(span: Span | null): string {
    return this.unit.mark(span);
  }

  /** Where a child that cannot be printed stands: where `blaming` says, else in its own place or the nearest around it. */
  markChild(span: Span | null): string {
    return this.mark(this.blamed ?? span ?? this.nearest);
  }

  /** Emits a child, whose place is that of whatever in it has none: what macros and sugar made. */
  asChild(span: Span | null, emit: () => void): void {
    const saved = this.nearest;
    this.nearest = span ?? saved;
    emit();
    this.nearest = saved;
  }

  /** Emits children for which a form around them is to blame, or none. */
  blaming(span: Span | null, emit: () => void): void {
    const saved = this.blamed;
    this.blamed = span;
    emit();
    this.blamed = saved;
  }

  type(core: Core): Known {
    return knownType(core, this.numbers);
  }

  /** Several forms in order as expressions; earlier ones are kept safe from later statements. */
  ordered(cores: readonly Core[], emit: (core: Core) => string = (core) => this.expression(core)): string[] {
    const codes: string[] = [];
    cores.forEach((core, index) => {
      const { result, lines } = this.capture(() => emit(core));
      if (lines.length > 0) this.keep(codes, cores, index);
      this.lines.push(...lines);
      codes.push(result);
    });
    return codes;
  }

  /** Moves the values computed so far into variables. */
  private keep(codes: string[], cores: readonly Core[], upTo: number): void {
    for (let i = 0; i < upTo; i++) {
      const core = cores[i];
      if (core && this.isStable(core)) continue;
      const name = this.unit.fresh("k");
      this.lines.push(`const ${name} = ${codes[i]};`);
      codes[i] = name;
    }
  }

  /** Whether evaluating a form later, or not at all, makes no difference. */
  isStable(core: Core): boolean {
    return isStable(core) && !(core.kind === "local" && this.unit.recursive.has(core.local));
  }

  /**
   * Moves values into variables where `mayFail` says that using one could fail before a later one, which
   * does something, is computed.
   */
  settle(codes: string[], cores: readonly Core[], mayFail: (core: Core) => boolean, lookups = false): void {
    const last = cores.findLastIndex((core) => !isCalm(core, lookups));
    const first = cores.findIndex(mayFail);
    if (first >= 0 && first < last) this.keep(codes, cores, last + 1);
  }

  expression(core: Core): string {
    switch (core.kind) {
      case "const":
        return this.constant(core.value);
      case "local":
        return this.read(core);
      case "definition":
        return this.unit.reference(core.definition);
      case "primitive":
        return this.unit.primitiveValue(core.name);
      case "if":
        return this.conditional(core);
      case "let":
        for (const binding of core.bindings) this.bind(binding);
        return this.expression(core.body);
      case "letrec":
        return this.letrec(core);
      case "fn":
        return this.closure(core);
      case "do":
        for (const form of core.forms.slice(0, -1)) this.effect(form);
        return this.expression(core.forms.at(-1) as Core); // never empty
      case "set":
        return this.assignment(core.target, this.expression(core.value));
      case "call":
        return this.call(core);
      case "dict": {
        const values = this.ordered(core.values);
        return `{ ${core.keys.map((key, index) => `${JSON.stringify(key)}: ${values[index]}`).join(", ")} }`;
      }
      case "try":
      case "provide":
        return this.throughVariable(core);
      case "context": {
        const [key] = this.ordered([core.key]);
        if (!core.fallback) return `${this.mark(core.span)}$context(${key})`;
        let value = "";
        const lines = this.waiting(() => {
          value = this.expression(core.fallback as Core); // checked
        });
        return `${this.mark(core.span)}$contextOr(${key}, () => { ${[...lines, ""].join("\n")}return (${value}); })`;
      }
      case "prompt":
      case "capture":
      case "perform":
        throw sxError("engine/unsupported", { feature: core.kind, engine: "js" }, core.span);
      case "element":
      case "fragment":
      case "component-call":
        return this.unit.makesTrees
          ? `new $TreeMarkup(${nodesCode(this, core)})`
          : `new $Markup(${this.html(core)})`;
    }
  }

  /** An expression as a variable that holds its value. */
  kept(core: Core): string {
    const code = this.expression(core);
    const name = this.unit.fresh("k");
    this.lines.push(`const ${name} = ${code};`);
    return name;
  }

  /** An expression whose nil may also be undefined, for readers that do not care. */
  loose(core: Core): string {
    const code = core.kind === "call" ? property(this, core, true) : null;
    return code ?? this.expression(core);
  }

  /**
   * Asks once whether a variable that was just bound is a plain dict, when it is looked into more than once.
   * Gives the line to emit after the binding, if any.
   */
  notePlain(local: Local): string[] {
    if (local.mutated || (this.unit.lookups.get(local) ?? 0) < 2) return [];
    this.plain.add(local);
    const name = this.unit.nameOf(local);
    // As $isPlain does, but in place: here the host's compiler knows the object's shape, and compares nothing.
    return [
      `const ${name}$p = typeof ${name} === "object" && ${name} !== null && ${name}.__proto__ === $plain;`,
    ];
  }

  /** The HTML of a form as one string expression. */
  html(...cores: Core[]): string {
    const sink = new Sink(this.unit.fresh("o"));
    for (const core of cores) emitMarkup(this, core, sink);
    return sink.result();
  }

  constant(value: Value): string {
    if (value === null || value === undefined) return "null";
    if (typeof value === "number")
      return value < 0 || Object.is(value, -0) ? `(${Object.is(value, -0) ? "-0" : value})` : String(value);
    if (typeof value === "string" || typeof value === "boolean") return JSON.stringify(value);
    const name = this.unit.constant(value);
    return value instanceof Keyword || value instanceof SxSymbol ? name : `$copy(${name})`;
  }

  private read({ local, span }: Extract<Core, { kind: "local" }>): string {
    // A variable of a letrec may be read too early; the mark tells where. Alone the host would blame what stands around it.
    if (this.unit.recursive.has(local)) return `${this.mark(span)}(0, ${this.unit.nameOf(local)})`;
    const name = this.unit.nameOf(local);
    return this.texts.has(local) ? `$children(${name})` : name;
  }

  private call(core: Extract<Core, { kind: "call" }>): string {
    if (core.callee.kind === "primitive") {
      const code = emitPrimitive(this, core, core.callee.name);
      if (code !== null) return code;
    }
    return emitCall(this, core);
  }

  private conditional(core: Extract<Core, { kind: "if" }>): string {
    const test = this.test(core.test);
    const yes = this.capture(() => this.expression(core.yes));
    const no = this.capture(() => this.expression(core.no));
    if (yes.lines.length === 0 && no.lines.length === 0) return `(${test} ? ${yes.result} : ${no.result})`;
    const name = this.unit.fresh("v");
    this.lines.push(`let ${name};`, `if (${test}) {`, ...yes.lines, `${name} = ${yes.result};`, "} else {");
    this.lines.push(...no.lines, `${name} = ${no.result};`, "}");
    return name;
  }

  private throughVariable(core: Core): string {
    const name = this.unit.fresh("v");
    this.lines.push(`let ${name};`);
    this.lines.push(...this.waiting(() => this.statement(core, { kind: "assign", name })));
    return name;
  }

  /** A form for what it does alone. */
  effect(core: Core): void {
    this.lines.push(...this.waiting(() => this.statement(core, { kind: "drop" })));
  }

  /** A form as a JavaScript condition. */
  test(core: Core): string {
    if (core.kind === "const") return String(core.value !== null && core.value !== false);
    if (core.kind === "let") {
      const short = this.shortCircuit(core);
      if (short) return short;
    }
    if (core.kind === "call" && core.callee.kind === "primitive") {
      const code = emitPrimitiveTest(this, core, core.callee.name);
      if (code !== null) return code;
    }
    return this.withTemporaries(1, (t) => {
      const code = this.loose(core);
      const type = this.type(core);
      if (type === "boolean") return code;
      if (type !== "unknown") return `(${code}, true)`;
      if (/^[\w$]+$/.test(code)) return `(${code} !== false && ${code} != null)`;
      return `((${t} = ${code}) !== false && ${t} != null)`;
    });
  }

  /** `and` and `or` where only their truth matters. */
  private shortCircuit(core: Extract<Core, { kind: "let" }>): string | null {
    const [binding] = core.bindings;
    const { body } = core;
    if (core.bindings.length !== 1 || !binding?.local.generated || body.kind !== "if") return null;
    const { local } = binding;
    const isKept = (part: Core) => part.kind === "local" && part.local === local;
    if (!isKept(body.test) || local.reads !== 2) return null;
    const all = isKept(body.no);
    if (!all && !isKept(body.yes)) return null;
    const left = this.test(binding.value);
    const right = this.capture(() => this.test(all ? body.yes : body.no));
    if (right.lines.length === 0) return `(${left} ${all ? "&&" : "||"} ${right.result})`;
    const name = this.unit.fresh("v");
    this.lines.push(
      `let ${name} = ${left};`,
      `if (${all ? "" : "!"}${name}) {`,
      ...right.lines,
      `${name} = ${right.result};`,
      "}",
    );
    return name;
  }

  bind(binding: Binding): void {
    const { local, value } = binding;
    if (this.bindFunction(binding)) return;
    const code = this.expression(value);
    if (!local.mutated && this.type(value) === "number") this.numbers.add(local);
    this.lines.push(
      `${local.mutated ? "let" : "const"} ${this.unit.nameOf(local)} = ${code};`,
      ...this.notePlain(local),
    );
  }

  /** A local that always names one function can be called directly. */
  private bindFunction({ local, value }: Binding): boolean {
    if (value.kind !== "fn" || local.mutated) return false;
    const name = this.unit.nameOf(local);
    const bounces = this.unit.mayBounce(value);
    this.functions.set(local, { fn: value, name, bounces });
    this.lines.push(`const ${name} = ${this.closure(value, local)};`);
    return true;
  }

  private letrec(core: Extract<Core, { kind: "letrec" }>): string {
    const loop = this.loopOf(core);
    if (loop) {
      const name = this.unit.fresh("v");
      this.lines.push(`let ${name};`);
      this.emitLoop(core.body, loop.local, loop.fn, loop.args, { kind: "assign", name });
      return name;
    }
    this.bindAll(core.bindings);
    return this.expression(core.body);
  }

  private bindAll(bindings: Binding[]): void {
    for (const { local } of bindings) this.unit.recursive.add(local);
    for (const { local, value } of bindings) {
      if (value.kind !== "fn" || local.mutated) continue;
      this.functions.set(local, { fn: value, name: this.unit.nameOf(local), bounces: true });
    }
    for (const binding of bindings) this.bind(binding);
  }

  private loopOf(
    core: Extract<Core, { kind: "letrec" }>,
  ): { local: Local; fn: Fn; args: readonly Core[] } | null {
    const [binding] = core.bindings;
    if (core.bindings.length !== 1 || binding?.value.kind !== "fn" || core.body.kind !== "call") return null;
    if (!isLoop(binding.local, binding.value, core.body)) return null;
    return { local: binding.local, fn: binding.value, args: core.body.args };
  }

  /** A loop in place of a function that only ever continues itself. */
  private emitLoop(call: Core, self: Local, fn: Fn, args: readonly Core[], to: Destination): void {
    const known = numericParameters(fn, self, this.numbers);
    const starts = this.ordered(args);
    const carriers = fn.parameters.map((local) => this.carrier(local));
    fn.parameters.forEach((_, index) => {
      this.lines.push(`let ${carriers[index]} = ${starts[index]};`);
    });
    // Parameters count as numbers only when they start as numbers.
    for (const local of known) {
      const start = args[fn.parameters.indexOf(local)];
      if (!start || this.type(start) !== "number") known.delete(local);
    }
    const safe = shrink(fn, self, known, this.numbers);
    const added = [...safe].filter((local) => !this.numbers.has(local));
    for (const local of added) this.numbers.add(local);
    const rounds = () =>
      this.emitRounds({ self, label: this.unit.fresh("loop"), carriers, exits: [] }, fn, to);
    this.lines.push(...this.inlined(call, fn.body, 0, rounds));
  }

  /** A parameter that a closure captures is a new variable in each round. */
  private carrier(local: Local): string {
    return local.captured ? this.unit.fresh("next") : this.unit.nameOf(local);
  }

  private emitRounds(loop: Loop, fn: Fn, to: Destination): void {
    const body = this.capture(() => {
      fn.parameters.forEach((local, index) => {
        if (!local.captured) return;
        this.lines.push(
          `${local.mutated ? "let" : "const"} ${this.unit.nameOf(local)} = ${loop.carriers[index]};`,
        );
      });
      this.loops.push(loop);
      this.statement(fn.body, to);
      this.loops.pop();
    });
    const done = to.kind !== "return" && loop.exits.length > 0 ? `${this.unit.fresh("done")}` : null;
    if (done) this.lines.push(`${done}: {`);
    this.lines.push(...loop.exits.map(({ label }) => `${label}: {`));
    this.lines.push(
      `${loop.label}: for (;;) {`,
      ...body.lines,
      ...(to.kind === "return" ? [] : [`break${done ? ` ${done}` : ""};`]),
      "}",
    );
    for (const { span } of loop.exits.toReversed()) this.lines.push("}", `${this.mark(span)}$notFinite();`);
    if (done) this.lines.push("}");
  }

  /**
   * Arithmetic on numbers inside a loop: its failure leaves the loop and is raised behind it, because a call
   * inside would make the host keep the loop's numbers in memory.
   */
  checkedInLoop(sum: string, span: Span | null): string {
    const loop = this.loops.at(-1) as Loop; // the caller looked
    const exit = { label: this.unit.fresh("exit"), span };
    loop.exits.push(exit);
    const name = this.unit.fresh("s");
    this.lines.push(
      `const ${name} = ${sum};`,
      `if (!(Math.abs(${name}) <= ${Number.MAX_VALUE})) break ${exit.label};`,
    );
    return name;
  }

  /** Emits a form for what it does and delivers its value. */
  statement(core: Core, to: Destination): void {
    switch (core.kind) {
      case "if": {
        const test = this.test(core.test);
        this.lines.push(`if (${test}) {`);
        this.lines.push(...this.capture(() => this.statement(core.yes, to)).lines);
        const no = this.capture(() => this.statement(core.no, to)).lines;
        this.lines.push(...(no.length > 0 ? ["} else {", ...no, "}"] : ["}"]));
        return;
      }
      case "let":
        for (const binding of core.bindings) this.bind(binding);
        this.statement(core.body, to);
        return;
      case "letrec": {
        const loop = this.loopOf(core);
        if (loop) return this.emitLoop(core.body, loop.local, loop.fn, loop.args, to);
        this.bindAll(core.bindings);
        this.statement(core.body, to);
        return;
      }
      case "do":
        for (const form of core.forms.slice(0, -1)) this.effect(form);
        this.statement(core.forms.at(-1) as Core, to); // never empty
        return;
      case "try":
        return this.tryStatement(core, to);
      case "provide":
        return this.provideStatement(core, to);
      case "call":
        if (this.continueLoop(core)) return;
        if (to.kind === "return" && this.tail && emitTailCall(this, core)) return;
        break;
    }
    this.deliver(this.expression(core), to, core);
  }

  private deliver(code: string, to: Destination, core: Core): void {
    // A name read too early is noticed where its statement starts, so the mark goes there.
    const [, mark = "", value = code] = /^(\u0001\d+\u0002)([\w$]+)$/.exec(code) ?? [];
    if (to.kind === "return") this.lines.push(`${mark}return (${value});`);
    else if (to.kind === "assign") this.lines.push(`${to.name} = ${code};`);
    else if (!this.isStable(core)) this.discard(code);
  }

  /** An expression as a statement; a dict would be read as a block. */
  discard(code: string): void {
    this.lines.push(code.startsWith("{") ? `(${code});` : `${code};`);
  }

  /** A call of the loop that this code stands in, in tail position: the next round. */
  private continueLoop(core: Extract<Core, { kind: "call" }>): boolean {
    const loop = this.loops.at(-1);
    if (!loop) return false;
    const { callee } = core;
    const target =
      callee.kind === "local" ? callee.local : callee.kind === "definition" ? callee.definition : null;
    if (target !== loop.self || core.args.length !== loop.carriers.length) return false;
    const values = this.ordered(core.args);
    const moves = loop.carriers
      .map((carrier, index) => ({ carrier, value: values[index] as string }))
      .filter(({ carrier, value }, index) => carrier !== value || !isStable(core.args[index] as Core)); // same length
    const mentions = (text: string, name: string) =>
      new RegExp(`(?<![\\w$])${name.replaceAll("$", "\\$")}(?![\\w$])`).test(text);
    // A carrier that a later value still reads is assigned through a temporary.
    const clash = moves.some(({ carrier }, index) =>
      moves.slice(index + 1).some(({ value }) => mentions(value, carrier)),
    );
    if (!clash) for (const { carrier, value } of moves) this.lines.push(`${carrier} = ${value};`);
    else {
      const names = moves.map(() => this.unit.fresh("n"));
      for (const [index, { value }] of moves.entries()) this.lines.push(`const ${names[index]} = ${value};`);
      for (const [index, { carrier }] of moves.entries()) this.lines.push(`${carrier} = ${names[index]};`);
    }
    this.lines.push(`continue ${loop.label};`);
    return true;
  }

  /** Emits with calls that must come back: nothing in here is a tail call. */
  waiting(emit: () => void): string[] {
    const saved = { tail: this.tail, loops: this.loops };
    this.tail = false;
    this.loops = [];
    const { lines } = this.capture(emit);
    this.tail = saved.tail;
    this.loops = saved.loops;
    return lines;
  }

  private tryStatement(core: Extract<Core, { kind: "try" }>, to: Destination): void {
    const context = this.unit.fresh("x");
    this.lines.push(
      `const ${context} = $contexts.top;`,
      "try {",
      ...(core.handler ? ["$barrier();"] : []),
      ...this.waiting(() => this.statement(core.body, to)),
      "}",
    );
    if (core.handler && core.caught) {
      const { handler, caught } = core;
      const emit = () => this.statement(handler, to);
      const body = core.cleanup ? this.waiting(emit) : this.capture(emit).lines;
      const name = this.unit.nameOf(caught);
      this.lines.push(
        "catch (error) {",
        `$contexts.top = ${context};`,
        `let ${name} = $caught(error);`,
        ...body,
        "}",
      );
    }
    if (core.cleanup) {
      const { cleanup } = core;
      const body = this.waiting(() => this.statement(cleanup, { kind: "drop" }));
      this.lines.push("finally {", `$contexts.top = ${context};`, ...body, "}");
    } else this.lines.push(`finally { $contexts.top = ${context}; }`);
  }

  private provideStatement(core: Extract<Core, { kind: "provide" }>, to: Destination): void {
    const [key, value] = this.ordered([core.key, core.value]);
    const context = this.unit.fresh("x");
    const body = this.waiting(() => this.statement(core.body, to));
    this.lines.push(
      `const ${context} = $contexts.top;`,
      `${this.mark(core.span)}$provide(${key}, ${value});`,
    );
    this.lines.push("try {", ...body, `} finally { $contexts.top = ${context}; }`);
  }

  private assignment(target: Local | Definition, code: string): string {
    const name = "owner" in target ? this.unit.nameOf(target) : `${this.unit.cell(target)}.value`;
    return `(${name} = ${code})`;
  }

  /** A function as a value: it checks how many arguments it was given. */
  closure(fn: Fn, self: Local | null = null): string {
    const inner = new Emitter(this.unit, this);
    const name = this.unit.functionName(fn);
    const text = `function ${name}${inner.functionText(fn, self, true)}`;
    return fn.rest ? `$taking(${fn.parameters.length}, ${text})` : text;
  }

  /** Parameters and body of a function, from its opening parenthesis on. */
  functionText(fn: Fn, self: Local | Definition | null, checked: boolean): string {
    const names = fn.parameters.map((local) => this.unit.nameOf(local));
    const steps = self ? selfTailCalls(fn, self) : [];
    const rest = fn.rest ? [`${checked ? "..." : ""}${this.unit.nameOf(fn.rest)}`] : [];
    const count = fn.parameters.length;
    this.noteTails(fn.body);
    const body = this.capture(() => {
      if (steps.length > 0 && self) this.functionLoop(fn, self);
      else {
        for (const local of fn.parameters) this.lines.push(...this.notePlain(local));
        this.statement(fn.body, { kind: "return" });
      }
    }).lines;
    const carried =
      steps.length > 0
        ? fn.parameters.map((local) =>
            local.captured ? `${this.unit.nameOf(local)}$` : this.unit.nameOf(local),
          )
        : names;
    const head: string[] = [];
    if (checked) {
      const wrong = fn.rest ? `arguments.length < ${count + 1}` : `arguments.length !== ${count + 1}`;
      head.push(
        `if (${wrong}) $ownArity(${JSON.stringify(fn.name)}, ${count}, ${fn.rest !== null}, arguments.length - 1);`,
      );
    }
    head.push(depthGuard(0, "$tooDeep"));
    return `(${["d", ...carried, ...rest].join(", ")}) {\n${this.declarations()}${[...head, ...body].join("\n")}\n}`;
  }

  /** The body of a function that continues itself: a loop, and a quicker one while its numbers are numbers. */
  private functionLoop(fn: Fn, self: Local | Definition): void {
    const carriers = fn.parameters.map((local) =>
      local.captured ? `${this.unit.nameOf(local)}$` : this.unit.nameOf(local),
    );
    const label = this.unit.fresh("loop");
    const numeric = [...numericParameters(fn, self, this.numbers)].filter(
      (local) => !this.numbers.has(local),
    );
    const quick = numeric.length > 0 && sizeOf(fn.body) < 120;
    const general = this.capture(() =>
      this.emitRounds({ self, label, carriers, exits: [] }, fn, { kind: "return" }),
    ).lines;
    if (!quick) {
      this.lines.push(...general);
      return;
    }
    for (const local of numeric) this.numbers.add(local);
    const fast = this.capture(() =>
      this.emitRounds({ self, label: this.unit.fresh("loop"), carriers, exits: [] }, fn, { kind: "return" }),
    ).lines;
    for (const local of numeric) this.numbers.delete(local);
    const test = numeric.map((local) => `typeof ${this.unit.nameOf(local)} === "number"`).join(" && ");
    this.lines.push(`if (${test}) {`, ...fast, "}", ...general);
  }
}

/** Takes back the assumption for parameters that stay numbers only if others do. */
function shrink(fn: Fn, self: Local, wanted: Set<Local>, known: ReadonlySet<Local>): Set<Local> {
  const steps = selfTailCalls(fn, self);
  for (let changed = true; changed; ) {
    changed = false;
    for (const local of wanted) {
      const index = fn.parameters.indexOf(local);
      const types = new Set([...known, ...wanted]);
      if (!steps.every((step) => knownType(step.args[index] as Core, types) === "number"))
        changed = wanted.delete(local); // arity checked
    }
  }
  return wanted;
}
