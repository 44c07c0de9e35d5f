// `sx eval`, `sx run` and `sx render`: a program's value, output or page.

import { write } from "../core/printer.ts";
import { createRealm, type Realm } from "../realm.ts";
import { readText } from "./files.ts";
import { isModuleFile, runModules } from "./modules.ts";
import { type Arguments, parseArguments, WrongUsage } from "./options.ts";
import { engineOf, filesOf, type Streams } from "./programs.ts";

/** The value of one expression, in written form. */
export async function evaluateExpression(line: readonly string[], streams: Streams): Promise<number> {
  const parsed = parseArguments(line, ["engine"], ["json"]);
  const [text] = parsed.words;
  if (text === undefined || parsed.words.length > 1)
    throw new WrongUsage("sx eval takes one expression; put it in quotes.");
  const value = write((await openRealm(parsed, streams)).evaluate(text, { file: "<expression>" }));
  return say(streams, parsed, value, { value });
}

/** Evaluates files in order: texts on an engine, or modules of bytecode on the machine. */
export async function runFiles(line: readonly string[], streams: Streams): Promise<number> {
  const parsed = parseArguments(line, ["engine"], []);
  const files = filesOf(parsed, "run");
  if (files.some(isModuleFile)) {
    runModules(files, (text) => streams.out.write(`${text}\n`));
    return 0;
  }
  const realm = await openRealm(parsed, streams);
  for (const file of files) {
    realm.load(readText(file), { file });
    realm.run();
  }
  return 0;
}

/** Renders one call with the definitions of files, as HTML or as text of the wire. */
export async function renderCall(line: readonly string[], streams: Streams): Promise<number> {
  const parsed = parseArguments(line, ["engine", "call", "mode"], ["json"]);
  const { options } = parsed;
  const call = options.get("call");
  if (typeof call !== "string") throw new WrongUsage("sx render needs --call with the form to render.");
  const mode = options.get("mode") ?? "html";
  if (mode !== "html" && mode !== "wire")
    throw new WrongUsage(`There is no mode ${mode}; there are html and wire.`);
  const files = filesOf(parsed, "render");
  const realm = await openRealm(parsed, streams, mode === "wire" ? "tree" : "text");
  for (const file of files) realm.load(readText(file), { file });
  const text = realm.renderValue(realm.evaluate(call, { file: "<call>" }), mode);
  return say(streams, parsed, text.replace(/\n$/, ""), { [mode]: text });
}

async function openRealm(
  parsed: Arguments,
  { out }: Streams,
  markup: "text" | "tree" = "text",
): Promise<Realm> {
  return createRealm({ engine: await engineOf(parsed), print: (text) => out.write(`${text}\n`), markup });
}

function say({ out }: Streams, { options }: Arguments, text: string, data: object): number {
  out.write(`${options.has("json") ? JSON.stringify(data) : text}\n`);
  return 0;
}
