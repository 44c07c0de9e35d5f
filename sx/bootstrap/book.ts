// The book of primitives (spec/primitives.sx) as data: groups of rows, each with its examples. It is read
// with the reader alone, because the primitives themselves are made from what is generated here.
// A row that does not have its shape is an error that names file, line and column.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Form, formToData, ListForm, spanOf } from "../core/form.ts";
import { write } from "../core/printer.ts";
import { readForms } from "../core/reader.ts";
import { Source, showPosition } from "../core/source.ts";
import { Keyword, SxSymbol } from "../core/values.ts";

export interface Group {
  readonly name: string;
  readonly title: string;
  readonly prose: string;
  readonly rows: readonly BookRow[];
}

export interface BookRow {
  readonly name: string;
  /** Made by each engine itself, because it calls functions or writes; the others are TypeScript functions. */
  readonly native: boolean;
  /** As `(name parameter:type …) -> type`. */
  readonly signature: string;
  readonly doc: string;
  /** Kinds of error besides `call/arity` and `call/type`. */
  readonly errors: readonly string[];
  readonly pure: boolean;
  /** Only engines that capture continuations can run it. */
  readonly needsContinuations: boolean;
  readonly examples: readonly Example[];
}

export interface Example {
  /** The expression as it is written in the book. */
  readonly text: string;
  /** At most one that is not output. */
  readonly expectations: readonly Expectation[];
}

export interface Expectation {
  /** `value`: the written form; `html`: what a page shows; `error`: the kind; `out`: a line of `print`. */
  readonly kind: "value" | "html" | "error" | "out";
  readonly text: string;
}

const bookFile = join(import.meta.dirname, "../spec/primitives.sx");

/** The book as it stands in the specification, or another text of its form. */
export function readBook(text = readFileSync(bookFile, "utf8")): Group[] {
  const groups: (Group & { rows: BookRow[] })[] = [];
  const names = new Set<string>();
  for (const form of readForms(new Source("spec/primitives.sx", text))) {
    const head = form instanceof ListForm ? nameOf(form.items[0]) : null;
    if (head === "group") {
      groups.push(readGroup(form as ListForm)); // it has a head
    } else if (head === "primitive" || head === "native") {
      const row = readRow(form as ListForm, head === "native"); // it has a head
      if (names.has(row.name)) throw mistake(form, `${row.name} has a row already`);
      names.add(row.name);
      const group = groups.at(-1);
      if (!group) throw mistake(form, "a row stands before the first group");
      group.rows.push(row);
    } else throw mistake(form, "a group, a primitive or a native was expected");
  }
  return groups;
}

function readGroup(form: ListForm): Group & { rows: BookRow[] } {
  const [, name, title, prose] = form.items;
  if (form.items.length !== 4 || typeof title !== "string" || typeof prose !== "string")
    throw mistake(form, '(group name "Title" "What it is about.") was expected');
  return { name: symbolName(name, form), title, prose: prose.replace(/\s+/g, " "), rows: [] };
}

function readRow(form: ListForm, native: boolean): BookRow {
  const [, call, arrow, returns, doc, ...rest] = form.items;
  if (!(call instanceof ListForm) || nameOf(arrow) !== "->" || typeof doc !== "string")
    throw mistake(form, '(primitive (name parameter:type …) -> type "What it does." …) was expected');
  const { options, examples } = splitRest(rest, form);
  const row: BookRow = {
    name: symbolName(call.items[0], form),
    native,
    signature: `${write(formToData(call))} -> ${returns === null ? "nil" : symbolName(returns, form)}`,
    doc,
    errors: errorKinds(options.get("errors"), form),
    pure: options.get("pure") !== false,
    needsContinuations: nameOf(options.get("needs")) === "continuations",
    examples: readExamples(examples, form),
  };
  for (const name of options.keys()) {
    if (!["errors", "pure", "needs"].includes(name)) throw mistake(form, `there is no option :${name}`);
  }
  return row;
}

/** Options in pairs come first, examples after them. */
function splitRest(rest: Form[], row: ListForm): { options: Map<string, Form>; examples: Form[] } {
  const options = new Map<string, Form>();
  let at = 0;
  for (; rest[at] instanceof Keyword; at += 2) {
    const value = rest[at + 1];
    if (value === undefined) throw mistake(row, "an option without a value");
    options.set((rest[at] as Keyword).name, value); // the loop looked
  }
  return { options, examples: rest.slice(at) };
}

function errorKinds(form: Form | undefined, row: ListForm): string[] {
  if (form === undefined) return [];
  if (!(form instanceof ListForm)) throw mistake(row, ":errors takes a list of kinds");
  return form.items.map((item) => symbolName(item, row));
}

const marks: Readonly<Record<string, Expectation["kind"]>> = {
  "=>": "value",
  "html>": "html",
  "!>": "error",
  "out>": "out",
};

/** Each an expression, then one or more marks with what they promise. */
function readExamples(forms: Form[], row: ListForm): Example[] {
  const examples: { text: string; expectations: Expectation[] }[] = [];
  for (let at = 0; at < forms.length; at++) {
    const form = forms[at] as Form; // inside the bounds
    const kind = marks[nameOf(form) ?? ""];
    if (!kind) {
      examples.push({ text: sourceOf(form, row), expectations: [] });
      continue;
    }
    const promised = forms[++at];
    const example = examples.at(-1);
    if (promised === undefined || !example) throw mistake(row, "a mark without an example or a promise");
    example.expectations.push({ kind, text: promisedText(kind, promised, row) });
  }
  if (examples.length === 0 || examples.some(({ expectations }) => expectations.length === 0))
    throw mistake(row, "a row needs examples, and each says what it gives");
  return examples;
}

function promisedText(kind: Expectation["kind"], form: Form, row: ListForm): string {
  if (kind === "value") return write(formToData(form));
  if (kind === "error") return symbolName(form, row);
  if (typeof form !== "string") throw mistake(row, "html> and out> take a string");
  return form;
}

/** An expression as the book writes it, on one line. */
function sourceOf(form: Form, row: ListForm): string {
  const span = spanOf(form);
  if (!span) throw mistake(row, "an example is a call or a list");
  return span.source.text.slice(span.start, span.end).replace(/\s*\n\s*/g, " ");
}

function nameOf(form: Form | undefined): string | null {
  return form instanceof SxSymbol ? form.name : null;
}

function symbolName(form: Form | undefined, row: ListForm): string {
  const name = nameOf(form);
  if (name === null) throw mistake(row, "a name was expected");
  return name;
}

function mistake(form: Form, sentence: string): Error {
  const span = spanOf(form);
  return new Error(`${span ? showPosition(span) : "spec/primitives.sx"}: ${sentence}`);
}
