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
  sx eval EXPRESSION [--engine js|cek] [--json]  the value of an expression, in written form`,
    load: async () => (await import("./evaluate.ts")).evaluateExpression,
  },
  run: {
    help: `
  sx run FILE… [--engine js|cek]                 evaluates files in order; (print v …) writes a line`,
    load: async () => (await import("./evaluate.ts")).runFiles,
  },
  render: {
    help: `
  sx render FILE… --call '(~card :title "x")'    the HTML of a call, with the files' definitions
         [--mode html] [--engine js|cek] [--json]`,
    load: async () => (await import("./evaluate.ts")).renderCall,
  },
  repl: {
    help: `
  sx repl [FILE…] [--engine js|cek]              asks for expressions and shows their values`,
    load: async () => (await import("./repl.ts")).runRepl,
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
