// The commands of `sx`: each takes words, works in a realm of its own and writes its answer. Errors are
// explained on the error stream; exit codes are 0 for done, 1 for an error of the program, 2 for wrong usage.

import { readFileSync } from "node:fs";
import type { Readable, Writable } from "node:stream";
import { explain, SxError } from "../core/errors.ts";
import { write } from "../core/printer.ts";
import { showPosition } from "../core/source.ts";
import type { Engine } from "../front/engine.ts";
import { jsEngine } from "../js/engine.ts";
import { createRealm, type Realm } from "../realm.ts";
import { type Arguments, parseArguments, WrongUsage } from "./options.ts";
import { startRepl } from "./repl.ts";

const help = `Usage: sx <command> …

  sx eval EXPRESSION [--engine js] [--json]     the value of an expression, in written form
  sx run FILE… [--engine js]                    evaluates files in order; (print v …) writes a line
  sx render FILE… --call '(~card :title "x")'   the HTML of a call, with the files' definitions
         [--mode html] [--engine js] [--json]
  sx repl [FILE…] [--engine js]                 asks for expressions and shows their values

An error is explained with its place on the error stream. Exit codes: 0 done, 1 an error, 2 wrong usage.
`;

interface Streams {
  readonly out: Writable;
  readonly err: Writable;
  readonly input: Readable;
}

/** Runs one command line; gives the exit code. */
export async function main(
  line: readonly string[],
  out: Writable,
  err: Writable,
  input: Readable,
): Promise<number> {
  const [command, ...rest] = line;
  const streams = { out, err, input };
  try {
    if (command === undefined || command === "--help" || command === "help") {
      (command === undefined ? err : out).write(help);
      return command === undefined ? 2 : 0;
    }
    if (rest.includes("--help")) {
      out.write(help);
      return 0;
    }
    return await run(command, rest, streams);
  } catch (error) {
    return report(error, rest.includes("--json"), streams);
  }
}

async function run(command: string, line: string[], streams: Streams): Promise<number> {
  const options = parseArguments(line, ["engine", "call", "mode"], ["json"]);
  const print = (text: string) => streams.out.write(`${text}\n`);
  const realm = createRealm({ engine: engineOf(options), print });
  switch (command) {
    case "eval":
      return evaluate(realm, options, print);
    case "run":
      for (const file of filesOf(options, command)) {
        realm.load(readText(file), { file });
        realm.run();
      }
      return 0;
    case "render":
      return render(realm, options, print);
    case "repl":
      for (const file of options.words) realm.load(readText(file), { file });
      realm.run();
      return startRepl(realm, streams.input, streams.out);
    default:
      throw new WrongUsage(`There is no command ${command}.`);
  }
}

function engineOf({ options }: Arguments): Engine {
  const name = options.get("engine") ?? "js";
  if (name !== "js") throw new WrongUsage(`There is no engine ${name}; this version has js.`);
  return jsEngine({ checkProps: true });
}

function filesOf({ words }: Arguments, command: string): string[] {
  if (words.length === 0) throw new WrongUsage(`sx ${command} needs at least one file.`);
  return words;
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "unreadable";
    throw new WrongUsage(`${file} cannot be read (${code}).`);
  }
}

function evaluate(realm: Realm, { words, options }: Arguments, print: (text: string) => void): number {
  const [text] = words;
  if (text === undefined || words.length > 1)
    throw new WrongUsage("sx eval takes one expression; put it in quotes.");
  const value = write(realm.evaluate(text, { file: "<expression>" }));
  print(options.has("json") ? JSON.stringify({ value }) : value);
  return 0;
}

function render(realm: Realm, parsed: Arguments, print: (text: string) => void): number {
  const { options } = parsed;
  const call = options.get("call");
  if (typeof call !== "string") throw new WrongUsage("sx render needs --call with the form to render.");
  const mode = options.get("mode") ?? "html";
  if (mode !== "html") throw new WrongUsage(`There is no mode ${mode}; this version renders html.`);
  for (const file of filesOf(parsed, "render")) realm.load(readText(file), { file });
  const html = realm.renderValue(realm.evaluate(call, { file: "<call>" }));
  print(options.has("json") ? JSON.stringify({ html }) : html);
  return 0;
}

function report(error: unknown, asJson: boolean, { out, err }: Streams): number {
  if (error instanceof WrongUsage) {
    err.write(`${error.message} See sx --help.\n`);
    return 2;
  }
  if (!(error instanceof SxError)) throw error;
  if (asJson) {
    const { kind, message, span, help: advice } = error;
    out.write(
      `${JSON.stringify({ error: { kind, message, place: span && showPosition(span), help: advice } })}\n`,
    );
  } else err.write(`${explain(error)}\n`);
  return 1;
}
