// Comparing two texts for people: line by line, and word by word inside of lines that changed. Promise: it ends
// soon however different the texts are, and it says added and removed in words, not by colour. The lines are found
// by jsdiff (Myers' algorithm).

import { diffLines, diffWordsWithSpace } from "diff";

export interface ComparedPiece {
  readonly text: string;
  /** Whether just this piece is what differs in its line. */
  readonly changed: boolean;
}

export type ComparedLine =
  | { readonly kind: "same" | "added" | "removed"; readonly pieces: readonly ComparedPiece[] }
  /** Lines that are the same in both and left out. */
  | { readonly kind: "gap"; readonly count: number };

export interface Comparison {
  /** "too-different": no comparison was found in time. */
  readonly kind: "same" | "different" | "too-different";
  readonly lines: readonly ComparedLine[];
}

/** Lines shown around a change. */
const context = 2;
const patienceMs = 1500;
/** Longer changes are not looked at word by word. */
const longestWordwise = 20_000;
/** More lines than these help nobody, and make a heavy page. */
const mostLines = 4000;

export function compareTexts(before: string, after: string): Comparison {
  if (before === after) return { kind: "same", lines: [] };
  const hunks = diffLines(before, after, { timeout: patienceMs });
  if (hunks === undefined) return { kind: "too-different", lines: [] };
  const lines: ComparedLine[] = [];
  for (let at = 0; at < hunks.length; at += 1) {
    const hunk = hunks[at]!; // the loop's own bound
    const next = hunks[at + 1];
    if (hunk.removed && next?.added) {
      lines.push(...changedLines(hunk.value, next.value));
      at += 1;
    } else if (hunk.added || hunk.removed) {
      lines.push(...wholeLines(hunk.value, hunk.added ? "added" : "removed"));
    } else lines.push(...sameLines(hunk.value, at === 0, next === undefined));
  }
  return lines.length > mostLines ? { kind: "too-different", lines: [] } : { kind: "different", lines };
}

function changedLines(before: string, after: string): ComparedLine[] {
  const words =
    before.length + after.length > longestWordwise
      ? undefined
      : diffWordsWithSpace(before, after, { timeout: patienceMs });
  if (words === undefined) return [...wholeLines(before, "removed"), ...wholeLines(after, "added")];
  const side = (kind: "added" | "removed") => {
    const other = kind === "added" ? "removed" : "added";
    const pieces = words
      .filter((word) => !word[other])
      .map((word) => ({ text: word.value, changed: word[kind] === true }));
    return splitPieces(pieces).map((line) => ({ kind, pieces: line }));
  };
  return [...side("removed"), ...side("added")];
}

function wholeLines(text: string, kind: "added" | "removed"): ComparedLine[] {
  return linesOf(text).map((line) => ({ kind, pieces: [{ text: line, changed: false }] }));
}

/** Unchanged lines, with those far from any change left out. */
function sameLines(text: string, isFirst: boolean, isLast: boolean): ComparedLine[] {
  const lines = linesOf(text);
  const above = isFirst ? 0 : context;
  const below = isLast ? 0 : context;
  const show = (part: readonly string[]) =>
    part.map((line): ComparedLine => ({ kind: "same", pieces: [{ text: line, changed: false }] }));
  const hidden = lines.length - above - below;
  if (hidden <= 1) return show(lines);
  return [
    ...show(lines.slice(0, above)),
    { kind: "gap", count: hidden },
    ...show(below === 0 ? [] : lines.slice(-below)),
  ];
}

/** Pieces that may hold line ends, as lines of pieces. */
function splitPieces(pieces: readonly ComparedPiece[]): ComparedPiece[][] {
  const lines: ComparedPiece[][] = [[]];
  for (const { text, changed } of pieces) {
    for (const [index, part] of text.split("\n").entries()) {
      if (index > 0) lines.push([]);
      if (part !== "") lines.at(-1)?.push({ text: part, changed });
    }
  }
  if (lines.length > 1 && lines.at(-1)?.length === 0) lines.pop();
  return lines;
}

function linesOf(text: string): string[] {
  const lines = text.split("\n");
  if (lines.length > 1 && lines.at(-1) === "") lines.pop();
  return lines;
}
