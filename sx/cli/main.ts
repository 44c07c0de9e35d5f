// The `sx` command: finds the command that a line names and runs it. Errors are explained on the error
// stream; exit codes are 0 for done, 1 for an error of the program, 2 for wrong usage. A command's module is
// loaded when it is asked for, so that none waits for the others.

import { readFileSync } from "node:fs";
import type { Readable, Writable } from "node:stream";
import { explain, SxError, suggest } from "../core/errors.ts";
import { showPosition } from "../core/source.ts";
import { reasonOf, UnusableFile } from "./files.ts";
import { WrongUsage } from "./options.ts";
import type { Command, Streams } from "./programs.ts";

interface Entry {
  /** What stands in `sx --help`: lines of call and sentence. */
  readonly help: string;
  readonly load: () => Promise<Command>;
}

const commands: Readonly<Record<string, Entry>> = {
  eval: {
    help: `
  sx eval EXPRESSION [--engine js|cek|vm] [--json]
                                                 the value of an expression, in written form`,
    load: async () => (await import("./evaluate.ts")).evaluateExpression,
  },
  run: {
    help: `
  sx run FILE… [--engine js|cek|vm]              evaluates files in order; (print v …) writes a line`,
    load: async () => (await import("./evaluate.ts")).runFiles,
  },
  render: {
    help: `
  sx render FILE… --call '(~card :title "x")'    the HTML of a call, with the files' definitions
         [--mode html|wire] [--engine js|cek|vm] [--json]`,
    load: async () => (await import("./evaluate.ts")).renderCall,
  },
  test: {
    help: `
  sx test [PATH…] [--engine js|cek|vm] [--json]  runs the deftest files below the paths; exit code 1 where one
                                                 fails, and where there is none`,
    load: async () => (await import("./test.ts")).runTests,
  },
  check: {
    help: `
  sx check FILE…|FOLDER… [--json]                what is wrong with a library, without running it; exit code 1 for an
                                                 error or a warning`,
    load: async () => (await import("./check.ts")).checkPaths,
  },
  fmt: {
    help: `
  sx fmt [--check] FILE…|FOLDER…                 lays files out anew and names those that changed; - is the input, to
                                                 the output. --check changes nothing; exit code 1 where a file would`,
    load: async () => (await import("./fmt.ts")).formatFiles,
  },
  hash: {
    help: `
  sx hash FILE… [--json]                         one line a definition: its content address and its name`,
    load: async () => (await import("./hash.ts")).hashFiles,
  },
  compile: {
    help: `
  sx compile FILE -o OUT.sxbc [--json]           a file as a module of bytecode, which sx run takes as well`,
    load: async () => (await import("./compile.ts")).compileToFile,
  },
  disassemble: {
    help: `
  sx disassemble FILE [--json]                   what is in a module, or in the one that a text compiles to`,
    load: async () => (await import("./disassemble.ts")).showModule,
  },
  repl: {
    help: `
  sx repl [FILE…] [--engine js|cek|vm]           asks for expressions and shows their values; :help tells the rest.
         [--no-history] [--history FILE]         Lines are kept in the state directory unless --no-history is given`,
    load: async () => (await import("./repl.ts")).runRepl,
  },
  lsp: {
    help: `
  sx lsp                                         serves an editor by the Language Server Protocol`,
    load: async () => (await import("./lsp.ts")).serveEditor,
  },
};

const help = `Usage: sx <command> …
${Object.values(commands)
  .map((entry) => entry.help)
  .join("")}

sx help COMMAND says one of them; an option may also be written --engine=vm, and -- ends the options.
An error is explained with its place on the error stream. Exit codes: 0 done, 1 an error, 2 wrong usage.
`;

/** Runs one command line; gives the exit code. */
export async function main(
  line: readonly string[],
  out: Writable,
  err: Writable,
  input: Readable,
): Promise<number> {
  const [name, ...rest] = line;
  const streams = { out, err, input };
  if (name === undefined) {
    err.write(help);
    return 2;
  }
  if (name === "--version") {
    const manifest = readFileSync(new URL("../package.json", import.meta.url), "utf8");
    out.write(`sx ${JSON.parse(manifest).version}\n`);
    return 0;
  }
  if (/^(?:help|--help|-h)$/.test(name)) return showHelp(rest, streams);
  if (rest.includes("--help") || (rest.length === 1 && rest[0] === "-h")) return showHelp([name], streams);
  try {
    return await (await entryOf(name).load())(rest, streams);
  } catch (error) {
    return report(error, name, rest.includes("--json"), streams);
  }
}

/** The help of one command, or of all where none is named. */
function showHelp([name]: readonly string[], streams: Streams): number {
  try {
    streams.out.write(name === undefined ? help : `Usage:\n${entryOf(name).help}\n`);
    return 0;
  } catch (error) {
    return report(error, "help", false, streams);
  }
}

function entryOf(name: string): Entry {
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (entry) return entry;
  const near = suggest(name, Object.keys(commands));
  throw new WrongUsage(`There is no command ${name}${near === null ? "." : `; did you mean ${near}?`}`);
}

/** Says what went wrong, as data where the line asks for data; gives the exit code. */
function report(error: unknown, command: string, asJson: boolean, { out, err }: Streams): number {
  const say = (kind: string, message: string, advice: string | null, place: string | null, text: string) => {
    if (asJson) out.write(`${JSON.stringify({ error: { kind, message, place, help: advice } })}\n`);
    else err.write(`${text}\n`);
  };
  if (error instanceof WrongUsage) {
    const see = Object.hasOwn(commands, command) ? `sx ${command} --help` : "sx --help";
    const advice = error instanceof UnusableFile ? null : `See ${see}.`;
    say("usage", error.message, advice, null, [error.message, advice ?? ""].join(" ").trimEnd());
    return 2;
  }
  if (error instanceof SxError) {
    const { kind, message, span, help: advice } = error;
    say(kind, message, advice, span && showPosition(span), explain(error));
    return 1;
  }
  if (process.env.SX_STACK) throw error;
  const message = `sx ${command} has a fault of its own: ${error instanceof Error ? error.message : error}`;
  const advice = "please report it with what you typed; with SX_STACK=1 in the environment it says where";
  say("fault", message, advice, null, `${message}\nhelp: ${advice}`);
  return 1;
}

/** Ends the process where its output goes nowhere: quietly when the reader has gone, as `head` does, else with why. */
export function endWithoutReader(out: Writable, err: Writable): void {
  out.on("error", (error) => {
    if (!("code" in error && error.code === "EPIPE"))
      err.write(`The output cannot be written: ${reasonOf(error) ?? error.message}.\n`);
    process.exit(1);
  });
  err.on("error", () => process.exit(1));
}
