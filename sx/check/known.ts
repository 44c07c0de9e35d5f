// What is known of a core form without running it: the forms it may come down to, whether it is true, and which
// literals it may be. Variables lead to what they were bound to, parameters of a component to what a call gives
// it; everything else is unknown, and whoever asks must say nothing of it then.

import { Closure, Component, isTrue, Markup, type Value } from "../core/values.ts";
import type { Core, Local } from "../front/core.ts";
import { childrenOf } from "../front/walk.ts";

/** Variables whose values are known, innermost first. */
export class Known {
  private readonly values: ReadonlyMap<Local, Place>;
  private readonly outer: Known | null;

  constructor(values: ReadonlyMap<Local, Place> = new Map(), outer: Known | null = null) {
    this.values = values;
    this.outer = outer;
  }

  /** What is known where all this begins: one object for a text, another for each component that is looked into. */
  get root(): Known {
    return this.outer?.root ?? this;
  }

  /** What a variable is, or null where that is not known. */
  find(local: Local): Place | null {
    return local.mutated ? null : this.found(local);
  }

  /** What a variable was bound to first, or null. */
  found(local: Local): Place | null {
    for (let at: Known | null = this; at; at = at.outer) {
      const place = at.values.get(local);
      if (place) return place;
    }
    return null;
  }

  with(values: ReadonlyMap<Local, Place>): Known {
    return new Known(values, this);
  }
}

/** A form and what is known of its variables. */
export interface Place {
  readonly core: Core;
  readonly known: Known;
}

export type Answer = "yes" | "no" | "maybe";

/** How many forms one question may still look at; a variable can lead to itself. */
interface Budget {
  left: number;
}

const mostSteps = 400;

/** The forms that may give the value of a form, looking through variables, bodies and choices. */
export function alternatives(place: Place, budget: Budget = { left: mostSteps }): Place[] {
  const found: Place[] = [];
  const waiting = [place];
  for (let at = waiting.pop(); at; at = waiting.pop()) {
    const next = budget.left-- > 0 ? steps(at, budget) : null;
    if (next) waiting.push(...next.toReversed());
    else found.push(at);
  }
  return found;
}

/** Where the value of a form comes from, or null when the form itself is where to look. */
function steps({ core, known }: Place, budget: Budget): Place[] | null {
  switch (core.kind) {
    case "local": {
      const bound = known.find(core.local);
      return bound && [bound];
    }
    case "let":
    case "letrec":
      return [{ core: core.body, known: bindAll(core, known) }];
    case "do":
      return [{ core: core.forms.at(-1) as Core, known }]; // never empty
    case "if": {
      const truth = truthOf({ core: core.test, known }, budget);
      const branches = truth === "yes" ? [core.yes] : truth === "no" ? [core.no] : [core.yes, core.no];
      return branches.map((branch) => ({ core: branch, known }));
    }
    case "provide":
      return [{ core: core.body, known }];
    case "definition": {
      const { kind, mutated, core: value } = core.definition;
      const isPlain = value && /^(?:const|primitive|fn|definition)$/.test(value.kind);
      const isFollowed = isPlain && !mutated && (kind === "value" || kind === "function");
      return isFollowed ? [{ core: value, known: new Known() }] : null;
    }
    default:
      return null;
  }
}

/** What is known inside a `let` or `letrec`. */
function bindAll({ kind, bindings }: Extract<Core, { kind: "let" | "letrec" }>, known: Known): Known {
  if (kind === "let") {
    return bindings.reduce(
      (outer, { local, value }) => outer.with(new Map([[local, { core: value, known: outer }]])),
      known,
    );
  }
  const values = new Map<Local, Place>();
  const inner = known.with(values);
  // What is no function may hold itself, and would never come to an end.
  for (const { local, value } of bindings)
    if (value.kind === "fn") values.set(local, { core: value, known: inner });
  return inner;
}

/** The forms directly inside a form, each with what is known there. */
export function partsOf({ core, known }: Place): Place[] {
  if (core.kind !== "let" && core.kind !== "letrec")
    return childrenOf(core).map((child) => ({ core: child, known }));
  const inner = bindAll(core, known);
  const values = core.bindings.map(({ local, value }) => inner.found(local) ?? { core: value, known });
  return [...values, { core: core.body, known: inner }];
}

/** Whether a form counts as true. */
export function truthOf(place: Place, budget: Budget = { left: mostSteps }): Answer {
  return together(alternatives(place, budget).map((one) => truthOfOne(one, budget)));
}

function truthOfOne({ core, known }: Place, budget: Budget): Answer {
  if (core.kind === "const") return isTrue(core.value) ? "yes" : "no";
  if (core.kind === "call" && core.callee.kind === "primitive") {
    const [argument] = core.args;
    if (core.callee.name === "not" && argument) return opposite(truthOf({ core: argument, known }, budget));
    return core.callee.name === "list" || core.callee.name === "str" ? "yes" : "maybe";
  }
  return core.kind === "element" || core.kind === "fragment" || core.kind === "fn" || core.kind === "dict"
    ? "yes"
    : "maybe";
}

function opposite(answer: Answer): Answer {
  return answer === "yes" ? "no" : answer === "no" ? "yes" : "maybe";
}

/** One answer for several cases of which one will be: certain only where all agree. */
export function together(answers: readonly Answer[]): Answer {
  const [first] = answers;
  return first !== undefined && answers.every((answer) => answer === first) ? first : "maybe";
}

/** The literals a form may be, and whether it can be nothing else. */
export function literalsOf(place: Place): { readonly values: readonly Value[]; readonly complete: boolean } {
  const leaves = alternatives(place).map(({ core }) => core);
  const literals = leaves.filter((core) => core.kind === "const");
  return { values: literals.map(({ value }) => value), complete: literals.length === leaves.length };
}

/** A value like the one that a form gives, where its kind can be seen; in a box, since it may be nil. */
export function sampleOf(core: Core): { readonly value: Value } | null {
  switch (core.kind) {
    case "const":
      return core;
    case "element":
    case "fragment":
      return { value: new Markup("") };
    case "fn":
    case "primitive":
      return { value: new Closure(core.name) };
    case "dict":
      return { value: sampleDict(core.keys, core.values) };
    case "call":
      return core.callee.kind === "primitive" && core.callee.name === "list" ? sampleList(core.args) : null;
    case "definition": {
      const { kind, name, mutated } = core.definition;
      if (mutated || kind === "value") return null;
      return { value: kind === "component" ? new Component(name, () => "") : new Closure(name) };
    }
    default:
      return null;
  }
}

function sampleList(items: readonly Core[]): { readonly value: Value } | null {
  const values = items.map((item) => (item.kind === "const" ? { value: item.value } : null));
  return values.every((item) => item !== null) ? { value: values.map(({ value }) => value) } : null;
}

/** What is not literal in a dict is nil in its sample, which nothing refuses. */
function sampleDict(keys: readonly string[], values: readonly Core[]): Value {
  const entries = keys.map((key, index) => {
    const value = values[index];
    return [key, value?.kind === "const" ? value.value : null] as const;
  });
  return Object.fromEntries(entries);
}
