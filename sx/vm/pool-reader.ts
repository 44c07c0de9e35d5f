// The constants of a module, read from its bytes: one after the other, lists and dicts on a stack of its own, so
// that nesting costs no JavaScript stack. Each constant has one spelling; any other is refused.

import { sxError } from "../core/errors.ts";
import { deepestNesting } from "../core/form.ts";
import { type Dict, Keyword, SxSymbol, type Value } from "../core/values.ts";
import type { ByteReader } from "./byte-reader.ts";
import { HashReference } from "./module.ts";
import { tags } from "./sxbc.ts";

/** A list or dict that is being read. */
interface Open {
  readonly items: Value[];
  /** Of a dict, as many as items once a value has been read; null for a list. */
  readonly keys: string[] | null;
  readonly count: number;
  readonly offset: number;
}

/** What stands for a value that is not there yet, because its parts come first. */
const opened = Symbol("opened");

export class PoolReader {
  private readonly reader: ByteReader;
  /** The strings, symbols and keywords so far, by index; holes are other constants. */
  private readonly names: Value[] = [];
  /** Where each of them stands first, by tag and text. */
  private readonly places = new Map<string, number>();
  private count = 0;
  private open: Open[] = [];

  constructor(reader: ByteReader) {
    this.reader = reader;
  }

  /** The next constant of the pool. */
  read(): Value {
    const offset = this.reader.at;
    const tag = this.reader.u8("a constant");
    const value = tag === tags.hash ? this.readReference() : this.readWhole(tag, offset);
    const text = textOf(value);
    if (text !== null) {
      this.names[this.count] = value;
      const key = `${tag} ${text}`;
      if (!this.places.has(key)) this.places.set(key, this.count);
    }
    this.count++;
    return value;
  }

  private readReference(): HashReference {
    return new HashReference(this.reader.hexadecimal(32, "a reference"), this.reader.u16("a reference"));
  }

  private readWhole(tag: number, offset: number): Value {
    let value = this.begin(tag, offset);
    for (let top = this.open.at(-1); top; top = this.open.at(-1)) {
      if (value !== opened) top.items.push(value);
      if (top.items.length === top.count) {
        this.open.pop();
        value = close(top);
      } else {
        if (top.keys) top.keys.push(this.readKey());
        const at = this.reader.at;
        value = this.begin(this.reader.u8("a constant"), at);
      }
    }
    return value;
  }

  /** An atom, or `opened` for a list or dict whose parts come now. */
  private begin(tag: number, offset: number): Value {
    switch (tag) {
      case tags.nil:
        return null;
      case tags.false:
        return false;
      case tags.true:
        return true;
      case tags.number:
        return this.readNumber(offset);
      case tags.string:
      case tags.symbol:
      case tags.keyword:
        return this.readName(tag, offset);
      case tags.list:
        return this.openWhole(null, 1, offset);
      case tags.dict:
        return this.openWhole([], 5, offset);
      case tags.constant:
        return this.readEarlier(offset);
      default:
        throw bad(`is of the unknown kind ${tag}`, offset);
    }
  }

  private readNumber(offset: number): number {
    const bits = new DataView(this.reader.slice(8, "a number").buffer);
    const number = bits.getFloat64(0);
    if (Object.is(number, -0)) throw bad("is a minus zero", offset);
    if (Number.isNaN(number) && bits.getBigUint64(0) !== 0x7ff8n << 48n)
      throw bad("is a NaN of other bits than the one there is", offset);
    return number;
  }

  private readName(tag: number, offset: number): Value {
    const text = this.readText(offset);
    if (this.open.length > 0 && this.places.has(`${tag} ${text}`))
      throw bad("stands in the pool already, and should be named by its index", offset);
    if (tag === tags.string) return text;
    return tag === tags.symbol ? new SxSymbol(text) : new Keyword(text);
  }

  private readText(offset: number): string {
    const text = this.reader.text(this.reader.u32("a text"), "a text");
    if (text === null) throw bad("is a text that is not UTF-8", offset);
    return text;
  }

  private readKey(): string {
    const offset = this.reader.at;
    const key = this.readText(offset);
    if (key === "__proto__") throw bad("is the key __proto__", offset);
    return key;
  }

  private openWhole(keys: string[] | null, bytesEach: number, offset: number): Value {
    if (this.open.length >= deepestNesting) throw bad(`is nested more than ${deepestNesting} deep`, offset);
    const count = this.reader.u32("a count");
    this.reader.expect(count, bytesEach, keys ? "a dict" : "a list");
    this.open.push({ items: [], keys, count, offset });
    return opened;
  }

  /** A string, symbol or keyword that the pool has already. */
  private readEarlier(offset: number): Value {
    if (this.open.length === 0) throw bad("is only another constant's index", offset);
    const index = this.reader.u16("a constant");
    const value = this.names[index];
    const text = textOf(value);
    if (text === null) throw bad(`names constant ${index}, which is no text before it`, offset);
    const tag =
      typeof value === "string" ? tags.string : value instanceof SxSymbol ? tags.symbol : tags.keyword;
    if (this.places.get(`${tag} ${text}`) !== index) throw bad("names a repetition, not the first", offset);
    return value;
  }
}

function textOf(value: Value): string | null {
  if (typeof value === "string") return value;
  return value instanceof SxSymbol || value instanceof Keyword ? value.name : null;
}

function close({ items, keys, offset }: Open): Value {
  if (!keys) return items;
  const dict: Dict = {};
  for (const [index, key] of keys.entries()) dict[key] = items[index];
  const inOrder = Object.keys(dict);
  if (inOrder.length < keys.length) throw bad("is a dict with a key that stands twice", offset);
  if (inOrder.some((key, index) => key !== keys[index]))
    throw bad("is a dict with its keys out of order", offset);
  return dict;
}

function bad(problem: string, offset: number): Error {
  return sxError("module/bad-constant", { problem, offset });
}
