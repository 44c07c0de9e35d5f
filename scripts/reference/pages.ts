// The pages of the reference: an index, one page for the forms, one for each group of functions, the prelude, the rules
// of markup, the errors and the findings of the checker. Nothing is told here that the language does not know of itself.

import { type BookRow, type Group, readBook } from "../../sx/bootstrap/book.ts";
import { codes } from "../../sx/check/codes.ts";
import { preludeDefinitions } from "../../sx/lsp/prelude.ts";
import { formGroups, type SpecialForm } from "../../sx/lsp/special-forms.ts";
import { errorsPage } from "./errors.ts";
import { code, example, page, table } from "./markdown.ts";
import { markupPage } from "./markup.ts";

/** Every page by its file's name. */
export function referencePages(): Map<string, string> {
  const book = readBook();
  return new Map([
    ["README.md", indexPage(book)],
    ["forms.md", formsPage()],
    ...book.map((group) => [`${group.name}.md`, groupPage(group)] as const),
    ["prelude.md", preludePage()],
    ["markup.md", markupPage()],
    ["errors.md", errorsPage()],
    ["checks.md", checksPage()],
  ]);
}

function indexPage(book: readonly Group[]): string {
  const names = (words: Iterable<string>) => [...words].map(code).join(" ");
  const rows = [
    ["[Forms](forms.md)", names(formGroups.flatMap(({ forms }) => Object.keys(forms)))],
    ...book.map(({ name, title, rows }) => [`[${title}](${name}.md)`, names(rows.map((row) => row.name))]),
    ["[Prelude](prelude.md)", names(preludeDefinitions.keys())],
  ];
  const prose = `What SX has, page by page. To learn the language, begin with [SX in twenty minutes](../sx-in-twenty-minutes.md);
this is where to look something up. Each example is run by the tests: \`;=>\` is the value it gives, in written form, \`;out>\` a
line it prints, \`;html>\` what a page shows of it, and \`;!>\` the kind of error it raises. At a prompt, \`npx sx repl\` answers
\`:doc NAME\` with the same.`;
  const reading = `A signature such as \`(nth xs:list|nil index:integer) -> any\` says what a function takes and gives. A parameter written
\`name?\` may be left out, and \`...\` stands for any number of the one before it. A wrong number of arguments is the error
\`call/arity\` and a wrong type \`call/type\`, for every function; other errors are named with it.`;
  return page("SX, the reference", prose, [
    "## Forms and functions",
    table(["page", "what is there"], rows),
    "## Everything else",
    table(
      ["page", "what is there"],
      [
        ["[Markup](markup.md)", "elements, attributes and text: what a page may hold, and how it is printed"],
        ["[Errors](errors.md)", "every kind of error, what it says and what to do"],
        ["[Checks](checks.md)", "what `npx sx check` finds besides errors of the language"],
      ],
    ),
    "## How to read a signature",
    reading,
  ]);
}

function formsPage(): string {
  const prose = `A form decides for itself which of its parts are evaluated and when. The names below are reserved: nothing else can be
called so.`;
  const sections = formGroups.flatMap(({ title, forms }) => [
    `## ${title}`,
    ...Object.entries(forms).flatMap(([name, form]) => formSection(name, form)),
  ]);
  return page("Forms", prose, sections);
}

function formSection(name: string, { shape, doc, examples, needsContinuations }: SpecialForm): string[] {
  const note = needsContinuations ? " Not on the `js` engine." : "";
  const shapes = shape.split(" or (").map((part, index) => code(index === 0 ? part : `(${part}`));
  const lines = examples.map(([program, promise]) => `${program} ${mark(promise)}`);
  return [
    `### ${code(name)}`,
    shapes.join(" or "),
    `${doc}${note}`,
    ...(lines.length > 0 ? [example(lines)] : []),
  ];
}

/** A promise of the book of forms as a comment. */
function mark(promise: string): string {
  return /^(?:html>|!>)/.test(promise) ? `;${promise}` : `;=> ${promise}`;
}

function groupPage({ title, prose, rows }: Group): string {
  return page(title, prose, rows.flatMap(rowSection));
}

function rowSection({ name, signature, doc, errors, pure, needsContinuations, examples }: BookRow): string[] {
  const notes = [
    errors.length > 0 ? `Raises ${errors.map(code).join(", ")}.` : "",
    pure ? "" : "It changes or counts something.",
    needsContinuations ? "Not on the `js` engine." : "",
  ];
  const marks = { value: ";=>", html: ";html>", error: ";!>", out: ";out>" } as const;
  const lines = examples.map(
    ({ text, expectations }) =>
      `${text} ${expectations.map(({ kind, text }) => `${marks[kind]} ${text}`).join(" ")}`,
  );
  return [`## ${code(name)}`, code(signature), [doc, ...notes].filter(Boolean).join(" "), example(lines)];
}

function preludePage(): string {
  const prose = `Functions defined in the language itself. Every program sees them, and a program that defines one of these names means
its own.`;
  const sections = [...preludeDefinitions].flatMap(([name, { call, comment, source }]) => [
    `## ${code(name)}`,
    code(call),
    ...(comment ? [comment] : []),
    example(source.split("\n")),
  ]);
  return page("Prelude", prose, sections);
}

function checksPage(): string {
  const prose = `\`npx sx check FILE…\` reads a program without running it. It finds every [error](errors.md) that can be known beforehand,
and these besides. A comment \`; sx-check: allow CODE\` at the end of a line, or on the line above, silences one code there.`;
  const levels = { error: "Errors", warning: "Warnings", note: "Notes" } as const;
  const sections = Object.entries(levels).flatMap(([level, title]) => {
    const rows = Object.entries(codes).filter(([, entry]) => entry.level === level);
    return rows.length === 0
      ? []
      : [
          `## ${title}`,
          table(
            ["code", "what it finds"],
            rows.map(([name, { about }]) => [code(name), about]),
          ),
        ];
  });
  return page("Checks", prose, sections);
}
