// The read–evaluate–print loop: a form may take several lines, an error is explained and forgotten, and the
// definitions stay. Ends with the input.

import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { explain, SxError } from "../core/errors.ts";
import { write } from "../core/printer.ts";
import { createRealm, type Realm } from "../realm.ts";
import { parseArguments } from "./options.ts";
import { engineOf, readText, type Streams } from "./programs.ts";

const unfinished: ReadonlySet<string> = new Set([
  "read/unclosed",
  "read/unclosed-string",
  "read/unclosed-comment",
]);

/** Loads the files of a line, then asks until the input ends; gives the exit code. */
export async function runRepl(line: readonly string[], { input, out }: Streams): Promise<number> {
  const parsed = parseArguments(line, ["engine"], []);
  const print = (text: string) => out.write(`${text}\n`);
  const realm = createRealm({ engine: await engineOf(parsed), print });
  for (const file of parsed.words) realm.load(readText(file), { file });
  realm.run();
  return ask(realm, input, out);
}

async function ask(realm: Realm, input: Readable, out: Writable): Promise<number> {
  const lines = createInterface({
    input,
    output: out,
    prompt: "sx> ",
    terminal: "isTTY" in input && input.isTTY === true,
  });
  let text = "";
  let number = 1;
  lines.prompt();
  for await (const line of lines) {
    text += `${line}\n`;
    const answer = answerTo(realm, text, number);
    if (answer !== null) {
      if (answer !== "") out.write(`${answer}\n`);
      text = "";
      number++;
    }
    lines.setPrompt(text === "" ? "sx> " : "  … ");
    lines.prompt();
  }
  return 0;
}

/** What to show for a text, "" for nothing, or null when its form goes on. */
function answerTo(realm: Realm, text: string, number: number): string | null {
  if (text.trim() === "") return "";
  try {
    return write(realm.evaluate(text, { file: `<${number}>` }));
  } catch (error) {
    if (!(error instanceof SxError)) throw error;
    return unfinished.has(error.kind) ? null : explain(error);
  }
}
