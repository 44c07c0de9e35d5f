// Modules made at random, for the laws of encoding: every field takes every kind of value that the format has room
// for. Their code is bytes without sense, which is no matter to the encoder.

import fc from "fast-check";
import { Keyword, SxSymbol, type Value } from "../../core/values.ts";
import {
  type Entry,
  type ExtensionUse,
  HashReference,
  type Module,
  type Proto,
  type ProtoKind,
} from "../module.ts";
import { captureSources, entryKinds } from "../sxbc.ts";

/** Records with the prototype that records have. */
const plain = <T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> =>
  fc.record(fields, { noNullPrototype: true });

/** Few names, so that they come again; and any text at all. */
const text = fc.oneof(
  fc.constantFrom("", "a", "fib", "~card", "%child", "toString", "\u0000", "é", "😀", "x".repeat(300)),
  fc.string({ unit: "grapheme", maxLength: 12 }),
);
const key = fc.oneof(text, fc.constantFrom("0", "10", "2", "01", "constructor"));
const hash = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString("hex"));
const short = fc.nat(0xffff);
const byte = fc.nat(0xff);

const atom: fc.Arbitrary<Value> = fc.oneof(
  fc.constantFrom(null, true, false),
  fc.double(),
  fc.integer(),
  text,
  text.map((name) => new SxSymbol(name)),
  text.map((name) => new Keyword(name)),
);

const { data } = fc.letrec<{ data: Value }>((tie) => ({
  data: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    atom,
    fc.array(tie("data"), { maxLength: 4 }),
    fc
      .array(fc.tuple(key, tie("data")), { maxLength: 4 })
      .map((entries) => Object.fromEntries(entries.filter(([name]) => name !== "__proto__"))),
  ),
}));

const reference = fc.tuple(hash, short).map(([digits, member]) => new HashReference(digits, member));

const proto: fc.Arbitrary<Proto> = plain({
  name: short,
  kind: fc.constantFrom<ProtoKind>("function", "component", "block"),
  required: byte,
  rest: fc.boolean(),
  props: fc.array(
    plain({
      name: short,
      type: fc.oneof(fc.constant(-1), short),
      required: fc.boolean(),
      fallback: fc.boolean(),
    }),
    { maxLength: 3 },
  ),
  env: fc.array(short, { maxLength: 3 }),
  attrs: fc.boolean(),
  slots: byte,
  cells: fc.array(byte, { maxLength: 3 }),
  captures: fc.array(plain({ from: fc.constantFrom(...captureSources), index: byte }), { maxLength: 3 }),
  code: fc.uint8Array({ maxLength: 40 }),
});

const entry: fc.Arbitrary<Entry> = plain({
  name: short,
  proto: short,
  kind: fc.constantFrom(...entryKinds),
});

const use: fc.Arbitrary<ExtensionUse> = plain({
  name: text,
  version: short,
  base: byte,
  ops: fc
    .uniqueArray(plain({ id: byte, name: text }), {
      selector: ({ id }) => id,
      minLength: 1,
      maxLength: 3,
    })
    .map((ops) => ops.sort((a, b) => a.id - b.id)),
});

/** Any module that the format has room for. */
export const randomModule: fc.Arbitrary<Module> = fc
  .record({
    constants: fc.array(fc.oneof({ weight: 8, arbitrary: data }, { weight: 1, arbitrary: reference }), {
      maxLength: 8,
    }),
    protos: fc.array(proto, { maxLength: 3 }),
    entries: fc.array(entry, { maxLength: 3 }),
    dependencies: fc.uniqueArray(hash, { maxLength: 3 }).map((hashes) => hashes.sort()),
    extensions: fc
      .uniqueArray(use, { selector: ({ base }) => base, maxLength: 2 })
      .map((uses) => uses.sort((a, b) => a.base - b.base)),
  })
  .map(({ extensions, ...module }) => (extensions.length > 0 ? { ...module, extensions } : module));
