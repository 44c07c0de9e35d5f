// What a realm asks of an engine. Engines are handed in by the program, so that a browser never carries one
// that it may not run.

import type { Primitive } from "../core/primitives/primitive.ts";
import type { Dict, Pending, Value } from "../core/values.ts";
import type { Node } from "../render/nodes.ts";
import type { Core } from "./core.ts";
import type { Definition } from "./definition.ts";

export interface Engine {
  readonly name: string;
  /** The functions it brings itself because they call functions. */
  readonly natives: readonly string[];
  /** `markup` says what its markup is to be, text when absent; an engine that knows one way only may not care. */
  start(primitives: ReadonlyMap<string, Primitive>, host: EngineHost, markup?: MarkupKind): EngineInstance;
}

/** Markup is made as finished HTML text, which is quick, or as a tree, which every renderer prints. */
export type MarkupKind = "text" | "tree";

/** What a program may ask of the world around its realm. */
export interface EngineHost {
  print(values: readonly Value[]): void;
  /** Answers an effect at once or by a promise, or is absent where nobody performs any. */
  readonly perform: ((operation: Value, args: readonly Value[]) => Value) | null;
  /**
   * Takes note of a hole that waits for a value, and of how it is filled, and gives its id. Throws
   * `suspense/needs-stream` where nobody fills holes, as when it is absent. Where markup is text, holes in it
   * are marked (render/suspense.ts).
   */
  readonly openHole?: (pending: Pending, fill: (value: Value) => readonly Node[]) => string;
  /** Whether the calls of a component are left in a tree for its receiver; none are when it is absent. */
  readonly leaves?: (definition: Definition) => boolean;
}

export interface EngineInstance {
  /** The engine's name, for messages. */
  readonly name: string;
  /** How to wait for effects, or null where the engine cannot. */
  readonly waiting: WaitingEngine | null;
  /** How to get trees, or null where markup is text. */
  readonly trees: TreeEngine | null;
  /** Compiles definitions that are resolved, sets their `compiled`, runs them in order, then the expression. */
  run(definitions: readonly Definition[], expression: Core | null): Value;
  call(definition: Definition, args: readonly Value[]): Value;
  /** A component as HTML text. */
  render(definition: Definition, props: Dict, children: Value[]): string;
  /** A value as an HTML child. */
  markup(value: Value): string;
}

/** Runs that may wait for the answers of the host. */
export interface WaitingEngine {
  callAsync(definition: Definition, args: readonly Value[]): Promise<Value>;
  runAsync(expression: Core): Promise<Value>;
}

/** What an instance answers whose markup is a tree. */
export interface TreeEngine {
  /** A component as nodes. */
  render(definition: Definition, props: Dict, children: Value[]): readonly Node[];
  /** A value in child position as nodes. */
  nodes(value: Value): readonly Node[];
}
