// The `sx` command: finds the command that a line names and runs it. Errors are explained on the error
// stream; exit codes are 0 for done, 1 for an error of the program, 2 for wrong usage. A command's module is
// loaded when it is asked for, so that none waits for the others.

import type { Readable, Writable } from "node:stream";
import { explain, SxError } from "../core/errors.ts";
import { showPosition } from "../core/source.ts";
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
  sx fmt [--check] FILE…                         lays files out anew and names those that changed; - is the input, to
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
  if (name === undefined || name === "--help" || name === "help") {
    (name === undefined ? err : out).write(help);
    return name === undefined ? 2 : 0;
  }
  const streams = { out, err, input };
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined;
  try {
    if (!entry) throw new WrongUsage(`There is no command ${name}.`);
    if (rest.includes("--help")) {
      out.write(`Usage:\n${entry.help}\n`);
      return 0;
    }
    const command = await entry.load();
    return await command(rest, streams);
  } catch (error) {
    return report(error, rest.includes("--json"), streams);
  }
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
