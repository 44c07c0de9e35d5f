// Modules of bytecode on the command line: told by their name, read as bytes that nobody can trust, and run without
// any source.

import { readFileSync } from "node:fs";
import { createPrimitives } from "../core/primitives/table.ts";
import { write } from "../core/printer.ts";
import type { GlobalCell } from "../vm/code.ts";
import type { Module } from "../vm/module.ts";
import { Runtime } from "../vm/runtime.ts";
import { readModule } from "../vm/verify.ts";
import { WrongUsage } from "./options.ts";

export function isModuleFile(file: string): boolean {
  return file.endsWith(".sxbc");
}

/** The verified module of a file. */
export function readModuleFile(file: string): Module {
  return readModule(readBytes(file));
}

/** A file's bytes. What cannot be read is wrong usage. */
export function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "unreadable";
    throw new WrongUsage(`${file} cannot be read (${code}).`);
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
      readModuleFile(file),
      (name) => ("name" in name ? known.get(name.name) : null) ?? null,
    );
    for (const [name, cell] of cells) known.set(name, cell);
  }
}
