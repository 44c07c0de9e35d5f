// What a realm asks of an engine. Engines are handed in by the program, so that a browser never carries one
// that it may not run.

import type { Primitive } from "../core/primitives/primitive.ts";
import type { Dict, Value } from "../core/values.ts";
import type { Core } from "./core.ts";
import type { Definition } from "./definition.ts";

export interface Engine {
  readonly name: string;
  /** The functions it brings itself because they call functions. */
  readonly natives: readonly string[];
  start(primitives: ReadonlyMap<string, Primitive>, host: EngineHost): EngineInstance;
}

/** What a program may ask of the world around its realm. */
export interface EngineHost {
  print(values: readonly Value[]): void;
  /** Answers an effect at once or by a promise, or is absent where nobody performs any. */
  readonly perform: ((operation: Value, args: readonly Value[]) => Value) | null;
}

export interface EngineInstance {
  /** The engine's name, for messages. */
  readonly name: string;
  /** How to wait for effects, or null where the engine cannot. */
  readonly waiting: WaitingEngine | null;
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
