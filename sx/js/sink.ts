// A sink gathers the pieces of one HTML string while code is emitted: literal pieces join as they arrive,
// computed ones wait in order. It turns into one concatenation where it can, and into an accumulating
// variable from the moment that a statement must run between two pieces.

type Piece =
  | { readonly literal: string }
  | { readonly code: string }
  /** An expression that is given the literals around it, so that fewer strings are joined while a page is drawn. */
  | { readonly around: (before: string, after: string) => string };

export class Sink {
  /** The variable that accumulates, should one be needed. */
  readonly accumulator: string;
  /** Whether the variable exists already: always so for a branch or loop body inside another sink. */
  declared: boolean;
  private pending: Piece[] = [];

  constructor(accumulator: string, declared = false) {
    this.accumulator = accumulator;
    this.declared = declared;
  }

  literal(text: string): void {
    if (text === "") return;
    const last = this.pending.at(-1);
    if (last && "literal" in last) this.pending[this.pending.length - 1] = { literal: last.literal + text };
    else this.pending.push({ literal: text });
  }

  /** Adds an expression that gives a string. */
  code(code: string): void {
    this.pending.push({ code });
  }

  /** Adds an expression that gives a string with the literals before and after it at its ends. */
  codeAround(around: (before: string, after: string) => string): void {
    this.pending.push({ around });
  }

  /** A sink for a branch or loop body whose statements add to this sink's variable. */
  branch(): Sink {
    return new Sink(this.accumulator, true);
  }

  /** Of a branch: whether no statement was needed, so that `pieces` is the whole of it. */
  pieces(): string {
    return this.take();
  }

  /** What has gathered, as one string expression; the pieces are taken out. */
  private take(): string {
    const codes: string[] = [];
    let before = "";
    const pieces = this.pending;
    for (let i = 0; i < pieces.length; i++) {
      const piece = pieces[i] as Piece; // inside the bounds
      if ("literal" in piece) {
        before = piece.literal;
        continue;
      }
      if ("around" in piece) {
        const next = pieces[i + 1];
        const after = next && "literal" in next ? next.literal : "";
        codes.push(piece.around(before, after));
        if (after !== "") i++;
      } else {
        if (before !== "") codes.push(JSON.stringify(before));
        codes.push(piece.code);
      }
      before = "";
    }
    if (before !== "") codes.push(JSON.stringify(before));
    this.pending = [];
    return codes.length === 0 ? '""' : codes.join(" + ");
  }

  /** The statement that moves what has gathered into the variable, or nothing to do. */
  flush(lines: string[]): void {
    if (!this.declared) {
      lines.push(`let ${this.accumulator} = ${this.take()};`);
      this.declared = true;
    } else if (this.pending.length > 0) {
      lines.push(`${this.accumulator} += ${this.take()};`);
    }
  }

  /** The whole string as an expression, for a sink that stands alone. */
  result(): string {
    if (!this.declared) return this.take();
    return this.pending.length === 0 ? this.accumulator : `${this.accumulator} + ${this.take()}`;
  }

  /** True as long as everything gathered is literal text; the text, for folding. */
  literalText(): string | null {
    if (this.declared) return null;
    if (this.pending.length === 0) return "";
    const [only] = this.pending;
    return this.pending.length === 1 && only && "literal" in only ? only.literal : null;
  }
}
