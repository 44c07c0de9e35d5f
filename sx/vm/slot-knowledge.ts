// Which slots of a frame have a value at each point of a function's code, as far as every way there says so. A slot
// that nothing has set holds what an earlier frame left behind, so nobody may read it. Sets of slots are bits: one
// function has at most 255, and a pass over its code stays linear.

const words = 8;

export class SlotKnowledge {
  private known: Uint32Array;
  /** What is known where a jump arrives: the slots that all jumps there have set. */
  private readonly arriving = new Map<number, Uint32Array>();

  /** The parameters, the first slots, have their values from the start. */
  constructor(parameters: number) {
    this.known = new Uint32Array(words);
    for (let slot = 0; slot < parameters; slot++) this.set(slot);
  }

  has(slot: number): boolean {
    return ((this.word(slot) >>> (slot & 31)) & 1) === 1;
  }

  set(slot: number): void {
    this.known[slot >>> 5] = this.word(slot) | (1 << (slot & 31));
  }

  /** A jump leads from here to an offset further on. */
  lead(target: number): void {
    const before = this.arriving.get(target);
    if (before) keepCommon(before, this.known);
    else this.arriving.set(target, this.known.slice());
  }

  /** Code goes on at an offset, `falling` where the instruction before leads there too. */
  meet(offset: number, falling: boolean): void {
    const arrived = this.arriving.get(offset);
    if (!arrived) return;
    if (falling) keepCommon(this.known, arrived);
    else this.known = arrived;
    this.arriving.delete(offset);
  }

  private word(slot: number): number {
    return this.known[slot >>> 5] as number; // slots are below 256
  }
}

function keepCommon(kept: Uint32Array, other: Uint32Array): void {
  for (let i = 0; i < words; i++) kept[i] = (kept[i] as number) & (other[i] as number); // both have so many
}
