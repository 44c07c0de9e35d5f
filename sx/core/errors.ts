// Errors: one class for everything that goes wrong in SX, with its kind, its place in the source and its
// help. `explain` prints one for people; what the messages say is in error-kinds.ts.

import { type ErrorDetails, type ErrorKind, kinds } from "./error-kinds.ts";
import { showSnippet } from "./snippet.ts";
import { type Span, showPosition } from "./source.ts";
import { Condition, type Value } from "./values.ts";

export interface Expansion {
  readonly macro: string;
  readonly span: Span | null;
}

export class SxError extends Error {
  /** `area/what`, such as "read/unclosed"; a program's own condition keeps its own kind. */
  readonly kind: string;
  /** Where it happened; set later by `at` where the thrower could not know. */
  span: Span | null;
  /** What to do now, or null where the message says it all. */
  readonly help: string | null;
  /** The details as a dict, for programs that catch it. */
  readonly data: Value;
  /** What `raise` was given: the condition, or for kind "raised" any other value. Otherwise null. */
  readonly payload: Value;
  /** Components that were being rendered, innermost first. */
  components: readonly string[] = [];
  /** Macro calls whose expansion this happened in, innermost first. */
  readonly expansions: Expansion[] = [];
  /** The condition or value that led to this one, as its raiser named it. */
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

/**
 * An error for people: position, kind and message, the source line with carets under the span, the
 * components and macros it happened in, what caused it, and the help.
 */
export function explain(error: SxError): string {
  const { span, components, expansions, causedBy } = error;
  const lines = [`${span ? `${showPosition(span)}: ` : ""}${error.kind}: ${showText(error.message)}`];
  if (span) lines.push(...showSnippet(span));
  for (const name of components) lines.push(`  in ${name}`);
  for (const { macro, span: call } of expansions) {
    lines.push(`  in the expansion of ${macro}${call ? ` at ${showPosition(call)}` : ""}`);
  }
  if (causedBy instanceof Condition)
    lines.push(`  caused by ${causedBy.kind}: ${showText(causedBy.message)}`);
  if (error.help) lines.push(`help: ${showText(error.help)}`);
  return lines.join("\n");
}

/** Text from a program without what a terminal would obey. */
function showText(text: string): string {
  return text.replace(/[^\P{Cc}\n]/gu, "�");
}

const longestName = 60;

/**
 * The candidate that a mistyped name most likely meant, or null when none is near: at most a third of its
 * letters may differ, a swap of neighbours counting once. Nothing is near a single letter, or a name of
 * more than 60.
 */
export function suggest(name: string, candidates: Iterable<string>): string | null {
  if (name.length < 2 || name.length > longestName) return null;
  let best: string | null = null;
  let bestDistance = Math.max(1, Math.floor(name.length / 3)) + 1;
  const letters = lettersOf(name);
  for (const candidate of candidates) {
    if (candidate === name || Math.abs(candidate.length - name.length) >= bestDistance) continue;
    // Each letter that the candidate lacks is a change at least; most candidates are told apart by that alone.
    if (countBits(letters & ~lettersOf(candidate)) >= bestDistance) continue;
    const distance = editDistance(name, candidate);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** The letters of a name as bits; some share one. */
function lettersOf(name: string): number {
  let bits = 0;
  for (let i = 0; i < name.length; i++) bits |= 1 << (name.charCodeAt(i) & 31);
  return bits;
}

function countBits(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
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
