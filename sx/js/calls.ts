// Calls: known functions are called directly, unknown ones through a check, and calls in tail position
// take no room: beyond a number of frames they hand themselves to whoever waits for the answer.
// The higher-order functions become loops where their function is written in place or known by name.

import type { Core, Fn } from "../front/core.ts";
import { isCalm, isSureChild, tailCalls } from "./analysis.ts";
import type { Emitter } from "./emitter.ts";
import { frameLimit } from "./intrinsics.ts";
import type { Sink } from "./sink.ts";

type Call = Extract<Core, { kind: "call" }>;

export function emitCall(e: Emitter, core: Call): string {
  const { callee, args } = core;
  if (callee.kind === "primitive") {
    const inlined = emitHigherOrder(e, core, callee.name);
    if (inlined !== null) return inlined;
    if (e.unit.isNative(callee.name)) {
      const codes = e.ordered(args);
      return `${e.mark(core.span)}${e.unit.primitiveValue(callee.name)}(${[e.depth(core), ...codes].join(", ")})`;
    }
    const codes = e.ordered(args);
    return `${e.mark(core.span)}${e.unit.primitive(callee.name)}(${codes.join(", ")})`;
  }
  const known = knownFunction(e, core);
  if (known) {
    const codes = knownArguments(e, known.fn, e.ordered(args));
    const call = `${e.mark(core.span)}${known.name}(${[e.depth(core), ...codes].join(", ")})`;
    return known.bounces ? `$land(${call}, ${e.depth(core)})` : call;
  }
  // A call inside the callee would put its own place between this one's and the call itself.
  const emit = (part: Core) => (part === callee && part.kind === "call" ? e.kept(part) : e.expression(part));
  const [fn, ...codes] = e.ordered([callee, ...args], emit);
  return `$land(${e.mark(core.span)}$callee(${fn})(${[e.depth(core), ...codes].join(", ")}), ${e.depth(core)})`;
}

interface Known {
  readonly name: string;
  readonly fn: Fn;
  readonly bounces: boolean;
  /** It may come back to the caller by tail calls alone. */
  readonly cycles: boolean;
}

/** The function a call certainly reaches, when the number of arguments fits. */
function knownFunction(e: Emitter, core: Call): Known | null {
  const { callee, args } = core;
  let known: Known | null = null;
  if (callee.kind === "definition") known = e.unit.knownFunction(callee.definition);
  else if (callee.kind === "local") {
    const local = e.functions.get(callee.local);
    if (local && !local.fn.rest) known = { ...local, cycles: true };
  }
  if (!known) return null;
  return fits(known.fn, args.length) ? known : null;
}

/** Whether a function takes so many arguments. */
export function fits({ parameters, rest }: Fn, count: number): boolean {
  return rest ? count >= parameters.length : count === parameters.length;
}

function knownArguments(_e: Emitter, fn: Fn, codes: string[]): string[] {
  if (!fn.rest) return codes;
  const count = fn.parameters.length;
  return [...codes.slice(0, count), `[${codes.slice(count).join(", ")}]`];
}

/** Emits a call in tail position of a function; false when an ordinary return does. */
export function emitTailCall(e: Emitter, core: Call): boolean {
  const { callee, args } = core;
  if (callee.kind === "primitive") {
    if (callee.name !== "apply" || args.length !== 2) return false;
    const [fn, list] = e.ordered(args);
    e.lines.push(`return (${e.mark(core.span)}$applyTail(d, ${fn}, ${list}));`);
    return true;
  }
  const known = knownFunction(e, core);
  if (known && !known.cycles) {
    const codes = knownArguments(e, known.fn, e.ordered(args));
    e.lines.push(`return (${e.mark(core.span)}${known.name}(${["d + 1", ...codes].join(", ")}));`);
    return true;
  }
  let target = known?.name ?? "";
  let values: string[];
  if (known) values = knownArguments(e, known.fn, atoms(e, args));
  else {
    const [fn, ...rest] = atoms(e, [callee, ...args]);
    target = e.unit.fresh("f");
    values = rest;
    e.lines.push(`const ${target} = ${e.mark(core.span)}$fn(${fn});`);
  }
  const few = values.length >= 1 && values.length <= 3;
  const handBack = few
    ? `$bounce${values.length}(${[target, ...values].join(", ")})`
    : `$bounce(${target}, [${values.join(", ")}])`;
  const fitting = known ? "" : ` && $fits(${target}, ${values.length})`;
  e.lines.push(`if ((d & 65535) > ${frameLimit}${fitting}) return ${handBack};`);
  e.lines.push(`return (${e.mark(core.span)}${target}(${["d + 1", ...values].join(", ")}));`);
  return true;
}

/** Values in order, in a form that may be written twice: none is read later than its place says. */
function atoms(e: Emitter, cores: readonly Core[]): string[] {
  const codes = e.ordered(cores);
  const isAtom = (code: string) => code.length < 30 && !/[([{]/.test(code);
  const last = codes.findLastIndex((code) => !isAtom(code));
  return codes.map((code, index) => {
    if (index > last || (isAtom(code) && e.isStable(cores[index] as Core))) return code; // one code each
    const name = e.unit.fresh("a");
    e.lines.push(`const ${name} = ${code};`);
    return name;
  });
}

/** Whether a function can hand a call back instead of an answer. */
export function mayBounce(
  e: { knownFunction: (core: Call) => { fn: Fn; bounces: boolean; cycles: boolean } | null },
  fn: Fn,
): boolean {
  return tailCalls(fn.body).some((call) => {
    if (call.callee.kind === "primitive") return call.callee.name === "apply";
    const known = e.knownFunction(call);
    return known && fits(known.fn, call.args.length) ? known.bounces || known.cycles : true;
  });
}

const functionFirst: ReadonlyMap<string, number> = new Map([
  ["map", 1],
  ["filter", 1],
  ["for-each", 1],
  ["some", 1],
  ["every?", 1],
  ["map-indexed", 2],
  ["reduce", 2],
]);

type MarkupEmitter = (e: Emitter, core: Core, sink: Sink) => void;

/** What a loop over a list runs for each item. */
interface Step {
  /** Emits the round; the function written in place is an activation of its own there. */
  readonly emit: (round: () => void) => string[];
  /** What it evaluates. */
  readonly body: Core;
  /** Binds the item (and what comes with it) and gives the value of the body. */
  readonly value: (...inputs: string[]) => string;
  /** Likewise, as a condition. */
  readonly test: (...inputs: string[]) => string;
  /** Likewise, as pieces of HTML. */
  readonly markup: (emitMarkup: MarkupEmitter, sink: Sink, ...inputs: string[]) => void;
}

/** The loop body for a function argument that is written in place or known by name, else null. */
function stepOf(e: Emitter, call: Call, fn: Core, count: number): Step | null {
  if (fn.kind === "fn" && !fn.rest && fn.parameters.length === count) {
    const bind = (inputs: string[]) => {
      fn.parameters.forEach((local, index) => {
        e.lines.push(
          `${local.mutated ? "let" : "const"} ${e.unit.nameOf(local)} = ${inputs[index]};`,
          ...e.notePlain(local),
        );
      });
    };
    return {
      emit: (round) => e.waiting(() => e.lines.push(...e.inlined(call, fn.body, 1, round))),
      body: fn.body,
      value: (...inputs) => {
        bind(inputs);
        return e.expression(fn.body);
      },
      test: (...inputs) => {
        bind(inputs);
        return e.test(fn.body);
      },
      markup: (emitMarkup, sink, ...inputs) => {
        bind(inputs);
        e.blaming(call.span, () => emitMarkup(e, fn.body, sink));
      },
    };
  }
  const known = fn.kind === "definition" ? e.unit.knownFunction(fn.definition) : null;
  if (!known || known.fn.rest || known.fn.parameters.length !== count) return null;
  const callIt = (inputs: string[]) => {
    const code = `${e.mark(call.span)}${known.name}(${[e.depth(call, 1), ...inputs].join(", ")})`;
    return known.bounces ? `$land(${code}, ${e.depth(call, 1)})` : code;
  };
  return {
    emit: (round) => e.waiting(round),
    body: known.fn.body,
    value: (...inputs) => callIt(inputs),
    test: (...inputs) => `$truth(${callIt(inputs)})`,
    markup: (_emit, sink, ...inputs) => sink.code(`${e.markChild(call.span)}$child(${callIt(inputs)})`),
  };
}

function emitHigherOrder(e: Emitter, core: Call, name: string): string | null {
  const count = functionFirst.get(name);
  const [fn, ...rest] = core.args;
  if (count === undefined || !fn || rest.length !== (name === "reduce" ? 2 : 1)) return null;
  const step = stepOf(e, core, fn, count);
  if (!step) return null;
  const list = rest.at(-1) as Core; // length checked
  const result = e.unit.fresh("r");
  const item = e.unit.fresh("i");
  if (name === "reduce") {
    const [start, source] = e.ordered([rest[0] as Core, list]); // length checked
    e.lines.push(`let ${result} = ${start};`);
    const items = sequenceOf(e, core, source as string, name);
    const body = step.emit(() => e.lines.push(`${result} = ${step.value(result, `${items}[${item}]`)};`));
    e.lines.push(forEach(item, items), ...body, "}");
    return result;
  }
  const items = sequenceOf(e, core, e.expression(list), name);
  const one = `${items}[${item}]`;
  const starts: Record<string, string> = {
    map: "[]",
    "map-indexed": "[]",
    filter: "[]",
    "for-each": "null",
    some: "null",
    "every?": "true",
  };
  e.lines.push(`let ${result} = ${starts[name]};`);
  const body = step.emit(() => {
    if (name === "map") e.lines.push(`${result}.push(${step.value(one)});`);
    else if (name === "map-indexed") e.lines.push(`${result}.push(${step.value(item, one)});`);
    else if (name === "filter") {
      const kept = e.unit.fresh("x"); // the test may put something else in its place
      e.lines.push(`const ${kept} = ${one};`);
      e.lines.push(`if (${step.test(kept)}) ${result}.push(${kept});`);
    } else if (name === "for-each") e.discard(step.value(one));
    else if (name === "some")
      e.lines.push(`${result} = ${step.value(one)};`, `if ($truth(${result})) break;`, `${result} = null;`);
    else e.lines.push(`if (!(${step.test(one)})) { ${result} = false; break; }`);
  });
  e.lines.push(forEach(item, items), ...body, "}");
  return result;
}

function sequenceOf(e: Emitter, core: Call, code: string, name: string): string {
  const items = e.unit.fresh("xs");
  e.lines.push(
    ...e.nativeGuard(core),
    `const ${items} = ${e.mark(core.span)}$sequence(${code}, ${JSON.stringify(name)});`,
  );
  return items;
}

const forEach = (index: string, items: string) =>
  `for (let ${index} = 0; ${index} < ${items}.length; ${index}++) {`;

/** `map` or `map-indexed` as a child: its items go straight into the HTML. False when it must be a list. */
export function emitMappedMarkup(e: Emitter, core: Call, sink: Sink, emitMarkup: MarkupEmitter): boolean {
  if (core.callee.kind !== "primitive" || core.args.length !== 2) return false;
  const indexed = core.callee.name === "map-indexed";
  const [fn, list] = core.args as [Core, Core]; // length checked
  if (!indexed && core.callee.name !== "map") return false;
  const step = stepOf(e, core, fn, indexed ? 2 : 1);
  // An item that cannot be printed is noticed when all have been computed.
  if (!step || !(isSureChild(step.body) || isCalm(step.body))) return false;
  const source = e.capture(() => e.expression(list));
  sink.flush(e.lines);
  e.lines.push(...source.lines);
  const items = sequenceOf(e, core, source.result, core.callee.name);
  const item = e.unit.fresh("i");
  const inner = sink.branch();
  const body = step.emit(() => {
    step.markup(emitMarkup, inner, ...(indexed ? [item] : []), `${items}[${item}]`);
    inner.flush(e.lines);
  });
  e.lines.push(forEach(item, items), ...body, "}");
  return true;
}
