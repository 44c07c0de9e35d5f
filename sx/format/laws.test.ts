// The formatter's laws, over texts made at random and over every .sx file of the project: what it has formatted it
// leaves alone, and each token and comment is there in its place. A formatter with one rule broken must be found
// out by as many texts. ROSE_ASH_LAW_PROGRAMS sets how many are tried; a failure shows the text and fast-check's seed.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { SxError } from "../core/errors.ts";
import { soundText } from "../core/test/text.ts";
import { formatText } from "./format.ts";
import { width } from "./layout.ts";
import { isComment, markOf, parseSyntax, type Syntax } from "./syntax.ts";
import { brokenFormatter } from "./test/broken.ts";
import { shortForm, strewnText } from "./test/strewn.ts";

const runs = Number(process.env.ROSE_ASH_LAW_PROGRAMS ?? 10_000);
const synonyms: Readonly<Record<string, string>> = { lambda: "fn", "let*": "let", begin: "do" };

/** The tokens and comments of a text in their order, synonyms and the brackets of bindings made one. */
function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  const gather = (node: Syntax) => {
    const { kind, start, end, children } = node;
    const whole = text.slice(start, end);
    if (isComment(node)) tokens.push(whole.trimEnd());
    else if (kind === "atom" || kind === "string") tokens.push(synonyms[whole] ?? whole);
    else {
      tokens.push(kind === "prefix" ? markOf(text, node) : kind === "dict" ? "{" : "(");
      for (const child of children) gather(child);
      tokens.push(kind === "prefix" ? "" : kind === "dict" ? "}" : ")");
    }
  };
  for (const root of parseSyntax(text)) gather(root);
  return tokens;
}

function keepsTokens(format: typeof formatText, text: string): void {
  assert.deepEqual(tokensOf(format(text)), tokensOf(text));
}

function isSettled(format: typeof formatText, text: string): void {
  const once = format(text);
  assert.equal(format(once), once);
}

/** No line is longer than it should be; for texts that allow that. */
function fitsWidth(format: typeof formatText, text: string): void {
  for (const line of format(text).split("\n")) assert.ok(line.length <= width, line);
}

const laws = {
  "every token and comment is kept in its place": keepsTokens,
  "formatting twice is formatting once": isSettled,
};
const texts = { "strewn forms": strewnText, "whatever can be read": soundText };

for (const [claim, law] of Object.entries(laws)) {
  for (const [name, text] of Object.entries(texts)) {
    test(`${claim}: ${name}`, () => {
      fc.assert(
        fc.property(text, (source) => law(formatText, source)),
        { numRuns: runs },
      );
    });
  }
}

test("a form of short tokens has no line longer than the width", () => {
  fc.assert(
    fc.property(shortForm, (source) => fitsWidth(formatText, source)),
    { numRuns: runs },
  );
});

const breaks: Readonly<Record<string, readonly [string, string, string, typeof keepsTokens]>> = {
  "a comment that swallows what follows it": [
    "layout.ts",
    "this.isLineOver = endsLine;",
    "this.isLineOver = false;",
    keepsTokens,
  ],
  "a comment that is lost": [
    "layout.ts",
    "for (const remark of between) page.remark(remark);",
    "",
    keepsTokens,
  ],
  "a discarded form that is read": [
    "syntax.ts",
    'this.begin("discard", 2)',
    'this.begin("prefix", 2)',
    keepsTokens,
  ],
  "a mark that runs into a name": ["block.ts", '? ", "', '? ","', keepsTokens],
  "line breaks that count only in the first pass": [
    "layout.ts",
    "const isDue = isTall || unit.beginsLine ||",
    "const isDue = isTall ||",
    isSettled,
  ],
  "a width that forgets the brackets that follow": [
    "layout.ts",
    "column + flat.length + trail <= width",
    "column + flat.length <= width",
    fitsWidth,
  ],
};

for (const [name, [file, rule, broken, law]] of Object.entries(breaks)) {
  test(`the laws find out ${name}`, async () => {
    const format = await brokenFormatter(file, rule, broken);
    const text = law === fitsWidth ? shortForm : strewnText;
    const holds = fc.property(text, (source) => law(format, source));
    assert.throws(() => fc.assert(holds, { numRuns: runs }), /Property failed/);
  });
}

test("the laws hold for every .sx file of the project", () => {
  const root = join(import.meta.dirname, "../..");
  const files = readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".sx") && !file.includes("node_modules"))
    .map((file) => join(root, file));
  let readable = 0;
  for (const file of files) {
    const text = readFileSync(file, "utf8");
    try {
      formatText(text, file);
    } catch (error) {
      assert.ok(error instanceof SxError && error.kind.startsWith("read/"), `${file}: ${error}`);
      continue;
    }
    readable++;
    for (const law of Object.values(laws)) law(formatText, text);
  }
  assert.ok(readable > 100, `only ${readable} files could be read`);
});
