// Where text came from: a source is one file's text, a span a stretch of it.
// Offsets are UTF-16 units from the start of the text; lines and columns count from 1 and are
// worked out only when a message is printed.

export class Source {
  readonly file: string;
  readonly text: string;
  /** Offsets at which lines begin, once somebody asks: a text with many mistakes is asked for many positions. */
  private lineStarts: readonly number[] | null = null;
  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
  }

  /** The 1-based line and column of an offset. */
  position(offset: number): { line: number; column: number } {
    this.lineStarts ??= findLineStarts(this.text);
    let [line, next] = [0, this.lineStarts.length];
    while (next - line > 1) {
      const middle = (line + next) >> 1;
      if ((this.lineStarts[middle] as number) <= offset)
        line = middle; // inside the bounds
      else next = middle;
    }
    return { line: line + 1, column: offset - (this.lineStarts[line] as number) + 1 }; // there is a first line
  }
}

function findLineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
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
