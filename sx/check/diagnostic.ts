// Diagnostics: what the checker tells, each with its place, its code and what to do. A finding says it in terms of
// spans; a diagnostic in terms of lines and columns, for editors and people. Each thing is told once.

import type { SxError } from "../core/errors.ts";
import { type Source, type Span, showPosition } from "../core/source.ts";
import { type CheckCode, type CheckDetails, codes, type Level } from "./codes.ts";

export interface Diagnostic {
  readonly file: string;
  /** Lines and columns count from 1, columns in UTF-16 units; the end is behind the last character. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly level: Level;
  /** A code of codes.ts, or the kind of an error of the language. */
  readonly code: string;
  readonly message: string;
  readonly help: string | null;
}

export interface Finding {
  readonly span: Span;
  readonly level: Level;
  readonly code: string;
  readonly message: string;
  readonly help: string | null;
}

/** What was found so far, in the order of finding. */
export class Findings {
  private readonly found = new Map<string, Finding>();
  private readonly sources = new Map<Source, number>();

  /** Tells a code of the checker's own. */
  tell<C extends CheckCode>(code: C, details: CheckDetails<C>, span: Span): void {
    // The code and its details belong together by the signature; TypeScript cannot see that through the table.
    const entry = codes[code] as {
      level: Level;
      message: (details: unknown) => string;
      help: (details: unknown) => string | null;
    };
    this.add({ span, level: entry.level, code, message: entry.message(details), help: entry.help(details) });
  }

  /** Tells an error of the language, which loading or running would raise. */
  refuse(error: SxError, span: Span): void {
    const trail = error.expansions.map(
      ({ macro, span }) => `, in the expansion of ${macro}${span ? ` at ${showPosition(span)}` : ""}`,
    );
    this.add({
      span,
      level: "error",
      code: error.kind,
      message: error.message + trail.join(""),
      help: error.help,
    });
  }

  has(code: string, span: Span): boolean {
    return this.found.has(this.keyOf(code, span));
  }

  all(): Finding[] {
    return [...this.found.values()];
  }

  private add(finding: Finding): void {
    const key = this.keyOf(finding.code, finding.span);
    if (!this.found.has(key)) this.found.set(key, finding);
  }

  private keyOf(code: string, { source, start }: Span): string {
    let number = this.sources.get(source);
    if (number === undefined) {
      number = this.sources.size;
      this.sources.set(source, number);
    }
    return `${number} ${start} ${code}`;
  }
}

/** A finding as editors and people want it. */
export function toDiagnostic({ span, level, code, message, help }: Finding): Diagnostic {
  const start = span.source.position(span.start);
  const end = span.source.position(span.end);
  return {
    file: span.source.file,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
    level,
    code,
    message,
    help,
  };
}

/** By file, then by place; what stands first in the text is told first. */
export function inOrder(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return diagnostics.toSorted(
    (a, b) =>
      (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) ||
      a.line - b.line ||
      a.column - b.column ||
      (a.code < b.code ? -1 : a.code > b.code ? 1 : 0),
  );
}
