// Modules of bytecode on the command line: told by their name, read as bytes that nobody can trust, and run without
// any source.

import { SxError } from "../core/errors.ts";
import { createPrimitives } from "../core/primitives/table.ts";
import { write } from "../core/printer.ts";
import type { GlobalCell } from "../vm/code.ts";
import type { Module } from "../vm/module.ts";
import { Runtime } from "../vm/runtime.ts";
import { readModule } from "../vm/verify.ts";
import { readBytes } from "./files.ts";
import { WrongUsage } from "./options.ts";

export function isModuleFile(file: string): boolean {
  return file.endsWith(".sxbc");
}

/** The module of a file as `read` makes it. Bytes have no lines, so a refusal names the file in its message. */
export function moduleOf(file: string, read: (bytes: Uint8Array) => Module): Module {
  const bytes = readBytes(file);
  try {
    return read(bytes);
  } catch (error) {
    if (!(error instanceof SxError)) throw error;
    const { kind, message, help, data } = error;
    throw new SxError(kind, `${file}: ${message}`, { help, data });
  }
}

/** Loads modules in order, each seeing the definitions of those before it, and runs their expressions. */
export function runModules(files: readonly string[], print: (line: string) => void): void {
  const source = files.find((file) => !isModuleFile(file));
  if (source !== undefined)
    throw new WrongUsage(`${source} is source, and modules run by themselves: compile it first.`);
  const runtime = new Runtime(createPrimitives(), {
    print: (values) => print(values.map((value) => write(value)).join(" ")),
    perform: null,
  });
  const known = new Map<string, GlobalCell>();
  for (const file of files) {
    const cells = runtime.load(
      moduleOf(file, readModule),
      (name) => ("name" in name ? known.get(name.name) : null) ?? null,
    );
    for (const [name, cell] of cells) known.set(name, cell);
  }
}
