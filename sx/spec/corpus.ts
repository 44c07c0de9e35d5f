// The corpus format: a file of SX becomes definitions and cases, each case with what it must give.
// Nothing here knows an engine. Definitions and cases come back as the whole file with everything else
// blanked out, so that every position an engine reports is a position in the file. See tests/README.md.

import { readdirSync } from "node:fs";
import { join, sep } from "node:path";
import { readForms } from "../core/reader.ts";
import { Source } from "../core/source.ts";

/** Where the corpus is: folders of files; the files that stand in it alone are tests of the chapters. */
export const corpusFolder = join(import.meta.dirname, "tests");

/** The corpus files by their names in the folder, sorted. */
export function corpusFiles(): string[] {
  return readdirSync(corpusFolder, { recursive: true, encoding: "utf8" })
    .filter((entry) => entry.endsWith(".sx") && entry.includes(sep))
    .sort();
}

export interface Expectation {
  /**
   * `value`: the written form; `html`: the rendered text; `error`: `kind line:column`; `help`: the error's help;
   * `out`: one line of `print`.
   */
  readonly kind: "value" | "html" | "error" | "help" | "out";
  readonly text: string;
}

export interface CorpusCase {
  /** The form alone. */
  readonly text: string;
  /** The file with all but this form blanked: what to evaluate, so that positions are the file's. */
  readonly source: string;
  /** Offset of the form in the file, in UTF-16 units. */
  readonly start: number;
  /** Line of the form's start, from 1. */
  readonly line: number;
  /** In the order in which they happen: output lines, then at most one value, HTML or error, which may have its help. */
  readonly expectations: readonly Expectation[];
}

export interface CorpusFile {
  /** Names of the only engines that can run it, or null for all. */
  readonly engines: readonly string[] | null;
  /** `kind line:column` when loading the whole file must fail; there are no cases then. */
  readonly fileError: string | null;
  /** The help of that error, where the file says it. */
  readonly fileHelp: string | null;
  /** The file with all but its definitions blanked: what to load first. */
  readonly definitions: string;
  readonly cases: readonly CorpusCase[];
}

interface Extent {
  readonly start: number;
  readonly end: number;
}

const marks: Readonly<Record<string, Expectation["kind"]>> = {
  "=>": "value",
  "html>": "html",
  "!>": "error",
  "out>": "out",
};

/**
 * Takes a corpus file apart. `file` is for messages only.
 * Throws an Error naming file and line where a case has no expectation, or where the forms found here are
 * not as many as the reader finds; a file that must not read is not looked into.
 */
export function parseCorpusFile(text: string, file = "corpus"): CorpusFile {
  const [, fileError = null, fileHelp = null] =
    /^;;error> (\S+ \d+:\d+)(?: ;help> (.+?))?\r?\n/.exec(text) ?? [];
  const engines = /^;;engines> (.+)\r?\n/.exec(text)?.[1]?.trim().split(" ") ?? null;
  if (fileError !== null) return { engines, fileError, fileHelp, definitions: text, cases: [] };
  const extents = findForms(text);
  const read = readForms(new Source(file, text)).length;
  if (read !== extents.length)
    throw new Error(`${file}: the reader finds ${read} top-level forms, the corpus ${extents.length}`);
  const definitions = extents.filter((extent) => isDefinition(text, extent));
  const cases = extents
    .filter((extent) => !isDefinition(text, extent))
    .map((extent) => parseCase(text, extent, file));
  return { engines, fileError: null, fileHelp: null, definitions: blankAround(text, definitions), cases };
}

function isDefinition(text: string, { start }: Extent): boolean {
  return /^\((?:define|defcomp|defmacro)[\s(]/.test(text.slice(start, start + 12));
}

function parseCase(text: string, extent: Extent, file: string): CorpusCase {
  const line = lineOf(text, extent.start);
  const expectations: Expectation[] = [];
  const [first = "", ...following] = text.slice(extent.end).split(/\r?\n/);
  for (const comment of [first.trimStart(), ...following]) {
    const expectation = parseExpectation(comment);
    if (!expectation) break;
    expectations.push(...expectation);
  }
  if (expectations.length === 0)
    throw new Error(`${file}:${line}: a case without an expectation on the line where it ends`);
  if (expectations.some(({ kind }, index) => kind !== "out" && !isLast(expectations, index)))
    throw new Error(`${file}:${line}: only output may come before another expectation`);
  const source = blankAround(text, [extent]);
  return { text: text.slice(extent.start, extent.end), source, start: extent.start, line, expectations };
}

/** Nothing follows it but the help of an error. */
function isLast(expectations: readonly Expectation[], index: number): boolean {
  const next = expectations[index + 1];
  return !next || (next.kind === "help" && expectations[index]?.kind === "error");
}

/** What one comment promises, an error's help apart from the error; null when it is an ordinary comment. */
function parseExpectation(comment: string): Expectation[] | null {
  const match = /^;(=>|html>|!>|out>)(.*)$/.exec(comment);
  const kind = match && marks[match[1] ?? ""];
  if (!kind) return null;
  const written = (match[2] ?? "").trim();
  if (kind === "html") return [{ kind, text: unescapeHtmlLine(written) }];
  const [text = "", help] = kind === "error" ? written.split(/ +;help> +/) : [written];
  return help === undefined
    ? [{ kind, text }]
    : [
        { kind, text },
        { kind: "help", text: help },
      ];
}

/** HTML is written on one line: `\n \r \t \\` and `\u{hex}` stand for the characters they name in SX strings. */
function unescapeHtmlLine(line: string): string {
  const named: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", "\\": "\\" };
  return line.replace(/\\(?:u\{([0-9a-f]+)\}|([nrt\\]))/g, (_, hex: string | undefined, letter: string) =>
    hex === undefined ? (named[letter] ?? letter) : String.fromCodePoint(Number.parseInt(hex, 16)),
  );
}

/** The text with everything outside the extents replaced by spaces; line breaks stay. */
function blankAround(text: string, extents: readonly Extent[]): string {
  const blank = (from: number, to?: number) => text.slice(from, to).replace(/[^\r\n]/g, " ");
  let result = "";
  let at = 0;
  for (const { start, end } of extents) {
    result += blank(at, start) + text.slice(start, end);
    at = end;
  }
  return result + blank(at);
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

/**
 * Where each top-level form starts and ends. The reader's forms cannot say it, because a number or a string
 * has no place of its own; so brackets are only counted here, and the reader judges the file as a whole.
 */
function findForms(text: string): Extent[] {
  const extents: Extent[] = [];
  let at = skipSpace(text, 0);
  while (at < text.length) {
    const end = formEnd(text, at);
    extents.push({ start: at, end });
    at = skipSpace(text, end);
  }
  return extents;
}

/** The offset after white space and all three kinds of comment. */
function skipSpace(text: string, from: number): number {
  let at = from;
  for (;;) {
    if (/\s/.test(text[at] ?? "")) at++;
    else if (text[at] === ";") at = offsetOf(text, "\n", at);
    else if (text.startsWith("#|", at)) at = blockCommentEnd(text, at);
    else if (text.startsWith("#;", at)) at = formEnd(text, skipSpace(text, at + 2));
    else return at;
  }
}

function offsetOf(text: string, wanted: string, from: number): number {
  const found = text.indexOf(wanted, from);
  return found < 0 ? text.length : found;
}

function blockCommentEnd(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 2) {
    if (text.startsWith("#|", at)) depth++;
    else if (text.startsWith("|#", at)) depth--;
    else at--;
    if (depth === 0) return at + 2;
  }
  return text.length;
}

function formEnd(text: string, start: number): number {
  const character = text[start] ?? "";
  if (character === "'" || character === "`" || character === ",") {
    const after = text.startsWith(",@", start) ? start + 2 : start + 1;
    return formEnd(text, skipSpace(text, after));
  }
  if (character === '"') return stringEnd(text, start);
  if ("([{".includes(character)) return bracketEnd(text, start);
  let at = start;
  while (at < text.length && !/[\s()[\]{}";]/.test(text[at] ?? "")) at++;
  return Math.max(at, start + 1);
}

function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}

function bracketEnd(text: string, start: number): number {
  let at = skipSpace(text, start + 1);
  while (at < text.length && !")]}".includes(text[at] ?? "")) at = skipSpace(text, formEnd(text, at));
  return at + 1;
}
