// The commands of a session: lines that begin with a colon. Each answers with text to show.

import { suggest } from "../../core/errors.ts";
import { typeName } from "../../core/values.ts";
import { readText } from "../files.ts";
import { WrongUsage } from "../options.ts";
import { engineNamed, engineNames } from "../programs.ts";
import { describeName } from "./names.ts";
import type { Session } from "./session.ts";

interface ReplCommand {
  /** What stands after its name in the list of commands. */
  readonly words: string;
  readonly sentence: string;
  readonly run: (session: Session, words: string) => string | Promise<string>;
}

const commands: Readonly<Record<string, ReplCommand>> = {
  ":help": { words: "", sentence: "this list", run: () => helpText() },
  ":type": {
    words: "EXPRESSION",
    sentence: "the kind of its value",
    run: async (session, words) => typeName(await session.look(needed(words, "an expression"), "<type>")),
  },
  ":doc": {
    words: "NAME",
    sentence: "what a function, form, element or definition is",
    run: (session, words) => describeName(needed(words, "a name"), session),
  },
  ":load": {
    words: "FILE",
    sentence: "evaluates a file; names it defines again are replaced",
    run: async (session, words) => {
      const file = needed(words, "a file");
      const { value, defined, replaced } = await session.evaluate(readText(file), file);
      return defined.length === 0 ? session.show(value) : describeDefined(defined, replaced);
    },
  },
  ":engine": {
    words: "NAME",
    sentence: `goes on with another engine (${engineNames.join(", ")}) and the same definitions`,
    run: async (session, words) => {
      if (words === "") return `The engine is ${session.engineName}.`;
      session.use(await engineNamed(words));
      return `The engine is now ${session.engineName}; values were computed anew.`;
    },
  },
  ":quit": { words: "", sentence: "ends the session, as Ctrl-D does", run: () => "" },
};

export const commandNames: readonly string[] = Object.keys(commands);

/** Runs the command a line begins with. Null for a line that is none; throws WrongUsage where a word is missing. */
export async function runCommand(session: Session, line: string): Promise<string | null> {
  const [, name = "", words = ""] = /^(:\S*)\s*(.*?)\s*$/.exec(line) ?? [];
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command) return command.run(session, words);
  const near = name === "" ? null : suggest(name, commandNames);
  if (near !== null && words === "")
    throw new WrongUsage(`There is no command ${name}; did you mean ${near}?`);
  return null;
}

/** What a text that defined something says for itself. */
export function describeDefined(defined: readonly string[], replaced: readonly string[]): string {
  const again = replaced.length === 0 ? "" : "; values that stood by the old one were computed anew";
  return `${defined.join(" ")} ${replaced.length === 0 ? "defined" : "defined again"}${again}`;
}

function needed(words: string, what: string): string {
  if (words === "") throw new WrongUsage(`The command needs ${what}.`);
  return words;
}

function helpText(): string {
  const lines = Object.entries(commands).map(
    ([name, { words, sentence }]) => `  ${`${name} ${words}`.padEnd(18)} ${sentence}`,
  );
  return [
    "Type an expression or a definition; a form may take several lines. Tab completes a name.",
    ...lines,
  ].join("\n");
}
