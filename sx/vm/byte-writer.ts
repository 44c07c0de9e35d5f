// Bytes that grow at their end, numbers big-endian. A number that its place cannot hold fails at once, because
// a number cut to size would be another module.

const firstRoom = 256;

export class ByteWriter {
  private room = new Uint8Array(firstRoom);
  private view = new DataView(this.room.buffer);
  private length = 0;
  private readonly encoder = new TextEncoder();

  /** Everything that was written. */
  finish(): Uint8Array {
    return this.room.slice(0, this.length);
  }

  u8(value: number): void {
    const at = this.grow(1);
    this.view.setUint8(at, fitting(value, 0xff));
  }

  u16(value: number): void {
    const at = this.grow(2);
    this.view.setUint16(at, fitting(value, 0xffff));
  }

  u32(value: number): void {
    const at = this.grow(4);
    this.view.setUint32(at, fitting(value, 0xffff_ffff));
  }

  f64(value: number): void {
    // Not setFloat64 alone: the bits of a NaN are the host's to choose.
    const at = this.grow(8);
    if (Number.isNaN(value)) this.view.setBigUint64(at, 0x7ff8n << 48n);
    else this.view.setFloat64(at, value);
  }

  bytes(values: ArrayLike<number>): void {
    for (let i = 0; i < values.length; i++) this.u8(values[i] as number); // in range
  }

  /** UTF-8 with its length in two bytes. */
  shortText(text: string): void {
    const bytes = this.encoder.encode(text);
    this.u16(bytes.length);
    this.append(bytes);
  }

  /** UTF-8 with its length in four bytes. */
  longText(text: string): void {
    const bytes = this.encoder.encode(text);
    this.u32(bytes.length);
    this.append(bytes);
  }

  /** What `write` writes, with its length in four bytes before it. */
  sized(write: () => void): void {
    const at = this.grow(4);
    write();
    this.view.setUint32(at, fitting(this.length - at - 4, 0xffff_ffff));
  }

  private append(bytes: Uint8Array): void {
    const at = this.grow(bytes.length);
    this.room.set(bytes, at);
  }

  /** Makes room for so many bytes at the end; gives their offset. */
  private grow(count: number): number {
    const at = this.length;
    this.length += count;
    if (this.length > this.room.length) {
      const larger = new Uint8Array(Math.max(this.length, this.room.length * 2));
      larger.set(this.room);
      this.room = larger;
      this.view = new DataView(larger.buffer);
    }
    return at;
  }
}

function fitting(value: number, largest: number): number {
  if (Number.isInteger(value) && value >= 0 && value <= largest) return value;
  throw new RangeError(`${value} does not fit where 0 to ${largest} does`);
}
