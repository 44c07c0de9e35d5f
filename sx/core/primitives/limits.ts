// Bounds: how much one call of a primitive may make, and how positions that lie outside are brought inside.
// A program gets a clear error long before the host runs out of memory.

import { wrongType } from "./primitive.ts";

/** The most items that one call may make. */
export const mostItems = 10_000_000;
/** The most UTF-16 units of text that one call may make. */
export const mostText = 10_000_000;

/** Throws `call/type` when a call would make more than `most`; `argument` is what asked for it. */
export function checkSize(
  primitiveName: string,
  argument: string,
  size: number,
  most: number,
  unit: string,
): void {
  if (size <= most) return;
  throw wrongType(primitiveName, argument, `small enough for a result of at most ${most} ${unit}`, size);
}

/**
 * Start and end of a stretch of something `length` long, both brought within 0 and `length`. A negative
 * position counts from the end; without an end the stretch goes on to the last.
 */
export function clampRange(length: number, start: number, end?: number): [start: number, end: number] {
  const within = (position: number) =>
    position < 0 ? Math.max(0, length + position) : Math.min(position, length);
  return [within(start), within(end ?? length)];
}
