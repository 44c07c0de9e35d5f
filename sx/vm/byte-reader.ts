// Bytes that are read from front to back and not trusted: every read looks first whether so much is left, and
// nothing is made room for because the bytes say that it will come.

import { sxError } from "../core/errors.ts";

export class ByteReader {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  /** The offset of the next byte. */
  at = 0;
  /** Where what may be read now ends. */
  end: number;

  constructor(bytes: Uint8Array) {
    // Node's Buffer is a Uint8Array whose slices are no copies; of this view they are.
    this.bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.end = bytes.length;
  }

  get left(): number {
    return this.end - this.at;
  }

  u8(what: string): number {
    return this.view.getUint8(this.take(1, what));
  }

  u16(what: string): number {
    return this.view.getUint16(this.take(2, what));
  }

  u32(what: string): number {
    return this.view.getUint32(this.take(4, what));
  }

  /** A copy of so many bytes. */
  slice(count: number, what: string): Uint8Array {
    const at = this.take(count, what);
    return this.bytes.slice(at, at + count);
  }

  /** So many bytes as text, or null where they are not UTF-8. */
  text(count: number, what: string): string | null {
    const at = this.take(count, what);
    try {
      return this.decoder.decode(this.bytes.subarray(at, at + count));
    } catch {
      return null; // the decoder has no other reason to fail
    }
  }

  /** So many bytes as hexadecimal digits. */
  hexadecimal(count: number, what: string): string {
    return Array.from(this.slice(count, what), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  /** Refuses a count of things that take at least so many bytes each, where these are not left. */
  expect(count: number, bytesEach: number, what: string): void {
    const needed = count * bytesEach;
    if (needed > this.left)
      throw sxError("module/truncated", { what, needed, left: this.left, offset: this.at });
  }

  private take(count: number, what: string): number {
    this.expect(count, 1, what);
    const { at } = this;
    this.at += count;
    return at;
  }
}
