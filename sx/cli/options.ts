// The command line's words: files and expressions, and options with or without a value (`--engine vm`, `--engine=vm`).
// After `--` everything is a word.

import { suggest } from "../core/errors.ts";

export interface Arguments {
  readonly words: string[];
  readonly options: ReadonlyMap<string, string | true>;
}

/** A command line that makes no sense; the message says what is right. Exit code 2. */
export class WrongUsage extends Error {}

/** Reads words and options; `valued` options take what follows, `plain` ones stand alone. */
export function parseArguments(
  line: readonly string[],
  valued: readonly string[],
  plain: readonly string[],
): Arguments {
  const words: string[] = [];
  const options = new Map<string, string | true>();
  for (let i = 0; i < line.length; i++) {
    const word = line[i] ?? "";
    if (word === "--") {
      words.push(...line.slice(i + 1));
      break;
    }
    if (!word.startsWith("--")) {
      words.push(word);
      continue;
    }
    const [, name = "", own] = /^--([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
    if (valued.includes(name)) {
      const value = own ?? line[++i];
      if (value === undefined) throw new WrongUsage(`--${name} needs a value.`);
      options.set(name, value);
    } else if (!plain.includes(name)) throw unknownOption(name, [...valued, ...plain]);
    else if (own !== undefined) throw new WrongUsage(`--${name} takes no value.`);
    else options.set(name, true);
  }
  return { words, options };
}

function unknownOption(name: string, known: readonly string[]): WrongUsage {
  const near = suggest(name, known);
  return new WrongUsage(`There is no option --${name}${near === null ? "." : `; did you mean --${near}?`}`);
}
