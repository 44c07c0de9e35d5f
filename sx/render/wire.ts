// The wire: trees as text, one form to a line. What is written is markup and data alone, in one normal form:
// the same tree has the same text on every engine, and text that is parsed and written again is the same.
// The grammar is in README.md; wire-parser.ts reads it, and wire-frame.ts says what may come beside markup.

import { writeAtom, writeKey } from "../core/atom.ts";
import { sxError } from "../core/errors.ts";
import { isKeywordName } from "../core/token.ts";
import { isDict, Keyword, Markup, SxSymbol, TrustedUrl, type Value } from "../core/values.ts";
import { type AttributeValue, type CallNode, Handler, type Node, RawNode } from "./nodes.ts";
import { type Sink, walkNodes } from "./sink.ts";
import { nodesOf } from "./tree.ts";

/** How deep forms may nest, written or read: twice what browsers keep. */
export const deepestWire = 1000;

/**
 * A tree as wire text. Throws `wire/not-serialisable` with the way to a prop that cannot travel, and
 * `wire/too-deep`.
 */
export function writeWire(nodes: readonly Node[]): string {
  const sink = new WireSink(0);
  walkNodes(nodes, sink);
  return sink.written;
}

/** Nodes inside a form that is open already, each after a space. */
export function writeInside(nodes: readonly Node[]): string {
  const sink = new WireSink(1);
  walkNodes(nodes, sink);
  return sink.written;
}

/** A text in its written form. Half a surrogate pair becomes what any encoding makes of it. */
export function writeText(text: string): string {
  return writeAtom(text.toWellFormed()) as string; // texts are atoms
}

class WireSink implements Sink {
  written = "";
  /** How many nodes stand side by side, calls and texts included. */
  nodes = 0;
  /** One of those is text or finished markup. */
  bare = false;
  private depth: number;
  private readonly around: number;

  /** `depth` says how many forms are open around what is written. */
  constructor(depth: number) {
    this.depth = depth;
    this.around = depth;
  }

  open(tag: string): void {
    this.start(`(${tag}`);
  }

  attr(name: string, value: AttributeValue): void {
    this.written += ` :${name} ${writeAttribute(value)}`;
  }

  text(text: string): void {
    if (this.depth === this.around) this.bare = true;
    this.whole(writeText(text));
  }

  raw(html: string): void {
    if (this.depth === this.around) this.bare = true;
    this.whole(writeRaw(html));
  }

  hole(id: string): void {
    this.start(`(sx:hole ${writeText(id)}`);
  }

  call({ name, props, children }: CallNode): void {
    let out = `(${name}`;
    for (const prop of Object.keys(props)) {
      const path = `${name} :${prop}`;
      if (!isKeywordName(prop)) throw sxError("wire/not-serialisable", { path, found: props[prop] });
      out += ` :${prop} ${writeValue(props[prop], path, this.depth + 1)}`;
    }
    children.forEach((child, index) => {
      out += ` ${writeValue(child, `child ${index + 1} of ${name}`, this.depth + 1)}`;
    });
    this.whole(`${out})`);
  }

  close(): void {
    this.written += ")";
    this.depth--;
    if (this.depth === 0) this.written += "\n";
  }

  private start(form: string): void {
    this.count();
    this.written += this.depth === 0 ? form : ` ${form}`;
    this.depth++;
    checkDepth(this.depth);
  }

  private whole(form: string): void {
    this.count();
    this.written += this.depth === 0 ? `${form}\n` : ` ${form}`;
  }

  private count(): void {
    if (this.depth === this.around) this.nodes++;
  }
}

function checkDepth(depth: number): void {
  if (depth >= deepestWire) throw sxError("wire/too-deep", { limit: deepestWire });
}

function writeAttribute(value: AttributeValue): string {
  if (value === true) return "true";
  if (typeof value === "string") return writeText(value);
  return value instanceof RawNode ? writeRaw(value.html) : writeUrl(value);
}

const writeRaw = (html: string): string => `(raw! ${writeText(html)})`;
const writeUrl = ({ url }: TrustedUrl): string => `(trusted-url ${writeText(url)})`;

/** A value as it travels among the props and children of a call. `path` leads to it, for the error. */
function writeValue(value: Value, path: string, depth: number): string {
  checkDepth(depth);
  if (value instanceof Markup) return writeMarkup(value, depth);
  if (value instanceof TrustedUrl) return writeUrl(value);
  if (value instanceof Handler) {
    const data = value.data.map((item, index) => ` ${writeData(item, `${path}[${index}]`, depth + 1)}`);
    return `(sx:handler ${value.address}${data.join("")})`;
  }
  if (value instanceof SxSymbol || value instanceof Keyword)
    return `(quote ${writeData(value, path, depth + 1)})`;
  if (Array.isArray(value)) {
    if (isPlain(value, depth)) return `(quote ${writeData(value, path, depth + 1)})`;
    const items = value.map((item, index) => ` ${writeValue(item, `${path}[${index}]`, depth + 1)}`);
    return `(list${items.join("")})`;
  }
  if (!isDict(value)) return writeData(value, path, depth);
  return `{${eachEntry(value, (key) => writeValue(value[key], `${path}.${key}`, depth + 1))}}`;
}

/** `raw!` and one element or call as themselves; anything else as a fragment, since a bare text would be a string. */
function writeMarkup(markup: Markup, depth: number): string {
  if (markup.raw) return writeRaw(markup.html);
  const sink = new WireSink(depth + 1);
  walkNodes(nodesOf(markup), sink);
  return sink.nodes === 1 && !sink.bare ? sink.written.slice(1) : `(<>${sink.written})`;
}

/** Whether a list holds nothing that `quote` could not. What is no data at all is noticed when it is written. */
function isPlain(value: Value, depth: number): boolean {
  checkDepth(depth);
  if (Array.isArray(value)) return value.every((item) => isPlain(item, depth + 1));
  if (isDict(value)) return Object.values(value).every((item) => isPlain(item, depth + 1));
  return !(value instanceof Markup || value instanceof TrustedUrl || value instanceof Handler);
}

/** Data: what `quote` holds. */
export function writeData(value: Value, path: string, depth: number): string {
  checkDepth(depth);
  if (Array.isArray(value))
    return `(${value.map((item, index) => writeData(item, `${path}[${index}]`, depth + 1)).join(" ")})`;
  if (isDict(value))
    return `{${eachEntry(value, (key) => writeData(value[key], `${path}.${key}`, depth + 1))}}`;
  if (typeof value === "string") return writeText(value);
  const written = writeAtom(value);
  if (written === null || written.startsWith("#"))
    throw sxError("wire/not-serialisable", { path, found: value });
  return written;
}

function eachEntry(dict: Record<string, Value>, write: (key: string) => string): string {
  return Object.keys(dict)
    .map((key) => `${writeKey(key.toWellFormed())} ${write(key)}`)
    .join(" ");
}
