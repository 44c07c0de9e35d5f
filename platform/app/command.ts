// A service's command (import, post, export …): what it is given and how it tells of itself.
// The same function runs inside the running site or alone; it cannot tell which. Who calls it is
// control.ts (over the socket) or command-line.ts (alone).

/** What a running command has to do with the one who started it. */
export interface CommandSession {
  /** The folder the person was in; relative file arguments are relative to it. */
  readonly cwd: string;
  /** Aborted when the person stops waiting or the site stops; long work must look at it. */
  readonly signal: AbortSignal;
  /** Tells how far the work is; `done` of `total` draws a bar where there is a terminal. */
  progress(text: string, done?: number, total?: number): void;
  /** Says a line of the result. */
  print(line: string): void;
}

/** How a command ended: `exitCode` 0 when left out, `report` as data for `--json`. */
export interface CommandOutcome {
  readonly exitCode?: number;
  readonly report?: unknown;
}

export interface Command {
  /** One line for `--help`, beginning with the arguments: "FILE [--images DIR]: takes over …". */
  readonly help: string;
  // biome-ignore lint/suspicious/noConfusingVoidType: a command that has nothing to report returns nothing
  readonly run: (args: string[], session: CommandSession) => Promise<CommandOutcome | void>;
}

/** A command line that makes no sense; the message says what is right. Exit code 2. */
export class WrongUsage extends Error {
  constructor(message: string) {
    super(message);
    this.name = "WrongUsage";
  }
}
