// What clients send, read with care: each reader takes the parameters of a message apart and refuses, with the
// name of the field, what does not have the shape that the protocol gives it.

import { codes, RpcError } from "./connection.ts";
import type { Position, Range } from "./positions.ts";

type Fields = Readonly<Record<string, unknown>>;

function invalid(path: string, expected: string): RpcError {
  return new RpcError(codes.invalidParams, `${path} must be ${expected}.`);
}

export function readObject(value: unknown, path = "params"): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw invalid(path, "an object");
  return value as Fields; // an object, just checked
}

export function readString(value: unknown, path: string): string {
  if (typeof value !== "string") throw invalid(path, "a string");
  return value;
}

function readCount(value: unknown, path: string): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0)
    throw invalid(path, "a whole number from 0 on");
  return value;
}

function readList(value: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(value)) throw invalid(path, "a list");
  return value;
}

/** The address in `textDocument`. */
export function readAddress(params: unknown): string {
  const { textDocument } = readObject(params);
  return readString(readObject(textDocument, "textDocument").uri, "textDocument.uri");
}

export function readVersion(params: unknown): number {
  const { version } = readObject(readObject(params).textDocument, "textDocument");
  return Number.isSafeInteger(version) ? (version as number) : 0; // a whole number, just checked
}

export function readPosition(value: unknown, path = "position"): Position {
  const { line, character } = readObject(value, path);
  return { line: readCount(line, `${path}.line`), character: readCount(character, `${path}.character`) };
}

export function readRange(value: unknown, path: string): Range {
  const { start, end } = readObject(value, path);
  return { start: readPosition(start, `${path}.start`), end: readPosition(end, `${path}.end`) };
}

export interface Change {
  /** Null where the text is the whole text from now on. */
  readonly range: Range | null;
  readonly text: string;
}

export function readChanges(params: unknown): Change[] {
  return readList(readObject(params).contentChanges, "contentChanges").map((item, index) => {
    const path = `contentChanges[${index}]`;
    const { range, text } = readObject(item, path);
    return {
      range: range === undefined || range === null ? null : readRange(range, `${path}.range`),
      text: readString(text, `${path}.text`),
    };
  });
}

/** Looks up a value deep inside optional objects, as capabilities are. */
export function lookUp(value: unknown, ...path: readonly string[]): unknown {
  let found: unknown = value;
  for (const step of path) {
    if (typeof found !== "object" || found === null) return undefined;
    found = (found as Fields)[step]; // an object, just checked
  }
  return found;
}
