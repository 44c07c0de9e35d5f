// The read–evaluate–print loop: a form may take several lines, an error is explained and changes nothing, and the
// definitions stay. At a terminal it prompts, completes names and keeps a history; other input is read without a word.
// What a session knows is in repl/session.ts, its commands are in repl/commands.ts.

import { createInterface, type Interface } from "node:readline";
import { explain, SxError } from "../core/errors.ts";
import { readText, reasonOf } from "./files.ts";
import { type Arguments, parseArguments, WrongUsage } from "./options.ts";
import { engineOf, type Streams } from "./programs.ts";
import { commandNames, describeDefined, runCommand } from "./repl/commands.ts";
import { historyFile, mostLines, readHistory, writeHistory } from "./repl/history.ts";
import { complete } from "./repl/names.ts";
import { Session } from "./repl/session.ts";

const unfinished: ReadonlySet<string> = new Set([
  "read/unclosed",
  "read/unclosed-string",
  "read/unclosed-comment",
]);

/** Loads the files of a line, then asks until the input ends; gives the exit code. */
export async function runRepl(line: readonly string[], streams: Streams): Promise<number> {
  const parsed = parseArguments(line, ["engine", "history"], ["no-history"]);
  const { input, out } = streams;
  const session = new Session(await engineOf(parsed), (text) => out.write(`${text}\n`));
  for (const file of parsed.words) await session.evaluate(readText(file), file);
  const terminal = "isTTY" in input && input.isTTY === true;
  const lines = createInterface({
    input,
    output: terminal ? out : undefined,
    terminal,
    completer: (text: string) => complete(text, session, commandNames),
    ...(terminal ? openHistory(parsed, streams) : {}),
    historySize: mostLines,
    removeHistoryDuplicates: true,
  });
  if (terminal) keepHistory(lines, parsed, streams);
  return new Conversation(session, lines, streams, terminal).hold();
}

/** What has been typed and not answered yet, and how it is answered. */
class Conversation {
  private readonly session: Session;
  private readonly lines: Interface;
  private readonly streams: Streams;
  private readonly terminal: boolean;
  private text = "";
  private number = 1;

  constructor(session: Session, lines: Interface, streams: Streams, terminal: boolean) {
    this.session = session;
    this.lines = lines;
    this.streams = streams;
    this.terminal = terminal;
  }

  async hold(): Promise<number> {
    this.lines.on("SIGINT", () => this.interrupt());
    this.ask();
    for await (const line of this.lines) {
      if (this.text === "" && line.trim() === ":quit") break;
      this.text += `${line}\n`;
      const answer = await this.answer();
      if (answer !== null) {
        if (answer !== "") this.streams.out.write(`${answer}\n`);
        this.text = "";
        this.number++;
      }
      this.ask();
    }
    this.lines.close();
    return this.end();
  }

  private ask(): void {
    if (!this.terminal) return;
    this.lines.setPrompt(this.text === "" ? "sx> " : "  … ");
    this.lines.prompt();
  }

  /** Ctrl-C forgets what was begun; where nothing was, it ends the session. */
  private interrupt(): void {
    if (this.text === "" && this.lines.line === "") {
      this.lines.close();
      return;
    }
    this.text = "";
    this.streams.out.write("\n");
    this.lines.write(null, { ctrl: true, name: "e" });
    this.lines.write(null, { ctrl: true, name: "u" });
    this.ask();
  }

  /** What to show for the text, "" for nothing, or null when its form goes on. */
  private async answer(): Promise<string | null> {
    const { text, session } = this;
    if (text.trim() === "") return "";
    try {
      const command = text.startsWith(":") ? await runCommand(session, text) : null;
      if (command !== null) return command;
      const { value, defined, replaced } = await session.evaluate(text, `<${this.number}>`);
      return defined.length > 0 && value === null ? describeDefined(defined, replaced) : session.show(value);
    } catch (error) {
      if (error instanceof WrongUsage) return error.message;
      if (!(error instanceof SxError)) throw error;
      return unfinished.has(error.kind) ? null : explain(error);
    }
  }

  /** The exit code: 1 where the input ended inside a form. */
  private async end(): Promise<number> {
    if (this.terminal) {
      this.streams.out.write("\n");
      return 0;
    }
    if (this.text.trim() === "") return 0;
    try {
      await this.session.evaluate(this.text, `<${this.number}>`);
    } catch (error) {
      if (error instanceof SxError) this.streams.out.write(`${explain(error)}\n`);
    }
    return 1;
  }
}

function fileOf({ options }: Arguments): string | null {
  if (options.has("no-history")) return null;
  return String(options.get("history") ?? historyFile(process.env));
}

function openHistory(parsed: Arguments, { err }: Streams): { history: string[] } {
  const file = fileOf(parsed);
  if (file === null) return { history: [] };
  try {
    return { history: readHistory(file) };
  } catch (error) {
    err.write(`The history in ${file} cannot be read: ${reasonOf(error) ?? error}.\n`);
    return { history: [] };
  }
}

function keepHistory(lines: Interface, parsed: Arguments, { err }: Streams): void {
  let file = fileOf(parsed);
  lines.on("history", (history: string[]) => {
    if (file === null) return;
    try {
      writeHistory(file, history);
    } catch (error) {
      err.write(`The history cannot be kept in ${file}: ${reasonOf(error) ?? error}.\n`);
      file = null;
    }
  });
}
