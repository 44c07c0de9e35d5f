// The text of a test file, taken apart: its tests, and what stands beside them. Both come back as the whole file with
// everything else blanked out, so that every place an engine reports is a place in the file.
// Two lines may stand at the very top: `;;loads> FILE …` and `;;engines> NAME …`; see README.md.

import { sxError } from "../core/errors.ts";
import { type Form, ListForm, spanOf } from "../core/form.ts";
import { readForms } from "../core/reader.ts";
import { Source } from "../core/source.ts";
import { SxSymbol } from "../core/values.ts";

export interface TestText {
  readonly claim: string;
  readonly line: number;
  readonly column: number;
  /** The file with all but this test blanked. */
  readonly source: string;
}

export interface TestFileText {
  /** Files to load first, as the file names them. */
  readonly loads: readonly string[];
  /** The only engines that can run it, or null for all. */
  readonly engines: readonly string[] | null;
  /** The file with its tests blanked: definitions, and expressions that prepare something. */
  readonly beside: string;
  readonly tests: readonly TestText[];
}

/** Takes a file apart. Throws an SxError where it cannot be read, or a test has no claim of its own. */
export function readTestFile(file: string, text: string): TestFileText {
  const source = new Source(file, text);
  const forms = readForms(source).filter(isTest);
  const claims = new Set<string>();
  const tests = forms.map((form) => {
    const claim = claimOf(form);
    if (claims.has(claim)) throw sxError("name/duplicate", { name: claim, where: file }, spanOf(form));
    claims.add(claim);
    const { start, end } = form;
    return { claim, ...source.position(start), source: blank(text, 0, start) + text.slice(start, end) };
  });
  let beside = "";
  let at = 0;
  for (const { start, end } of forms) {
    beside += text.slice(at, start) + blank(text, start, end);
    at = end;
  }
  return {
    loads: mark(text, "loads") ?? [],
    engines: mark(text, "engines"),
    beside: beside + text.slice(at),
    tests,
  };
}

/** Whether a text may hold tests at all; reading it says for sure. */
export function mayHoldTests(text: string): boolean {
  return /^\(deftest\s/m.test(text);
}

function isTest(form: Form): form is ListForm {
  return form instanceof ListForm && form.items[0] instanceof SxSymbol && form.items[0].name === "deftest";
}

function claimOf(form: ListForm): string {
  const [, claim, ...body] = form.items;
  if (typeof claim === "string" && claim !== "" && body.length > 0) return claim;
  const found = typeof claim === "string" && claim !== "" ? "no body" : "no claim";
  throw sxError(
    "syntax/bad-form",
    { form: "deftest", shape: '(deftest "claim" body …)', found },
    spanOf(form),
  );
}

/** The words of a mark among the comment lines at the top, or null. */
function mark(text: string, name: string): string[] | null {
  const top = /^(?:;.*\r?\n)*/.exec(text)?.[0] ?? "";
  const line = new RegExp(`^;;${name}> *(.*?) *\r?$`, "m").exec(top);
  return line?.[1] ? line[1].split(/ +/) : null;
}

function blank(text: string, from: number, to: number): string {
  return text.slice(from, to).replace(/[^\r\n]/g, " ");
}
