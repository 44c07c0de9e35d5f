// Allowances: comments that silence one code in one line. `; sx-check: allow a11y/autofocus` stands behind what it
// is about, or alone in the lines above. One that silences nothing is told itself, so none outlives its reason.

import { kinds } from "../core/error-kinds.ts";
import { suggest } from "../core/errors.ts";
import type { Source, Span } from "../core/source.ts";
import { codes, runningErrors } from "./codes.ts";
import type { Finding, Findings } from "./diagnostic.ts";
import { commentsIn } from "./places.ts";

interface Allowance {
  readonly code: string;
  /** The line it is about. */
  readonly line: number;
  readonly span: Span;
}

const opening = /^;+\s*sx-check:/;

/** The findings that no comment silences; comments that are wrong are told into `findings`. */
export function withoutAllowed(
  found: readonly Finding[],
  sources: readonly Source[],
  findings: Findings,
): Finding[] {
  const allowances = sources.flatMap((source) => readAllowances(source, findings));
  const used = new Set<Allowance>();
  const kept = found.filter((finding) => {
    const { line } = finding.span.source.position(finding.span.start);
    const matching = allowances.filter(
      ({ code, line: allowed, span }) =>
        code === finding.code && allowed === line && span.source === finding.span.source,
    );
    for (const allowance of matching) used.add(allowance);
    return matching.length === 0;
  });
  for (const allowance of allowances)
    if (!used.has(allowance))
      findings.tell("check/unused-allowance", { code: allowance.code }, allowance.span);
  return kept;
}

function readAllowances(source: Source, findings: Findings): Allowance[] {
  const lines = source.text.split("\n");
  const next = nextLines(lines);
  return commentsIn(source).flatMap(({ start, end }) => {
    const comment = source.text.slice(start, end);
    const [opened] = opening.exec(comment) ?? [];
    if (opened === undefined) return [];
    const said = comment.slice(opened.length).trim();
    const span = { source, start, end };
    const [, code = said] = /^allow\s+(\S+)/.exec(said) ?? [];
    if (!isAllowable(code) || !said.startsWith("allow ")) {
      const reason = Object.hasOwn(kinds, code) ? "error" : "unknown";
      const suggestion = suggest(code, [...Object.keys(codes), ...runningErrors]);
      findings.tell("check/bad-allowance", { code, reason, suggestion }, span);
      return [];
    }
    const { line } = source.position(start);
    const isAlone = lines[line - 1]?.trimStart().startsWith(";") ?? false;
    return [{ code, line: isAlone ? (next[line] ?? line) : line, span }];
  });
}

function isAllowable(code: string): boolean {
  return Object.hasOwn(codes, code) || runningErrors.has(code);
}

/** For each number of a line the first one below that is more than a comment; where there is none, undefined. */
function nextLines(lines: readonly string[]): (number | undefined)[] {
  const next: (number | undefined)[] = new Array(lines.length + 1).fill(undefined);
  for (let line = lines.length - 1; line >= 0; line--)
    next[line] = /^\s*(?:;|$)/.test(lines[line] ?? "") ? next[line + 1] : line + 1;
  return next;
}
