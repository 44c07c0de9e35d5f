// Positions in a text as the protocol counts them: lines from 0 that end in \n, \r\n or \r, columns from 0 in
// UTF-16 units. Any position has an offset: what lies behind the end of a line or of the text means that end.

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A stretch of text by offsets, the end not included. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

export class Lines {
  private readonly text: string;
  /** Where each line starts. */
  private readonly starts: number[] = [0];

  constructor(text: string) {
    this.text = text;
    for (const found of text.matchAll(/\r\n?|\n/g)) this.starts.push(found.index + found[0].length);
  }

  offsetAt({ line, character }: Position): number {
    const start = this.starts[line];
    if (start === undefined) return this.text.length;
    return Math.min(start + character, this.endOf(line));
  }

  /** Where the text of a line ends, its line break not included. */
  private endOf(line: number): number {
    const next = this.starts[line + 1];
    if (next === undefined) return this.text.length;
    return this.text[next - 1] === "\n" && this.text[next - 2] === "\r" ? next - 2 : next - 1;
  }

  positionAt(offset: number): Position {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.starts[middle] as number) <= offset)
        low = middle; // inside the bounds
      else high = middle - 1;
    }
    return { line: low, character: offset - (this.starts[low] as number) }; // inside the bounds
  }

  rangeOf({ start, end }: Stretch): Range {
    return { start: this.positionAt(start), end: this.positionAt(end) };
  }

  stretchOf({ start, end }: Range): Stretch {
    const [a, b] = [this.offsetAt(start), this.offsetAt(end)];
    return { start: Math.min(a, b), end: Math.max(a, b) };
  }
}
