// Errors: one class for everything that goes wrong in SX, with its kind, its place in the source and its
// help. `explain` prints one for people; what the messages say is in error-kinds.ts.

import { type ErrorDetails, type ErrorKind, kinds } from "./error-kinds.ts";
import { type Span, showPosition } from "./source.ts";
import { Condition, type Value } from "./values.ts";

export interface Expansion {
  readonly macro: string;
  readonly span: Span | null;
}

export class SxError extends Error {
  /** `area/what`, such as "read/unclosed"; a program's own condition keeps its own kind. */
  readonly kind: string;
  span: Span | null;
  readonly help: string | null;
  readonly data: Value;
  /** What `raise` was given when that was no condition. */
  readonly payload: Value;
  /** Components that were being rendered, innermost first. */
  components: readonly string[] = [];
  /** Macro calls whose expansion this happened in, innermost first. */
  readonly expansions: Expansion[] = [];
  readonly causedBy: Value;

  constructor(
    kind: string,
    message: string,
    options: {
      span?: Span | null;
      help?: string | null;
      data?: Value;
      payload?: Value;
      causedBy?: Value;
    } = {},
  ) {
    super(message);
    this.name = "SxError";
    this.kind = kind;
    this.span = options.span ?? null;
    this.help = options.help ?? null;
    this.data = options.data ?? null;
    this.payload = options.payload ?? null;
    this.causedBy = options.causedBy ?? null;
  }

  /** Notes where the error happened, unless that is known already. */
  at(span: Span | null, components: readonly string[]): this {
    this.span ??= span;
    if (this.components.length === 0) this.components = components;
    return this;
  }
}

/** Makes an error of a kind from its details; the caller throws it. */
export function sxError<K extends ErrorKind>(
  kind: K,
  details: ErrorDetails<K>,
  span: Span | null = null,
): SxError {
  // The key and its details belong together by the signature; TypeScript cannot see that through the table.
  const entry = kinds[kind] as {
    message: (details: unknown) => string;
    help?: (details: unknown) => string | null;
  };
  const data = detailsAsData(details);
  const payload = kind === "raised" ? (details as ErrorDetails<"raised">).value : null; // the kind says which details these are
  return new SxError(kind, entry.message(details), {
    span,
    help: entry.help?.(details) ?? null,
    data,
    payload,
  });
}

/** The details as a dict a program may look at; errors of the host stay behind. */
function detailsAsData(details: object): Value {
  const entries = Object.entries(details).filter(
    ([, value]) => value !== undefined && !(value instanceof Error),
  );
  return Object.fromEntries(entries);
}

/** What `catch` binds for an error. */
export function toCondition(error: SxError): Condition {
  if (error.payload instanceof Condition) return error.payload;
  return new Condition(error.kind, error.message, error.data, error.span, error.causedBy);
}

/** The error that raising a condition throws. */
export function fromCondition(condition: Condition): SxError {
  const { kind, message, data, span, cause } = condition;
  return new SxError(kind, message, { span, data, payload: condition, causedBy: cause });
}

const widest = 100;

/**
 * An error for people: position, kind and message, the source line with carets under the span, the
 * components and macros it happened in, and the help.
 */
export function explain(error: SxError): string {
  const lines = [`${error.span ? `${showPosition(error.span)}: ` : ""}${error.kind}: ${error.message}`];
  if (error.span) lines.push(...snippet(error.span));
  for (const name of error.components) lines.push(`  in ${name}`);
  for (const { macro, span } of error.expansions)
    lines.push(`  in the expansion of ${macro}${span ? ` at ${showPosition(span)}` : ""}`);
  if (error.help) lines.push(`help: ${error.help}`);
  return lines.join("\n");
}

function snippet(span: Span): string[] {
  const { line, column } = span.source.position(span.start);
  const text = (span.source.text.split("\n")[line - 1] ?? "").replace(/\r$/, "");
  const start = column - 1;
  const length = Math.max(1, Math.min(span.end - span.start, text.length - start));
  const from = start > widest - 20 ? start - 30 : 0;
  const shown = text.slice(from, from + widest);
  const number = String(line);
  const margin = " ".repeat(number.length);
  const before = text.slice(from, start).replace(/[^\t]/gu, (char) => (isWide(char) ? "  " : " "));
  const under = [...text.slice(start, Math.min(start + length, from + widest))]
    .map((char) => (isWide(char) ? "^^" : "^"))
    .join("");
  const lead = from > 0 ? "…" : "";
  const tail = from + widest < text.length ? "…" : "";
  return [
    `${margin} |`,
    `${number} | ${lead}${shown}${tail}`,
    `${margin} | ${lead ? " " : ""}${before}${under || "^"}`,
  ];
}

/** Characters that a terminal shows two columns wide. */
function isWide(char: string): boolean {
  const code = char.codePointAt(0) ?? 0;
  return (
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0x1f300 && code <= 0x1faff)
  );
}

/**
 * The candidate that a mistyped name most likely meant, or null when none is near: at most a third of its
 * letters may differ, a swap of neighbours counting once.
 */
export function suggest(name: string, candidates: Iterable<string>): string | null {
  let best: string | null = null;
  let bestDistance = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of candidates) {
    if (candidate === name || Math.abs(candidate.length - name.length) >= bestDistance) continue;
    const distance = editDistance(name, candidate);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Damerau–Levenshtein distance, neighbouring swaps only. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
