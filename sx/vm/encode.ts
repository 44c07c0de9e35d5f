// From a module as data to the bytes of .sxbc: equal modules give equal bytes, on every machine, so that the
// hash of the bytes names the module. Nothing depends on identity, places in source or the order of work.
// The layout is in sxbc.ts and README.md; the way back is decode.ts.

import { sxError } from "../core/errors.ts";
import { deepestNesting } from "../core/form.ts";
import { isDict, Keyword, SxSymbol, type Value } from "../core/values.ts";
import { ByteWriter } from "./byte-writer.ts";
import {
  type Capture,
  type Entry,
  type ExtensionUse,
  HashReference,
  type Module,
  type PropShape,
  type Proto,
} from "./module.ts";
import {
  canonicalNumber,
  captureSources,
  entryKinds,
  largestByte,
  largestShort,
  magic,
  propFlags,
  protoFlags,
  protoKindBits,
  sections,
  tags,
  version,
} from "./sxbc.ts";

/**
 * The .sxbc of a module. Throws `module/not-data` for a constant that cannot travel, and `module/too-large`
 * where the format has no room.
 */
export function encode(module: Module): Uint8Array {
  const out = new ByteWriter();
  out.bytes(magic);
  out.u8(version.major);
  out.u8(version.minor);
  out.u16(0);
  const { extensions = [], constants, protos, entries, dependencies } = module;
  writeSection(out, sections.extensions, extensions, "extensions", largestByte, writeExtension);
  const pool = new PoolWriter(out);
  writeSection(out, sections.constants, constants, "constants", largestShort, (_, value) => pool.add(value));
  writeSection(out, sections.protos, protos, "functions", largestShort, writeProto);
  writeSection(out, sections.entries, entries, "definitions", largestShort, writeEntry);
  writeSection(out, sections.dependencies, dependencies, "dependencies", largestShort, writeHash);
  return out.finish();
}

/** A section with its count and its items; one without items is left out. */
function writeSection<T>(
  out: ByteWriter,
  id: number,
  items: readonly T[],
  what: string,
  limit: number,
  writeItem: (out: ByteWriter, item: T) => void,
): void {
  if (items.length === 0) return;
  checkCount(items.length, what, limit);
  out.u8(id);
  out.sized(() => {
    if (limit === largestByte) out.u8(items.length);
    else out.u16(items.length);
    for (const item of items) writeItem(out, item);
  });
}

function checkCount(found: number, what: string, limit: number): void {
  if (found > limit) throw sxError("module/too-large", { what, limit, found });
}

function writeExtension(out: ByteWriter, { name, version, base, ops }: ExtensionUse): void {
  out.shortText(name);
  out.u16(version);
  out.u8(base);
  out.u8(ops.length);
  for (const op of ops) {
    out.u8(op.id);
    out.shortText(op.name);
  }
}

function writeProto(out: ByteWriter, proto: Proto): void {
  const { props, env, cells, captures, code } = proto;
  checkCount(proto.required, "parameters of one function", largestByte);
  checkCount(props.length, "props of one component", largestByte);
  checkCount(env.length, "implicit parameters of one component", largestByte);
  checkCount(proto.slots, "variables in one function", largestByte);
  checkCount(captures.length, "captured variables of one function", largestByte);
  out.u16(proto.name);
  out.u8(proto.required);
  out.u8(flagsOf(proto));
  if (props.length > 0) {
    out.u8(props.length);
    for (const prop of props) writeProp(out, prop);
  }
  if (env.length > 0) {
    out.u8(env.length);
    for (const name of env) out.u16(name);
  }
  out.u8(proto.slots);
  out.u8(cells.length);
  for (const slot of cells) out.u8(slot);
  out.u8(captures.length);
  for (const capture of captures) writeCapture(out, capture);
  out.sized(() => out.bytes(code));
}

function flagsOf({ kind, rest, props, env, attrs }: Proto): number {
  return (
    protoKindBits[kind] |
    (rest ? protoFlags.rest : 0) |
    (props.length > 0 ? protoFlags.props : 0) |
    (attrs ? protoFlags.attrs : 0) |
    (env.length > 0 ? protoFlags.env : 0)
  );
}

function writeProp(out: ByteWriter, { name, type, required, fallback }: PropShape): void {
  const typed = type >= 0;
  out.u16(name);
  out.u8(
    (required ? propFlags.required : 0) | (fallback ? propFlags.fallback : 0) | (typed ? propFlags.typed : 0),
  );
  if (typed) out.u16(type);
}

function writeCapture(out: ByteWriter, { from, index }: Capture): void {
  out.u8(captureSources.indexOf(from));
  out.u8(index);
}

function writeEntry(out: ByteWriter, { name, proto, kind }: Entry): void {
  out.u16(name);
  out.u16(proto);
  out.u8(entryKinds.indexOf(kind));
}

function writeHash(out: ByteWriter, hash: string): void {
  for (let at = 0; at < 64; at += 2) out.u8(Number.parseInt(hash.slice(at, at + 2), 16));
}

/** A list or dict whose parts are being written. */
interface Open {
  /** Of a dict; null for a list. */
  readonly keys: readonly string[] | null;
  readonly parts: readonly Value[];
  next: number;
}

/** Writes the constants of a pool, one after the other; open lists stand on a stack of its own. */
class PoolWriter {
  private readonly out: ByteWriter;
  /** Where each name stands first, by tag and text. */
  private readonly names = new Map<string, number>();
  private count = 0;

  constructor(out: ByteWriter) {
    this.out = out;
  }

  add(value: Value): void {
    const name = nameOf(value);
    if (name) {
      this.writeName(name.tag, name.text);
      const key = `${name.tag} ${name.text}`;
      if (!this.names.has(key)) this.names.set(key, this.count);
    } else if (value instanceof HashReference) {
      this.out.u8(tags.hash);
      writeHash(this.out, value.hash);
      this.out.u16(value.member);
    } else this.writeData(value);
    this.count++;
  }

  private writeName(tag: number, text: string): void {
    if (!text.isWellFormed()) throw sxError("module/not-data", { found: text });
    this.out.u8(tag);
    this.out.longText(text);
  }

  private writeData(whole: Value): void {
    const open: Open[] = [];
    this.begin(whole, open);
    for (let top = open.at(-1); top; top = open.at(-1)) {
      if (top.next === top.parts.length) {
        open.pop();
        continue;
      }
      const key = top.keys?.[top.next];
      if (key !== undefined) this.writeKey(key);
      this.writePart(top.parts[top.next++], open);
    }
  }

  private writePart(value: Value, open: Open[]): void {
    const name = nameOf(value);
    if (!name) {
      this.begin(value, open);
      return;
    }
    const known = this.names.get(`${name.tag} ${name.text}`);
    if (known === undefined) this.writeName(name.tag, name.text);
    else {
      this.out.u8(tags.constant);
      this.out.u16(known);
    }
  }

  /** Writes an atom whole, and of a list or dict the beginning: its parts are then open. */
  private begin(value: Value, open: Open[]): void {
    const { out } = this;
    if (value === null || value === undefined) out.u8(tags.nil);
    else if (typeof value === "boolean") out.u8(value ? tags.true : tags.false);
    else if (typeof value === "number") {
      out.u8(tags.number);
      out.f64(canonicalNumber(value));
    } else if (Array.isArray(value)) {
      out.u8(tags.list);
      this.open({ keys: null, parts: value, next: 0 }, open);
    } else if (isDict(value)) {
      out.u8(tags.dict);
      this.open({ keys: Object.keys(value), parts: Object.values(value), next: 0 }, open);
    } else throw sxError("module/not-data", { found: value });
  }

  private open(whole: Open, open: Open[]): void {
    if (open.length >= deepestNesting) throw sxError("read/too-deep", { limit: deepestNesting });
    this.out.u32(whole.parts.length);
    open.push(whole);
  }

  private writeKey(key: string): void {
    if (!key.isWellFormed() || key === "__proto__") throw sxError("module/not-data", { found: key });
    this.out.longText(key);
  }
}

/** What strings, symbols and keywords have in common: a tag and a text. */
function nameOf(value: Value): { readonly tag: number; readonly text: string } | null {
  if (typeof value === "string") return { tag: tags.string, text: value };
  if (value instanceof SxSymbol) return { tag: tags.symbol, text: value.name };
  if (value instanceof Keyword) return { tag: tags.keyword, text: value.name };
  return null;
}
