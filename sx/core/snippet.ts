// A snippet: the line a span starts on, with carets under what the span covers. Carets stand right in a
// terminal: tabs become spaces, wide characters count two columns, and what a terminal would obey or hide
// (controls, direction marks) is shown as �.

import type { Span } from "./source.ts";

/** Columns of source that are shown, and how many of them stand before the caret on a longer line. */
const mostColumns = 100;
const columnsBefore = 40;

/** Three lines: an empty margin, the numbered source line, the carets. */
export function showSnippet(span: Span): string[] {
  const { text } = span.source;
  const { line, column } = span.source.position(span.start);
  const lineStart = span.start - column + 1;
  const lineEnd = endOfLine(text, span.start);
  const from = column > mostColumns - 20 ? span.start - columnsBefore : lineStart;
  const to = Math.min(lineEnd, from + mostColumns);
  const cut = { before: from > lineStart ? "…" : "", after: to < lineEnd ? "…" : "" };
  const before = [...graphemes(text.slice(from, span.start))];
  const covered = [...graphemes(text.slice(span.start, Math.min(to, span.end)))];
  const after = [...graphemes(text.slice(Math.max(span.start, Math.min(to, span.end)), to))];
  const shown = [...before, ...covered, ...after].map(showGrapheme).join("");
  const carets = "^".repeat(Math.max(1, widthOf(covered)));
  const margin = " ".repeat(String(line).length);
  return [
    `${margin} |`,
    `${line} | ${cut.before}${shown}${cut.after}`.trimEnd(),
    `${margin} | ${" ".repeat(cut.before.length + widthOf(before))}${carets}`,
  ];
}

function endOfLine(text: string, start: number): number {
  const found = text.indexOf("\n", start);
  const end = found < 0 ? text.length : found;
  return end > start && text[end - 1] === "\r" ? end - 1 : end;
}

function* graphemes(text: string): Iterable<string> {
  // A cut through a surrogate pair leaves half a character at either end.
  for (const { segment } of new Intl.Segmenter().segment(text.toWellFormed())) yield segment;
}

function showGrapheme(grapheme: string): string {
  if (grapheme === "\t") return "  ";
  return grapheme.replace(/[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu, "�");
}

function widthOf(graphemes: readonly string[]): number {
  let width = 0;
  for (const grapheme of graphemes) width += grapheme === "\t" || isWide(grapheme) ? 2 : 1;
  return width;
}

// East Asian wide and fullwidth characters (Unicode UAX #11), and whatever is drawn as a picture.
const wide =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\ufe0f/u;

function isWide(grapheme: string): boolean {
  return wide.test(grapheme);
}
