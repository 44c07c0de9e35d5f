// Tar: the POSIX "ustar" container, as far as a backup needs it: plain files with short names.
// Promise: what is written, any tar program reads; what is read is checked (header checksums, sizes, the end
// mark), and everything streams, so memory stays bounded whatever the size.
import { Refusal } from "./refusal.ts";

const block = 512;
const largestFile = 8 ** 11 - 1;

export interface TarEntry {
  readonly name: string;
  readonly bytes: number;
}

/** The header block of a file. Names must be ASCII of at most 100 characters, sizes below 8 GB. */
function header({ name, bytes }: TarEntry, modified: Date): Buffer {
  if (!/^[\x20-\x7e]{1,100}$/.test(name))
    throw new Error(`The name ${JSON.stringify(name)} cannot stand in the archive.`);
  if (bytes > largestFile)
    throw new Refusal(`${name} has ${bytes} bytes; a file of a backup can have at most 8 GB.`);
  const buffer = Buffer.alloc(block);
  const put = (text: string, at: number) => buffer.write(text, at, "latin1");
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, "0");
  put(name, 0);
  put(`${octal(0o600, 7)}\0`, 100); // mode
  put(`${octal(0, 7)}\0`, 108); // user
  put(`${octal(0, 7)}\0`, 116); // group
  put(`${octal(bytes, 11)}\0`, 124);
  put(`${octal(Math.floor(modified.getTime() / 1000), 11)}\0`, 136);
  put("        ", 148); // the checksum counts as spaces while it is summed up
  put("0", 156); // a plain file
  put("ustar\0", 257);
  put("00", 263);
  put(`${octal(sum(buffer), 6)}\0 `, 148);
  return buffer;
}

function sum(buffer: Uint8Array): number {
  return buffer.reduce((total, byte) => total + byte, 0);
}

/** The chunks of an archive. Each entry's content must have exactly the size that was said. */
export async function* writeTar(
  entries: AsyncIterable<TarEntry & { readonly content: AsyncIterable<Uint8Array> }>,
  modified: Date,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const entry of entries) {
    yield header(entry, modified);
    let written = 0;
    for await (const chunk of entry.content) {
      written += chunk.byteLength;
      yield chunk;
    }
    if (written !== entry.bytes) {
      throw new Error(
        `${entry.name} changed while it was written: ${written} bytes instead of ${entry.bytes}.`,
      );
    }
    yield Buffer.alloc((block - (written % block)) % block);
  }
  yield Buffer.alloc(2 * block);
}

export interface ReadEntry extends TarEntry {
  /** The content; what is not read of it is skipped. */
  readonly content: AsyncIterable<Uint8Array>;
}

/**
 * The entries of an archive, one after the other; each must be done with before the next is asked for.
 * Throws an error whose message says what is wrong, for anything but plain files and for an early end.
 */
export async function* readTar(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<ReadEntry, void, undefined> {
  const reader = new BlockReader(chunks);
  try {
    yield* readEntries(reader);
    await reader.drain();
  } finally {
    await reader.close();
  }
}

async function* readEntries(reader: BlockReader): AsyncGenerator<ReadEntry, void, undefined> {
  for (;;) {
    const head = await reader.read(block);
    if (head.every((byte) => byte === 0)) return;
    const entry = parseHeader(head);
    let left = entry.bytes;
    const content = (async function* () {
      while (left > 0) {
        const chunk = await reader.readSome(left);
        left -= chunk.byteLength;
        yield chunk;
      }
    })();
    yield { ...entry, content };
    while (left > 0) left -= (await reader.readSome(left)).byteLength;
    await reader.read((block - (entry.bytes % block)) % block);
  }
}

function parseHeader(head: Buffer): TarEntry {
  const text = (from: number, to: number) =>
    head.subarray(from, to).toString("latin1").split("\0", 1)[0]?.trim() ?? "";
  const expected = Number.parseInt(text(148, 156), 8);
  const summed = Buffer.from(head);
  summed.fill(0x20, 148, 156);
  if (sum(summed) !== expected) throw new Error("a header's checksum does not fit");
  if (head[156] !== 0x30 && head[156] !== 0) throw new Error("it holds something other than plain files");
  const bytes = Number.parseInt(text(124, 136), 8);
  if (!Number.isSafeInteger(bytes) || bytes < 0) throw new Error("a file's size is no number");
  return { name: text(0, 100), bytes };
}

/** Takes exact or available amounts from a stream of chunks. */
class BlockReader {
  readonly #source: AsyncIterator<Uint8Array>;
  #chunk: Buffer = Buffer.alloc(0);

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#source = chunks[Symbol.asyncIterator]();
  }

  /** Some bytes, at least one and at most `most`. */
  async readSome(most: number): Promise<Buffer> {
    while (this.#chunk.byteLength === 0) {
      const next = await this.#source.next();
      if (next.done) throw new Error("it ends too early");
      this.#chunk = Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength);
    }
    const taken = this.#chunk.subarray(0, most);
    this.#chunk = this.#chunk.subarray(taken.byteLength);
    return taken;
  }

  /** Exactly `bytes` bytes. */
  async read(bytes: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    let left = bytes;
    while (left > 0) {
      const part = await this.readSome(left);
      left -= part.byteLength;
      parts.push(part);
    }
    return Buffer.concat(parts);
  }

  /** Lets go of the stream, wherever it is. */
  async close(): Promise<void> {
    await this.#source.return?.();
  }

  /** Reads to the end, so that the layer below checks its own end mark. */
  async drain(): Promise<void> {
    while (!(await this.#source.next()).done);
  }
}
