// Bytes of modules with a few changes, for tests of the loader: whatever they became, they are read as what they
// spell or refused with an error of the language, and never bring the host down.

import assert from "node:assert/strict";
import fc from "fast-check";
import { SxError } from "../../core/errors.ts";
import { decode } from "../decode.ts";
import { disassemble, showListing } from "../disassemble.ts";
import { encode } from "../encode.ts";
import { verify } from "../verify.ts";

/** One change: a byte of another value, bytes gone or come, or a length that claims much. */
const change = fc.record({
  kind: fc.constantFrom("set", "flip", "cut", "insert", "copy", "end", "claim"),
  at: fc.nat(0xffff),
  from: fc.nat(0xffff),
  value: fc.nat(0xff),
});

type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function apply(bytes: Uint8Array, { kind, at, from, value }: Change): Uint8Array {
  const list = [...bytes];
  const place = at % (list.length + 1);
  if (kind === "set") list[place] = value;
  if (kind === "flip") list[place] = (list[place] ?? 0) ^ (1 << (value & 7));
  if (kind === "cut") list.splice(place, 1 + (value & 7));
  if (kind === "insert") list.splice(place, 0, value);
  if (kind === "copy") list.splice(place, 0, ...list.slice(from % (list.length + 1)).slice(0, value));
  if (kind === "end") list.length = place;
  if (kind === "claim") list.splice(place, 4, 0xff, 0xff, 0xff, value);
  return Uint8Array.from(list);
}

/** What some work gives, or the error of SX that it was refused with. */
function attempt<T>(work: () => T): T | SxError {
  try {
    return work();
  } catch (error) {
    if (error instanceof SxError) return error;
    throw error;
  }
}

/** Tries changes of some bytes. Gives how many were read all the same, and how many of these verified. */
export function checkChanged(bytes: fc.Arbitrary<Uint8Array>, runs: number): { read: number; sound: number } {
  let read = 0;
  let sound = 0;
  fc.assert(
    fc.property(bytes, fc.array(change, { maxLength: 3 }), (start, changes) => {
      const changed = changes.reduce(apply, start);
      const module = attempt(() => decode(changed));
      if (module instanceof SxError) {
        assert.match(module.kind, /^module\//);
        return;
      }
      read++;
      if (changed[5] === 0 && !hasIgnored(changed)) assert.deepEqual(encode(module), changed, "one spelling");
      assert.equal(typeof showListing(disassemble(module)), "string");
      const verified = attempt(() => verify(module));
      if (verified instanceof SxError) assert.match(verified.kind, /^module\//);
      else sound++;
    }),
    { numRuns: runs },
  );
  assert.ok(read > runs / 20, `of ${runs}, ${read} were read`);
  return { read, sound };
}

function hasIgnored(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at < bytes.length; at += 5 + view.getUint32(at + 1))
    if ((bytes[at] ?? 0) >= 0x80) return true;
  return false;
}
