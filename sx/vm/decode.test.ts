// The loader on bytes that nobody can trust: each spelling that the encoder does not use is refused with its kind,
// claims of length are looked at before anything is made for them, and bytes changed at random are read or refused.
// ROSE_ASH_LAW_PROGRAMS says how many of those.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { deepestNesting } from "../core/form.ts";
import { Keyword, SxSymbol } from "../core/values.ts";
import { decode } from "./decode.ts";
import { encode } from "./encode.ts";
import { HashReference } from "./module.ts";
import { moduleOf, proto } from "./test/assembler.ts";
import { checkChanged } from "./test/changed-bytes.ts";
import { randomModule } from "./test/random-module.ts";

const runs = Number(process.env.ROSE_ASH_LAW_PROGRAMS ?? 10_000);

const header = "53584243 01 00 0000";

function bytesOf(hexadecimal: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hexadecimal.replaceAll(/\s/g, ""), "hex"));
}

/** A section with its right length. */
function section(id: number, payload: string): string {
  const bytes = bytesOf(payload);
  return `${id.toString(16).padStart(2, "0")} ${bytes.length.toString(16).padStart(8, "0")} ${payload}`;
}

/** A module of these constants alone, as hexadecimal. */
function pool(count: number, constants: string): string {
  return `${header} ${section(2, `${count.toString(16).padStart(4, "0")} ${constants}`)}`;
}

const a = "00000001 61";
const hashes = ["00", "11"].map((byte) => byte.repeat(32));

const refused: readonly (readonly [what: string, kind: string, hexadecimal: string])[] = [
  ["nothing", "module/not-sxbc", ""],
  ["another file", "module/not-sxbc", "0061736d 01000000"],
  ["a header cut short", "module/not-sxbc", "53584243 01"],
  ["another major version", "module/wrong-version", "53584243 02 00 0000"],
  ["flags in the header", "module/bad-record", "53584243 01 00 0001"],
  ["a section of no known kind", "module/bad-section", `${header} ${section(0x7f, "00")}`],
  ["section 0", "module/bad-section", `${header} ${section(0, "00")}`],
  ["a section twice", "module/bad-section", `${pool(1, "00")} ${section(2, "0001 00")}`],
  [
    "sections out of order",
    "module/bad-section",
    `${header} ${section(5, `0001 ${hashes[0]}`)} ${section(2, "0001 00")}`,
  ],
  [
    "an ignored section before a known one",
    "module/bad-section",
    `${header} ${section(0x80, "")} ${section(2, "0001 00")}`,
  ],
  ["an empty section", "module/bad-section", pool(0, "")],
  ["bytes after the last item", "module/bad-section", pool(1, "00 00")],
  ["a section longer than the file", "module/truncated", `${header} 02 ffffffff 0001 00`],
  ["a section without its length", "module/truncated", `${header} 02 0000`],
  ["more constants than bytes", "module/truncated", pool(65_535, "00")],
  ["a string longer than its section", "module/truncated", pool(1, "04 ffffffff 61")],
  ["a list longer than its section", "module/truncated", pool(1, "07 ffffffff 00")],
  ["a dict longer than its section", "module/truncated", pool(1, "08 40000000 00000000 00")],
  ["a number cut short", "module/truncated", pool(1, "03 3ff0")],
  [
    "code longer than its section",
    "module/truncated",
    `${header} ${section(3, "0001 0000 00 20 00 00 00 ffffffff 32")}`,
  ],
  ["a hash cut short", "module/truncated", `${header} ${section(5, `0001 ${"00".repeat(31)}`)}`],
  ["a constant of no known kind", "module/bad-constant", pool(1, "0b")],
  ["a minus zero", "module/bad-constant", pool(1, "03 8000000000000000")],
  ["another NaN", "module/bad-constant", pool(1, "03 7ff8000000000001")],
  ["a NaN with a sign", "module/bad-constant", pool(1, "03 fff8000000000000")],
  ["a string that is not UTF-8", "module/bad-constant", pool(1, "04 00000001 ff")],
  ["half of a surrogate pair", "module/bad-constant", pool(1, "04 00000003 eda080")],
  ["an index as a constant of its own", "module/bad-constant", pool(2, `04 ${a} 0a 0000`)],
  ["an index of a later constant", "module/bad-constant", pool(2, `07 00000001 0a 0001 04 ${a}`)],
  ["an index of itself", "module/bad-constant", pool(1, "07 00000001 0a 0000")],
  ["an index of a list", "module/bad-constant", pool(2, "07 00000000 07 00000001 0a 0000")],
  ["an index of a repetition", "module/bad-constant", pool(3, `04 ${a} 04 ${a} 07 00000001 0a 0001`)],
  ["a string again where its index would do", "module/bad-constant", pool(2, `04 ${a} 07 00000001 04 ${a}`)],
  ["a hash inside a list", "module/bad-constant", pool(1, `07 00000001 09 ${hashes[0]} 0000`)],
  ["a key twice", "module/bad-constant", pool(1, `08 00000002 ${a} 00 ${a} 00`)],
  ["the key __proto__", "module/bad-constant", pool(1, "08 00000001 00000009 5f5f70726f746f5f5f 00")],
  [
    "keys that cannot stand in this order",
    "module/bad-constant",
    pool(1, `08 00000002 ${a} 00 00000001 31 00`),
  ],
  [
    "a proto of no known kind",
    "module/bad-record",
    `${header} ${section(3, "0001 0000 00 30 00 00 00 00000000")}`,
  ],
  [
    "a proto with props and none of them",
    "module/bad-record",
    `${header} ${section(3, "0001 0000 00 12 00 00 00 00 00000000")}`,
  ],
  [
    "flags of a prop",
    "module/bad-record",
    `${header} ${section(3, "0001 0000 00 12 01 0000 08 00 00 00 00000000")}`,
  ],
  [
    "a capture from nowhere",
    "module/bad-record",
    `${header} ${section(3, "0001 0000 00 20 00 00 01 03 00 00000000")}`,
  ],
  ["an entry of no known kind", "module/bad-record", `${header} ${section(4, "0001 0000 0000 05")}`],
  [
    "dependencies out of order",
    "module/bad-record",
    `${header} ${section(5, `0002 ${hashes[1]} ${hashes[0]}`)}`,
  ],
  ["a dependency twice", "module/bad-record", `${header} ${section(5, `0002 ${hashes[1]} ${hashes[1]}`)}`],
  [
    "an extension that is not used",
    "module/bad-record",
    `${header} ${section(1, "01 0003 616263 0001 c8 00")}`,
  ],
  [
    "an extension's name that is not UTF-8",
    "module/bad-record",
    `${header} ${section(1, "01 0001 ff 0001 c8 01 c8 0001 61")}`,
  ],
  [
    "an extension twice",
    "module/bad-record",
    `${header} ${section(1, `02 ${"0001 61 0001 c8 01 c8 0001 61".repeat(2)}`)}`,
  ],
];

for (const [what, kind, hexadecimal] of refused) {
  test(`${what} is refused as ${kind}`, () => assert.throws(() => decode(bytesOf(hexadecimal)), { kind }));
}

test("an error names the byte it stands at", () => {
  assert.throws(() => decode(bytesOf(pool(2, "00 0b"))), {
    message: "the constant at byte 16 is of the unknown kind 11",
  });
});

test("a module cut short anywhere is refused", () => {
  const module = moduleOf([proto([["NIL"], ["RETURN"]])], {
    constants: [["a", { b: 1 }], new Keyword("k"), new HashReference(hashes[1] ?? "", 1)],
    dependencies: [hashes[1] ?? ""],
  });
  const bytes = encode(module);
  const whole = [8]; // after the header and after each section a module might have ended
  for (let at = 8; at < bytes.length; ) {
    at += 5 + new DataView(bytes.buffer).getUint32(at + 1);
    whole.push(at);
  }
  for (let length = 0; length < bytes.length; length++) {
    if (whole.includes(length)) decode(bytes.slice(0, length));
    else assert.throws(() => decode(bytes.slice(0, length)), { kind: /^module\// });
  }
});

test("sections that may be passed over are, and a higher minor version", () => {
  const text = `53584243 01 07 0000 ${section(2, "0001 02")} ${section(0x80, "ffff")} ${section(0xff, "")}`;
  assert.deepEqual(decode(bytesOf(text)), { constants: [true], protos: [], entries: [], dependencies: [] });
});

test("nesting costs no stack, and has an end", () => {
  const lists = (depth: number) => pool(1, `${"07 00000001".repeat(depth - 1)} 07 00000000`);
  assert.equal(decode(bytesOf(lists(deepestNesting))).constants.length, 1);
  assert.throws(() => decode(bytesOf(lists(deepestNesting + 1))), { kind: "module/bad-constant" });
  assert.throws(() => decode(bytesOf(lists(1_000_000))), { kind: "module/bad-constant" });
});

test("a buffer of Node's is read like any bytes, and can be written over afterwards", () => {
  const module = moduleOf([proto([["NIL"], ["RETURN"]])], { constants: [1.5, [2]] });
  const buffer = Buffer.from(encode(module));
  const decoded = decode(buffer);
  buffer.fill(0xee);
  assert.deepEqual(encode(decoded), encode(module));
});

test("bytes inside of a larger buffer are read as they stand", () => {
  const bytes = encode(moduleOf([proto([["NIL"], ["RETURN"]])]));
  const larger = new Uint8Array(bytes.length + 20).fill(0xee);
  larger.set(bytes, 7);
  const module = decode(larger.subarray(7, 7 + bytes.length));
  larger.fill(0);
  assert.deepEqual(encode(module), bytes, "and nothing of the buffer is kept");
});

test("bytes changed at random are read as what they spell, or refused", () => {
  checkChanged(fc.oneof(randomModule.map(encode), fc.uint8Array({ maxLength: 60 }).map(withMagic)), runs);
});

function withMagic(rest: Uint8Array): Uint8Array {
  return Uint8Array.from([...bytesOf(header), ...rest]);
}

test("symbols and keywords of a text that is also a string are told apart", () => {
  const constants = ["a", new SxSymbol("a"), new Keyword("a"), ["a", new Keyword("a"), new SxSymbol("a")]];
  const module = { constants, protos: [], entries: [], dependencies: [] };
  assert.deepEqual(decode(encode(module)), module);
});
