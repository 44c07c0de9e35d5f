// A finding: one place where the project departs from a rule, and what to do about it.
// A rule is a function from a project's folder to its findings; it reads files and runs tools, and changes nothing.

export interface Finding {
  /** The file or folder, relative to the project. */
  readonly file: string;
  /** The line, from 1, where there is one. */
  readonly line?: number;
  /** What is wrong and what would be right. */
  readonly sentence: string;
}

/** Checks the project in the folder `root`. No findings: the rule is kept. */
export type Rule = (root: string) => readonly Finding[] | Promise<readonly Finding[]>;

/** A finding as a line for the terminal: `file:line: sentence`. */
export function describeFinding({ file, line, sentence }: Finding): string {
  return `${file}${line === undefined ? "" : `:${line}`}: ${sentence}`;
}
