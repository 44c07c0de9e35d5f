// Everything a program shows when it runs on an engine, as one text: what it prints, then its value and what a page
// would show of that, or its error with its place and the components it happened in. Engines agree on a program
// exactly when these texts are the same.

import { SxError } from "../core/errors.ts";
import { write } from "../core/printer.ts";
import { showPosition } from "../core/source.ts";
import type { Value } from "../core/values.ts";
import type { Engine } from "../front/engine.ts";
import { naiveEngine } from "../js/test/naive.ts";
import { createRealm, type Realm, type RealmOptions } from "../realm.ts";

interface Program {
  readonly definitions: string;
  readonly expression: string;
}

type Perform = Pick<RealmOptions, "perform">;

/** What a program shows on an engine. */
export function observe(engine: Engine, program: Program, perform: Perform = {}): string {
  const observation = new Observation(engine, perform);
  try {
    observation.load(program);
    observation.gives(observation.realm.evaluate(program.expression, { file: "expression" }));
  } catch (error) {
    observation.fails(error);
  }
  return observation.text();
}

/** Likewise, where what the program asks for may come later. */
export async function observeLater(engine: Engine, program: Program, perform: Perform): Promise<string> {
  const observation = new Observation(engine, perform);
  try {
    observation.load(program);
    observation.gives(await observation.realm.evaluateAsync(program.expression, { file: "expression" }));
  } catch (error) {
    observation.fails(error);
  }
  return observation.text();
}

/** Whether a program ends soon enough to be run on every engine and compared. */
export function endsSoon(text: string): boolean {
  try {
    createRealm({ engine: naiveEngine(5_000) }).evaluate(text);
    return true;
  } catch (error) {
    return error instanceof SxError && !error.kind.endsWith("/too-deep");
  }
}

class Observation {
  readonly realm: Realm;
  private readonly lines: string[] = [];

  constructor(engine: Engine, perform: Perform) {
    this.realm = createRealm({ engine, ...perform, print: (line) => this.lines.push(line) });
  }

  load({ definitions }: Program): void {
    this.realm.load(definitions, { file: "definitions" });
  }

  gives(value: Value): void {
    this.lines.push(write(value));
    this.lines.push(this.realm.renderValue(value));
  }

  fails(error: unknown): void {
    if (!(error instanceof SxError)) throw error;
    const { kind, span, components } = error;
    this.lines.push(`${kind} ${span ? showPosition(span) : "nowhere"} in ${components.join(" ")}`);
  }

  text(): string {
    return this.lines.join("\n");
  }
}
