// What several commands read from their line in the same way: the streams they talk through, the engine a
// line names, and its files.

import type { Readable, Writable } from "node:stream";
import type { Engine } from "../front/engine.ts";
import { type Arguments, WrongUsage } from "./options.ts";

export interface Streams {
  readonly out: Writable;
  readonly err: Writable;
  readonly input: Readable;
}

/** A command: takes its words, answers on the streams, gives the exit code. */
export type Command = (line: readonly string[], streams: Streams) => number | Promise<number>;

const engines: Readonly<Record<string, () => Promise<Engine>>> = {
  js: async () => (await import("../js/engine.ts")).jsEngine({ checkProps: true }),
  cek: async () => (await import("../cek/engine.ts")).cekEngine(),
  vm: async () => (await import("../vm/engine.ts")).vmEngine(),
};

export const engineNames: readonly string[] = Object.keys(engines);

/** The engine that `--engine` names; js where it is not given. Loaded only now, for a quick start. */
export function engineOf({ options }: Arguments): Promise<Engine> {
  return engineNamed(String(options.get("engine") ?? "js"));
}

/** The engine of a name. A name that no engine has is wrong usage. */
export function engineNamed(name: string): Promise<Engine> {
  const load = Object.hasOwn(engines, name) ? engines[name] : undefined;
  if (!load) throw new WrongUsage(`There is no engine ${name}; there are ${engineNames.join(", ")}.`);
  return load();
}

/** The files a command was given. Throws where there is none. */
export function filesOf({ words }: Arguments, command: string): string[] {
  if (words.length === 0) throw new WrongUsage(`sx ${command} needs at least one file.`);
  return words;
}
