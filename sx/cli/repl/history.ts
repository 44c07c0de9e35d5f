// The lines of earlier sessions, in a file of the user's state: newest first in memory, oldest first on disk. A history
// that cannot be read or written is said once and never stops a session.

import {
  closeSync,
  fchmodSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

export const mostLines = 1000;

/** Where history is kept when no file is named: the place the XDG base directory specification gives to state. */
export function historyFile(environment: NodeJS.ProcessEnv): string {
  const state = environment.XDG_STATE_HOME || join(homedir(), ".local", "state");
  return join(state, "sx", "history");
}

/** The lines of a file, newest first; none where there is no file yet. */
export function readHistory(file: string): string[] {
  try {
    return readFileSync(file, "utf8").split("\n").filter(Boolean).slice(-mostLines).reverse();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}

/** Writes lines that are given newest first. Only the user may read them, whoever might have read the file before. */
export function writeHistory(file: string, lines: readonly string[]): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const text = lines.slice(0, mostLines).toReversed();
  const opened = openSync(file, "a", 0o600);
  try {
    if (fstatSync(opened).isFile()) fchmodSync(opened, 0o600);
    ftruncateSync(opened);
    writeFileSync(opened, text.map((line) => `${line}\n`).join(""));
  } finally {
    closeSync(opened);
  }
}
