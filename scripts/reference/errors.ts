// The page of errors: every kind by its area, with what it says, what to do, and a program of the corpus that raises it.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cekEngine } from "../../sx/cek/engine.ts";
import { kinds } from "../../sx/core/error-kinds.ts";
import { explain, SxError } from "../../sx/core/errors.ts";
import { jsEngine } from "../../sx/js/engine.ts";
import { createRealm } from "../../sx/realm.ts";
import { corpusFiles, corpusFolder, parseCorpusFile } from "../../sx/spec/corpus.ts";
import { code, page } from "./markdown.ts";

const areas: Readonly<Record<string, string>> = {
  read: "Reading",
  write: "Writing",
  syntax: "Forms",
  name: "Names",
  macro: "Macros",
  call: "Calls",
  arith: "Arithmetic",
  index: "Lists",
  dict: "Dicts",
  stack: "Depth",
  parse: "Parsing",
  format: "Formats",
  component: "Components",
  context: "Context",
  html: "Markup",
  host: "The host",
  control: "Continuations",
  effect: "Effects",
  engine: "Engines",
  raised: "What a program raises",
};

export function errorsPage(): string {
  const shown = corpusExamples();
  const prose = `Every error has a kind for programs, a message that says what was expected and what was found, and where it can, help. In the
sentences below ‹names› stand for what the program at hand holds. \`(try … (catch (e) (condition-kind e)))\` tells a kind, and
a program may raise kinds of its own.`;
  const sections: string[] = [];
  let area = "";
  for (const [kind, entry] of Object.entries(kinds).toSorted(([a], [b]) => rankOf(a) - rankOf(b))) {
    const [here = ""] = kind.split("/");
    if (here !== area) sections.push(`## ${areas[here] ?? titled(here)}`);
    area = here;
    // Each entry takes details of its own; a placeholder stands for whichever it asks for.
    const { message, help } = entry as {
      message(details: unknown): string;
      help?(details: unknown): string | null;
    };
    sections.push(`### ${code(kind)}`, `${said(message)}${help ? `\n— *${said(help)}*` : ""}`);
    const program = shown.get(kind);
    if (program !== undefined) sections.push(`\`\`\`\n${program}\n\`\`\``);
  }
  return page("Errors", prose, sections);
}

/** Areas in the order above, those it does not name after them as they come. */
function rankOf(kind: string): number {
  const place = Object.keys(areas).indexOf(kind.split("/")[0] ?? "");
  return place < 0 ? Object.keys(areas).length : place;
}

function titled(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}

/** A sentence with placeholders for its details; the names of types say the rest. */
function said(sentence: (details: unknown) => string | null): string {
  const details = new Proxy(
    {},
    { get: (_, name) => (name === "reason" ? "malformed" : `‹${String(name)}›`) },
  );
  const text = sentence(details) ?? "";
  return text
    .replace(/(?:the string )?"‹(\w+)›"/g, "‹$1›")
    .replaceAll("<", "&lt;")
    .replaceAll("*", "\\*");
}

/** For each kind, the shortest program of the corpus that raises it, as the error is explained. */
function corpusExamples(): Map<string, string> {
  const found = new Map<string, string>();
  const keep = (error: unknown) => {
    if (!(error instanceof SxError) || error.span === null) return;
    const text = explain(error);
    const before = found.get(error.kind);
    if (before === undefined || text.length < before.length) found.set(error.kind, text);
  };
  for (const name of corpusFiles()) {
    const { engines, fileError, definitions, cases } = parseCorpusFile(
      readFileSync(join(corpusFolder, name), "utf8"),
      name,
    );
    const raising = cases.filter(({ expectations }) => expectations.some(({ kind }) => kind === "error"));
    if (fileError === null && raising.length === 0) continue;
    const realm = createRealm({ engine: engines ? cekEngine() : jsEngine({ checkProps: true }) });
    const attempt = (run: () => unknown) => {
      try {
        run();
      } catch (error) {
        keep(error);
      }
    };
    attempt(() => {
      realm.load(definitions, { file: "page.sx" });
      realm.run();
    });
    if (fileError === null)
      for (const one of raising) attempt(() => realm.evaluate(one.source, { file: "page.sx" }));
  }
  return found;
}
