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

const shape = /^;+\s*sx-check:\s*(.*?)\s*$/;

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
  return commentsIn(source).flatMap(({ start, end }) => {
    const said = shape.exec(source.text.slice(start, end))?.[1];
    if (said === undefined) return [];
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
    return [{ code, line: isAlone ? nextLine(lines, line) : line, span }];
  });
}

function isAllowable(code: string): boolean {
  return Object.hasOwn(codes, code) || runningErrors.has(code);
}

/** The first line below that is more than a comment. */
function nextLine(lines: readonly string[], from: number): number {
  const below = lines.slice(from).findIndex((line) => !/^\s*(?:;|$)/.test(line));
  return below < 0 ? from : from + below + 1;
}
