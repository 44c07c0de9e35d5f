// Where text came from: a source is one file's text, a span a stretch of it.
// Offsets are UTF-16 units from the start of the text; lines and columns count from 1 and are
// worked out only when a message is printed.

export class Source {
  readonly file: string;
  readonly text: string;
  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
  }

  /** The 1-based line and column of an offset. */
  position(offset: number): { line: number; column: number } {
    const before = this.text.slice(0, offset);
    const lastBreak = before.lastIndexOf("\n");
    let line = 1;
    for (let i = before.indexOf("\n"); i >= 0; i = before.indexOf("\n", i + 1)) line++;
    return { line, column: offset - lastBreak };
  }
}

export interface Span {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
}

/** `file:line:column` of a span's start. */
export function showPosition(span: Span): string {
  const { line, column } = span.source.position(span.start);
  return `${span.source.file}:${line}:${column}`;
}
