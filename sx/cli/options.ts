// The command line's words: files and expressions, and options with or without a value.

export interface Arguments {
  readonly words: string[];
  readonly options: ReadonlyMap<string, string | true>;
}

/** A command line that makes no sense; the message says what is right. Exit code 2. */
export class WrongUsage extends Error {}

/** Reads words and options; `valued` options take the next word, `plain` ones stand alone. */
export function parseArguments(
  line: readonly string[],
  valued: readonly string[],
  plain: readonly string[],
): Arguments {
  const words: string[] = [];
  const options = new Map<string, string | true>();
  for (let i = 0; i < line.length; i++) {
    const word = line[i] ?? "";
    if (!word.startsWith("--") || word === "--") {
      words.push(word);
    } else if (valued.includes(word.slice(2))) {
      const value = line[++i];
      if (value === undefined) throw new WrongUsage(`${word} needs a value.`);
      options.set(word.slice(2), value);
    } else if (plain.includes(word.slice(2))) options.set(word.slice(2), true);
    else throw new WrongUsage(`There is no option ${word}.`);
  }
  return { words, options };
}
