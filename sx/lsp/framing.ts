// The framing of messages on a stream: each is announced by a Content-Length header. At most one message of
// the largest size is ever held; what is too large is skipped, and after anything that is no header the
// reading goes on at the next one. What the messages mean is in connection.ts.

/** What came out of the stream: one message's text, or what was wrong with a stretch of it. */
export type Framed =
  | { readonly kind: "message"; readonly text: string }
  | { readonly kind: "broken"; readonly reason: string };

const longestHeader = 8192;
const endOfHeader = Buffer.from("\r\n\r\n");

/** Takes a stream apart, however it was cut into chunks. */
export class FrameReader {
  private readonly largest: number;
  private header: Buffer = Buffer.alloc(0);
  /** Inside unreadable bytes that were reported already. */
  private lost = false;
  private parts: Buffer[] = [];
  /** Bytes of the present message still to come; 0 while a header is read. */
  private missing = 0;
  private skipping = false;

  /** Messages of more than `largest` bytes are reported and skipped. */
  constructor(largest: number) {
    this.largest = largest;
  }

  /** Takes the next bytes; answers everything they complete, in order. */
  push(chunk: Buffer): Framed[] {
    const found: Framed[] = [];
    let rest = chunk;
    while (rest.length > 0)
      rest = this.missing > 0 ? this.takeBody(rest, found) : this.takeHeader(rest, found);
    return found;
  }

  private takeBody(bytes: Buffer, found: Framed[]): Buffer {
    const part = bytes.subarray(0, this.missing);
    this.missing -= part.length;
    if (!this.skipping) this.parts.push(part);
    if (this.missing === 0) {
      if (!this.skipping) found.push(decode(Buffer.concat(this.parts)));
      this.parts = [];
      this.skipping = false;
    }
    return bytes.subarray(part.length);
  }

  private takeHeader(bytes: Buffer, found: Framed[]): Buffer {
    const before = this.header.length;
    // One byte more than a header may have, so that a longer one is seen to be too long.
    const seen = Buffer.concat([this.header, bytes.subarray(0, longestHeader + 1)]);
    const end = seen.indexOf(endOfHeader);
    if (end < 0 && seen.length <= longestHeader) {
      this.header = seen;
      return bytes.subarray(seen.length - before);
    }
    if (end < 0) {
      this.lose(found, "no header within the first 8192 bytes");
      // A header may have begun in what is dropped: keep as much as one has.
      this.header = seen.subarray(-64);
      return bytes.subarray(seen.length - before);
    }
    this.header = Buffer.alloc(0);
    this.startMessage(seen.toString("latin1", 0, end), found);
    return bytes.subarray(end + endOfHeader.length - before);
  }

  private startMessage(header: string, found: Framed[]): void {
    // Garbage may stand before it, so the last mention counts.
    const length = [...header.matchAll(/content-length:[ \t]*(\d{1,15})[ \t]*(?=\r\n|$)/gi)].at(-1)?.[1];
    const junk = header.split("\r\n").some((line) => !/^content-(?:length|type):/i.test(line));
    if (junk || length === undefined)
      this.lose(found, "a header without Content-Length, or bytes that are no header");
    if (length === undefined) return;
    this.lost = false;
    this.missing = Number(length);
    this.skipping = this.missing > this.largest;
    if (this.skipping) {
      found.push({ kind: "broken", reason: `a message of ${length} bytes; ${this.largest} is the most` });
    } else if (this.missing === 0) found.push({ kind: "message", text: "" });
  }

  /** Reports a stretch that is no header once, however long it is. */
  private lose(found: Framed[], reason: string): void {
    if (!this.lost) found.push({ kind: "broken", reason });
    this.lost = true;
  }
}

function decode(bytes: Buffer): Framed {
  try {
    return { kind: "message", text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return { kind: "broken", reason: "a message that is not UTF-8" };
  }
}

/** A message's text with its header, as the bytes to send. */
export function frame(text: string): Buffer {
  const body = Buffer.from(text, "utf8");
  return Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`, "latin1"), body]);
}
