// From the bytes of .sxbc to a module as data. The bytes may come from anywhere: what encode.ts would not have
// written is refused with its offset, so that one module has one hash, and time and memory stay in proportion
// to the bytes that are there. Whether the code makes sense is for verify.ts to say.

import { sxError } from "../core/errors.ts";
import { ByteReader } from "./byte-reader.ts";
import type { Capture, Entry, ExtensionUse, Module, PropShape, Proto, ProtoKind } from "./module.ts";
import { PoolReader } from "./pool-reader.ts";
import {
  captureSources,
  entryKinds,
  firstIgnored,
  headerBytes,
  magic,
  propFlags,
  protoFlags,
  protoKindBits,
  sections,
  version,
} from "./sxbc.ts";

const sectionNames: ReadonlyMap<number, keyof typeof sections> = new Map(
  Object.entries(sections).map(([name, id]) => [id, name as keyof typeof sections]), // its own keys
);

/** The least bytes that one item of a section takes. */
const leastBytes: Readonly<Record<keyof typeof sections, number>> = {
  extensions: 9,
  constants: 1,
  protos: 11,
  entries: 5,
  dependencies: 32,
};

/** The module in bytes. Throws a `module/…` error that names the offset of what is wrong with them. */
export function decode(bytes: Uint8Array): Module {
  const reader = new ByteReader(bytes);
  readHeader(reader);
  let extensions: ExtensionUse[] = [];
  let constants: unknown[] = [];
  let protos: Proto[] = [];
  let entries: Entry[] = [];
  let dependencies: string[] = [];
  let last = 0;
  while (reader.left > 0) {
    const { id, end, offset } = readSectionHead(reader, last);
    last = id;
    reader.end = end;
    switch (sectionNames.get(id)) {
      case "extensions":
        extensions = readItems(reader, "extensions", readExtension);
        break;
      case "constants": {
        const pool = new PoolReader(reader);
        constants = readItems(reader, "constants", () => pool.read());
        break;
      }
      case "protos":
        protos = readItems(reader, "protos", readProto);
        break;
      case "entries":
        entries = readItems(reader, "entries", readEntry);
        break;
      case "dependencies":
        dependencies = readItems(reader, "dependencies", readHash);
        checkOrder(dependencies, (hash) => hash, "the dependencies", offset);
        break;
      case undefined:
        reader.at = end;
    }
    if (reader.left > 0) throw badSection(id, `has ${reader.left} bytes after its last item`, offset);
    reader.end = bytes.length;
  }
  checkOrder(extensions, (use) => use.base, "the extensions", headerBytes);
  const module = { constants, protos, entries, dependencies };
  return extensions.length > 0 ? { ...module, extensions } : module;
}

function readHeader(reader: ByteReader): void {
  if (reader.left < headerBytes || magic.some((letter) => letter !== reader.u8("the header")))
    throw sxError("module/not-sxbc", {});
  const major = reader.u8("the version");
  if (major !== version.major)
    throw sxError("module/wrong-version", { expected: version.major, found: major });
  reader.u8("the version"); // a higher minor version only adds sections that may be passed over
  const flags = reader.u16("the flags");
  if (flags !== 0)
    throw sxError("module/bad-record", { what: "the header", problem: badFlags(flags), offset: 6 });
}

function badFlags(flags: number): string {
  return `has the flags ${flags.toString(16)}, which mean nothing`;
}

function readSectionHead(reader: ByteReader, last: number): { id: number; end: number; offset: number } {
  const offset = reader.at;
  const id = reader.u8("a section");
  if (!sectionNames.has(id) && id < firstIgnored) throw badSection(id, "is not known", offset);
  if (id === last) throw badSection(id, "stands there twice", offset);
  if (id < last) throw badSection(id, `stands after section ${showId(last)}`, offset);
  const length = reader.u32("a section");
  reader.expect(length, 1, `section ${showId(id)}`);
  return { id, end: reader.at + length, offset };
}

function showId(id: number): string {
  return id.toString(16).padStart(2, "0");
}

function badSection(id: number, problem: string, offset: number): Error {
  return sxError("module/bad-section", { section: showId(id), problem, offset });
}

/** The items of a section. One without any would have been left out. */
function readItems<T>(
  reader: ByteReader,
  section: keyof typeof sections,
  readItem: (reader: ByteReader) => T,
): T[] {
  const offset = reader.at;
  const count = section === "extensions" ? reader.u8("a count") : reader.u16("a count");
  if (count === 0) throw badSection(sections[section], "is empty", offset);
  reader.expect(count, leastBytes[section], `the ${count} ${section}`);
  return readMany(count, () => readItem(reader));
}

function readMany<T>(count: number, readOne: () => T): T[] {
  const items: T[] = [];
  for (let i = 0; i < count; i++) items.push(readOne());
  return items;
}

function checkOrder<T>(
  items: readonly T[],
  keyOf: (item: T) => string | number,
  what: string,
  offset: number,
) {
  for (const [index, item] of items.entries()) {
    const before = items[index - 1];
    if (before !== undefined && keyOf(before) >= keyOf(item))
      throw sxError("module/bad-record", { what, problem: "are not in ascending order", offset });
  }
}

function readExtension(reader: ByteReader): ExtensionUse {
  const offset = reader.at;
  const name = readShortText(reader, "an extension");
  const version = reader.u16("an extension");
  const base = reader.u8("an extension");
  const count = reader.u8("an extension");
  const ops = readMany(count, () => ({
    id: reader.u8("an operation"),
    name: readShortText(reader, "an operation"),
  }));
  if (count === 0)
    throw sxError("module/bad-record", { what: "an extension", problem: "is not used", offset });
  checkOrder(ops, (op) => op.id, "the operations of an extension", offset);
  return { name, version, base, ops };
}

function readShortText(reader: ByteReader, what: string): string {
  const offset = reader.at;
  const text = reader.text(reader.u16(what), what);
  if (text === null)
    throw sxError("module/bad-record", { what, problem: "has a name that is not UTF-8", offset });
  return text;
}

function readProto(reader: ByteReader): Proto {
  const offset = reader.at;
  const name = reader.u16("a proto");
  const required = reader.u8("a proto");
  const flags = reader.u8("a proto");
  const kind = protoKinds.get(flags & 0xf0);
  if (kind === undefined)
    throw sxError("module/bad-record", { what: "a proto", problem: badFlags(flags), offset });
  const readList = <T>(readOne: (reader: ByteReader) => T, flagged: boolean): T[] => {
    const count = reader.u8("a proto");
    if (flagged && count === 0)
      throw sxError("module/bad-record", {
        what: "a proto",
        problem: "announces a list that is empty",
        offset,
      });
    return readMany(count, () => readOne(reader));
  };
  const props = flags & protoFlags.props ? readList(readProp, true) : [];
  const env = flags & protoFlags.env ? readList((at) => at.u16("an implicit parameter"), true) : [];
  const slots = reader.u8("a proto");
  const cells = readList((at) => at.u8("a cell"), false);
  const captures = readList(readCapture, false);
  const code = reader.slice(reader.u32("code"), "code");
  const rest = (flags & protoFlags.rest) !== 0;
  const attrs = (flags & protoFlags.attrs) !== 0;
  return { name, kind, required, rest, props, env, attrs, slots, cells, captures, code };
}

const protoKinds: ReadonlyMap<number, ProtoKind> = new Map(
  Object.entries(protoKindBits).map(([kind, bits]) => [bits, kind as ProtoKind]), // its own keys
);

function readProp(reader: ByteReader): PropShape {
  const offset = reader.at;
  const name = reader.u16("a prop");
  const flags = reader.u8("a prop");
  if (flags > (propFlags.required | propFlags.fallback | propFlags.typed))
    throw sxError("module/bad-record", { what: "a prop", problem: badFlags(flags), offset });
  const type = flags & propFlags.typed ? reader.u16("a prop") : -1;
  return {
    name,
    type,
    required: (flags & propFlags.required) !== 0,
    fallback: (flags & propFlags.fallback) !== 0,
  };
}

function readCapture(reader: ByteReader): Capture {
  const offset = reader.at;
  const from = captureSources[reader.u8("a capture")];
  const index = reader.u8("a capture");
  if (from === undefined)
    throw sxError("module/bad-record", { what: "a capture", problem: "is from nowhere known", offset });
  return { from, index };
}

function readEntry(reader: ByteReader): Entry {
  const offset = reader.at;
  const name = reader.u16("an entry");
  const proto = reader.u16("an entry");
  const kind = entryKinds[reader.u8("an entry")];
  if (kind === undefined)
    throw sxError("module/bad-record", { what: "an entry", problem: "is of no known kind", offset });
  return { name, proto, kind };
}

function readHash(reader: ByteReader): string {
  return reader.hexadecimal(32, "a dependency");
}
