// The runtime of the JavaScript engine: it turns generated text into a running unit, and a JavaScript error
// into an SX error with its place in the source. Generated code carries no bookkeeping for that: the place
// is read off the JavaScript stack, whose line numbers say which operation was running.

import { deepestActivation } from "../core/depth.ts";
import { type sxError as makeError, SxError, sxError } from "../core/errors.ts";
import type { Primitive } from "../core/primitives/primitive.ts";
import type { Span } from "../core/source.ts";
import type { Component, Dict, Value } from "../core/values.ts";
import type { EngineHost } from "../front/engine.ts";
import { printHtml } from "../render/html.ts";
import type { Node } from "../render/nodes.ts";
import { childNodes } from "../render/tree.ts";
import { waitingCall } from "./depth.ts";
import { unmangle } from "./identifier.ts";
import { type FunctionValue, Intrinsics } from "./intrinsics.ts";
import { createNatives } from "./natives.ts";
import { createSuspense } from "./suspense.ts";
import type { Compiled } from "./unit.ts";

interface UnitSpans {
  readonly spans: readonly { readonly line: number; readonly span: Span }[];
  /** Generated function names of components, with the names they were written with. */
  readonly components: ReadonlyMap<string, string>;
}

/** Lines that `new Function` puts before the body it is given. */
const functionHeaderLines = 2;

export class Runtime {
  readonly primitives: ReadonlyMap<string, Primitive>;
  readonly trees: boolean;
  private readonly intrinsics: Intrinsics;
  private readonly natives: Map<string, FunctionValue>;
  private readonly values = new Map<string, FunctionValue>();
  private readonly units = new Map<string, UnitSpans>();
  /** Each helper as a constant of the unit: quicker than a property of `$`. */
  private readonly intrinsicNames: string;

  /** `trees` says whether markup is made as a tree. */
  constructor(primitives: ReadonlyMap<string, Primitive>, host: EngineHost, trees: boolean) {
    this.primitives = primitives;
    this.trees = trees;
    this.intrinsics = new Intrinsics(primitives, (error) => this.locate(error));
    if (trees && host.leaves) this.intrinsics.leavesToReceiver = host.leaves;
    const suspense = createSuspense(this.intrinsics, {
      openHole: host.openHole,
      trees,
      protect: (run) => this.protect(run),
      here: () => this.frames(new Error().stack ?? "")[0]?.span ?? null,
    });
    this.natives = createNatives(this.intrinsics, host.print, suspense);
    this.intrinsicNames = Object.keys(this.intrinsics)
      .map((name) => `${name}: $${name}`)
      .join(", ");
  }

  error: typeof makeError = sxError;

  isNative(name: string): boolean {
    return this.natives.has(name);
  }

  /** A primitive's checked function. */
  primitive(name: string): (...args: Value[]) => Value {
    return (this.primitives.get(name) as Primitive).call; // the resolver let no other name through
  }

  /** A primitive or native as a function value, the same one each time. */
  primitiveValue(name: string): FunctionValue {
    const native = this.natives.get(name);
    if (native) return native;
    let value = this.values.get(name);
    if (!value) {
      const call = this.primitive(name);
      value = (_depth, ...args) => call(...args);
      this.values.set(name, value);
    }
    return value;
  }

  /**
   * Runs a unit's text. `$export` hands over what it defined before its values are computed, so that a
   * value's expression may be reached from elsewhere while it runs.
   */
  execute(
    text: string,
    constants: readonly Value[],
    imports: ReadonlyMap<string, Value>,
    { spans, components }: UnitSpans,
    adopt: (exported: Record<string, Compiled>) => void,
  ): Value {
    const name = `sx-unit-${this.units.size}`;
    this.units.set(name, { spans, components });
    const names = [...imports.keys()];
    // The text is made by this engine from resolved code; nothing a client sent ever reaches it.
    const unit = new Function(
      "$",
      "$k",
      "$export",
      ...names,
      `"use strict"; const { ${this.intrinsicNames} } = $;${text}\n//# sourceURL=${name}\n`,
    );
    return this.protect(() =>
      this.intrinsics.land(unit(this.intrinsics, constants, adopt, ...imports.values()), 0),
    );
  }

  /** Calls into generated code from outside: errors leave with their place, and what was provided is gone. */
  protect<T>(run: () => T): T {
    const { contexts } = this.intrinsics;
    const saved = contexts.top;
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 60;
    try {
      return run();
    } catch (error) {
      throw this.locate(error);
    } finally {
      Error.stackTraceLimit = limit;
      contexts.top = saved;
    }
  }

  /** A value as an HTML child. */
  child(value: Value): string {
    return this.trees ? printHtml(childNodes(value)) : this.intrinsics.child(value);
  }

  /** A component as nodes, where markup is a tree. */
  draw(component: Component, props: Dict, children: Value[]): readonly Node[] {
    return this.intrinsics.renderRoot(component, props, children);
  }

  /** Calls a function value from outside. */
  call(fn: FunctionValue, args: readonly Value[]): Value {
    return this.protect(() => this.intrinsics.land(fn(waitingCall, ...args), waitingCall));
  }

  /** Any error as an SX error that knows its span and component stack. */
  locate(error: unknown): SxError {
    const known = error instanceof SxError ? error : this.translate(error);
    if (known.span) return known;
    const frames = this.frames(error instanceof Error ? (error.stack ?? "") : "");
    const [own, callers] = frames;
    const span =
      this.intrinsics.callersFault.has(known) && callers?.span ? callers.span : (own?.span ?? callers?.span);
    const components = frames.flatMap((frame) => (frame.component ? [frame.component] : []));
    const early = error instanceof ReferenceError && span ? calleeOf(span, nameIn(error)) : null;
    return known.at(early ?? span ?? null, components);
  }

  private translate(error: unknown): SxError {
    if (error instanceof RangeError && /call stack/i.test(error.message))
      return sxError("stack/too-deep", { limit: deepestActivation });
    if (error instanceof ReferenceError) return sxError("name/uninitialised", { name: nameIn(error) });
    return sxError("host/failed", { error });
  }

  private frames(stack: string): { span: Span | null; component: string | null }[] {
    const found: { span: Span | null; component: string | null }[] = [];
    for (const match of stack.matchAll(/^\s+at (?:([\w$.]+) )?\(?(sx-unit-\d+):(\d+):\d+\)?$/gm)) {
      const unit = this.units.get(match[2] as string); // the group always matches
      if (!unit) continue;
      found.push({
        span: spanAt(unit.spans, Number(match[3]) - functionHeaderLines),
        component: unit.components.get(match[1] ?? "") ?? null,
      });
    }
    return found;
  }
}

/** The variable that the host says was read too early. */
function nameIn(error: ReferenceError): string {
  return unmangle(/'([^']+)'/.exec(error.message)?.[1] ?? "a name");
}

/** Of a call whose callee had no value yet, the callee: it is known by name, and the line is the call's. */
function calleeOf({ source, start, end }: Span, callee: string): Span | null {
  const [, before = "", name] = /^(\(\s*)([^\s()[\]{}"';`,]+)/.exec(source.text.slice(start, end)) ?? [];
  const from = start + before.length;
  return name === callee ? { source, start: from, end: from + name.length } : null;
}

function spanAt(spans: UnitSpans["spans"], line: number): Span | null {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle] as { line: number }).line <= line)
      low = middle + 1; // inside the bounds
    else high = middle;
  }
  return spans[low - 1]?.span ?? null;
}
