// SHA-256 (FIPS 180-4) in plain TypeScript, because content addresses are computed in browsers too, at once
// and not through a promise. For hashing definitions and data; not for secrets (it takes no care of timing).

// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
const roundConstants = fractionBits(64, (prime) => Math.cbrt(prime));
// The same of the square roots of the first 8: the state to start from.
const startState = fractionBits(8, (prime) => Math.sqrt(prime));

function fractionBits(count: number, root: (prime: number) => number): Int32Array {
  const bits = new Int32Array(count);
  let found = 0;
  for (let n = 2; found < count; n++) {
    let prime = true;
    for (let divisor = 2; divisor * divisor <= n; divisor++) if (n % divisor === 0) prime = false;
    if (!prime) continue;
    bits[found++] = ((root(n) % 1) * 2 ** 32) | 0;
  }
  return bits;
}

/** The SHA-256 of bytes, or of a text's UTF-8, as 64 lower-case hex digits. Lone surrogates count as U+FFFD. */
export function sha256(input: string | Uint8Array): string {
  const bytes = typeof input === "string" ? new TextEncoder().encode(input) : input;
  const state = Int32Array.from(startState);
  const schedule = new Int32Array(64);
  const whole = bytes.length - (bytes.length % 64);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let offset = 0; offset < whole; offset += 64) absorb(view, offset, state, schedule);
  const tail = padded(bytes.subarray(whole), bytes.length);
  for (let offset = 0; offset < tail.byteLength; offset += 64) absorb(tail, offset, state, schedule);
  return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

/** The last bytes, a 1 bit, zeros, and the length of the whole in bits as 64 bits: one block or two. */
function padded(rest: Uint8Array, totalBytes: number): DataView {
  const block = new Uint8Array(rest.length < 56 ? 64 : 128);
  block.set(rest);
  block[rest.length] = 0x80;
  const view = new DataView(block.buffer);
  view.setUint32(block.length - 8, Math.floor(totalBytes / 2 ** 29));
  view.setUint32(block.length - 4, (totalBytes << 3) >>> 0);
  return view;
}

function rotate(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

/** One round of the compression function: mixes the 64 bytes at `offset` into `state`. */
function absorb(view: DataView, offset: number, state: Int32Array, schedule: Int32Array): void {
  for (let i = 0; i < 16; i++) schedule[i] = view.getInt32(offset + i * 4);
  for (let i = 16; i < 64; i++) {
    const early = schedule[i - 15] as number; // in range, as is each index below
    const late = schedule[i - 2] as number;
    const mixedEarly = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
    const mixedLate = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
    schedule[i] = ((schedule[i - 16] as number) + mixedEarly + (schedule[i - 7] as number) + mixedLate) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (let i = 0; i < 64; i++) {
    const choice = (e & f) ^ (~e & g);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const sumE = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const sumA = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const first = (h + sumE + choice + (roundConstants[i] as number) + (schedule[i] as number)) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + sumA + majority) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => {
    state[i] = ((state[i] as number) + word) | 0;
  });
}
