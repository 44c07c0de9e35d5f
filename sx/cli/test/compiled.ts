// Programs of the corpus as modules, for tests of what machines do with modules.

import { SxError } from "../../core/errors.ts";
import type { Module } from "../../vm/module.ts";
import { compileText } from "../compile.ts";

/** The module of a program, or null for one that does not compile: those are part of the corpus. */
export function compileOrNull(text: string, file: string): Module | null {
  try {
    return compileText(text, file);
  } catch (error) {
    if (error instanceof SxError) return null;
    throw error;
  }
}
