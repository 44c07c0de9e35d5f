// A sink gathers the pieces of one HTML string while code is emitted: literal pieces join as they arrive,
// computed ones wait in order. It turns into one concatenation where it can, and into an accumulating
// variable from the moment that a statement must run between two pieces.

type Piece = { readonly literal: string } | { readonly code: string };

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
    const pieces = this.pending.map((piece) =>
      "literal" in piece ? JSON.stringify(piece.literal) : piece.code,
    );
    this.pending = [];
    return pieces.length === 0 ? '""' : pieces.join(" + ");
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
