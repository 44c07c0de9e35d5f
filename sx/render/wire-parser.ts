// The wire parser: text of wire.ts back to trees and frames. It knows that grammar and nothing else: no name
// is looked up, nothing is evaluated, and every attribute is decided again as if a program had given it. Text
// comes in pieces of any size (wire-scanner.ts); a form is parsed on a stack of its own, within limits.

import { SxError, sxError } from "../core/errors.ts";
import { findClosingQuote, readEscapes, readNumeral } from "../core/literal.ts";
import { Source } from "../core/source.ts";
import { delimiters, isKeywordName, isSymbolName } from "../core/token.ts";
import { type Dict, Keyword, Markup, SxSymbol, TrustedUrl, type Value } from "../core/values.ts";
import { checkName, decideAttribute, printedName } from "./attributes.ts";
import { decideTextContent, numberText } from "./html.ts";
import {
  type AttributeValue,
  CallNode,
  ElementNode,
  Handler,
  HoleNode,
  type Node,
  RawNode,
} from "./nodes.ts";
import { escapableTextTags, htmlTags, rawTextTags, sharedSvgTags, svgTags, voidTags } from "./tags.ts";
import { TreeMarkup } from "./tree.ts";
import { deepestWire } from "./wire.ts";
import { type Frame, swapModes } from "./wire-frame.ts";
import { type FormText, isSpace, placeIn, type WireLimits, WireScanner } from "./wire-scanner.ts";

/** What the wire carries at top level. */
export type WireForm = Node | Frame;

const usual: WireLimits = { formLength: 1 << 24, depth: deepestWire };

/** A parser that is given text as it arrives. */
export class WireParser {
  private readonly scanner: WireScanner;

  constructor(limits: Partial<WireLimits> = {}) {
    this.scanner = new WireScanner({ ...usual, ...limits });
  }

  /** The forms that are whole now. Throws an SxError of kind `wire/…` with line and column in all the text so far. */
  push(text: string): WireForm[] {
    return this.parse(this.scanner.push(text));
  }

  /** The form that only the end of the text completed, if any. Throws `wire/unclosed` where one is cut off. */
  end(): WireForm[] {
    return this.parse(this.scanner.end());
  }

  private parse(texts: readonly FormText[]): WireForm[] {
    return texts.flatMap((text) => new FormParser(text).run());
  }
}

/** The forms of a whole text. */
export function parseWire(text: string, limits: Partial<WireLimits> = {}): WireForm[] {
  const parser = new WireParser(limits);
  return [...parser.push(text), ...parser.end()];
}

/** The tree of a text that holds markup alone. */
export function parseNodes(text: string, limits: Partial<WireLimits> = {}): Node[] {
  return parseWire(text, limits).map((form) => {
    if (isFrame(form)) throw sxError("wire/unexpected", { expected: "markup", found: `sx:${form.frame}` });
    return form;
  });
}

export function isFrame(form: WireForm): form is Frame {
  return typeof form === "object" && "frame" in form;
}

/** What may stand in a place. */
type Want = "form" | "node" | "attribute" | "value" | "data" | "string" | "address" | "mode";

const wanted: Readonly<Record<Want, string>> = {
  form: "markup or a frame",
  node: "an element, a component, a text, raw!, <> or sx:hole",
  attribute: "a string, true, trusted-url or raw!",
  value: "data, markup, quote, list, trusted-url or sx:handler",
  data: "data",
  string: "a string",
  address: "an address @h:…",
  mode: `one of ${[...swapModes].join(", ")}`,
};

const nameWanted = "a name after the colon";

interface Plan {
  /** What comes first, one of each. */
  readonly first: readonly Want[];
  /** What may follow any number of times. */
  readonly rest: Want | null;
}

const markupHeads: Readonly<Record<string, Plan>> = {
  "<>": { first: [], rest: "node" },
  "raw!": { first: ["string"], rest: null },
  "sx:hole": { first: ["string"], rest: "node" },
};
const frameHeads: Readonly<Record<string, Plan>> = {
  "sx:swap": { first: ["string", "mode"], rest: "node" },
  "sx:fill": { first: ["string"], rest: "node" },
  "sx:signal": { first: ["string", "data"], rest: null },
  "sx:head": { first: [], rest: "node" },
  "sx:need": { first: [], rest: "address" },
  "sx:fail": { first: ["string", "data"], rest: null },
  "sx:end": { first: [], rest: null },
};
const urlHead: Readonly<Record<string, Plan>> = { "trusted-url": { first: ["string"], rest: null } };

const headsFor: Readonly<Record<Want, Readonly<Record<string, Plan>>>> = {
  form: { ...markupHeads, ...frameHeads },
  node: markupHeads,
  attribute: { ...urlHead, "raw!": { first: ["string"], rest: null } },
  value: {
    ...markupHeads,
    ...urlHead,
    quote: { first: ["data"], rest: null },
    list: { first: [], rest: "value" },
    "sx:handler": { first: ["address"], rest: "data" },
  },
  data: {},
  string: {},
  address: {},
  mode: {},
};

const elementPlan: Plan = { first: [], rest: "node" };
const callPlan: Plan = { first: [], rest: "value" };
const dataPlan: Plan = { first: [], rest: "data" };

/** A form that is not closed yet. */
interface Open {
  readonly start: number;
  /** What its own place wants. */
  readonly want: Want;
  /** A tag, a `~name`, a word of the grammar; "" for a list of data, "{" for a dict. */
  readonly head: string;
  readonly plan: Plan;
  readonly items: Value[];
  readonly attributes: (readonly [string, AttributeValue])[];
  /** Names of attributes that stand there already, as they are printed. */
  readonly names: Set<string>;
  readonly props: Dict;
  /** The keyword or key whose value comes next. */
  key: string | null;
}

/** One form, from its text. */
class FormParser {
  private readonly form: FormText;
  private readonly source: Source;
  private readonly text: string;
  private at = 0;
  private readonly open: Open[] = [];
  private readonly done: WireForm[] = [];

  constructor(form: FormText) {
    this.form = form;
    this.text = form.text;
    this.source = new Source("<wire>", form.text);
  }

  run(): WireForm[] {
    for (let code = this.next(); code >= 0; code = this.next()) {
      if (code === 40) this.openList();
      else if (code === 123) this.openDict();
      else if (code === 41 || code === 125) this.close(code);
      else if (code === 34) this.readString();
      else this.readWord();
    }
    return this.done;
  }

  /** The code of the next character that is no white space; -1 at the end. */
  private next(): number {
    while (isSpace(this.text.charCodeAt(this.at))) this.at++;
    return this.at < this.text.length ? this.text.charCodeAt(this.at) : -1;
  }

  /** What the innermost open form wants next. */
  private want(): Want | null {
    const open = this.open.at(-1);
    if (!open) return "form";
    if (open.head === "{") return open.key === null ? null : (open.plan.rest as Want); // dicts have values
    if (open.key !== null) return isComponent(open.head) ? "value" : "attribute";
    return open.plan.first[open.items.length] ?? open.plan.rest;
  }

  private openList(): void {
    const start = this.at++;
    const want = this.wantOr("nothing more", start);
    if (want === "data") return this.begin(start, want, "", dataPlan);
    this.next();
    const end = wordEnd(this.text, this.at);
    const head = this.text.slice(this.at, end);
    const plan = Object.hasOwn(headsFor[want], head) ? headsFor[want][head] : this.markupPlan(want, head);
    if (!plan) throw this.unexpected(wanted[want], head === "" ? "a list" : `the list (${head} …)`, start);
    this.at = end;
    this.begin(start, want, head, plan);
  }

  private markupPlan(want: Want, head: string): Plan | undefined {
    if (want !== "form" && want !== "node" && want !== "value") return undefined;
    if (isComponent(head)) return callPlan;
    return htmlTags.has(head) || svgTags.has(head) || sharedSvgTags.has(head) ? elementPlan : undefined;
  }

  private openDict(): void {
    const start = this.at++;
    const want = this.wantOr("nothing more", start);
    if (want !== "value" && want !== "data") throw this.unexpected(wanted[want], "a dict", start);
    this.begin(start, want, "{", want === "data" ? dataPlan : callPlan);
  }

  private begin(start: number, want: Want, head: string, plan: Plan): void {
    const isFragment = head === "<>" && (want === "node" || want === "form");
    // What a fragment holds belongs to what is around it, and goes there at once, however deep fragments nest.
    const items = isFragment ? (this.open.at(-1)?.items ?? (this.done as Value[])) : [];
    const key = null;
    this.open.push({ start, want, head, plan, items, attributes: [], names: new Set(), props: {}, key });
  }

  /** What the place wants; a place that wants a key or nothing is an error. */
  private wantOr(otherwise: string, at: number): Want {
    const want = this.want();
    if (want) return want;
    const inDict = this.open.at(-1)?.head === "{";
    throw this.unexpected(inDict ? "a key" : otherwise, inDict ? "something else" : "more", at);
  }

  private close(code: number): void {
    const open = this.open.pop();
    const closer = code === 41 ? ")" : "}";
    if (!open) throw this.unexpected(wanted.form, closer, this.at);
    const right = open.head === "{" ? "}" : ")";
    const missing = open.plan.first[open.items.length];
    if (right !== closer) throw this.unexpected(right, closer, this.at);
    if (open.key !== null) throw this.unexpected(`the value of ${open.key}`, closer, this.at);
    if (missing) throw this.unexpected(wanted[missing], closer, this.at);
    this.at++;
    const value = this.finish(open);
    if (open.head === "<>" && open.want !== "value") return; // what it holds is in its place
    this.deliver(open.want === "value" ? asMarkup(value, open.head) : value, open.want, open.start);
  }

  /** What a closed form stands for. */
  private finish(open: Open): Value {
    const { head, items, props } = open;
    if (head === "") return items;
    if (head === "{") return props;
    if (isComponent(head)) return new CallNode(head, props, items);
    switch (head) {
      case "<>":
        return items;
      case "raw!":
        return new RawNode(items[0] as string); // its plan says so, and so below
      case "trusted-url":
        return new TrustedUrl(items[0] as string);
      case "quote":
        return items[0];
      case "list":
        return items;
      case "sx:hole":
        return new HoleNode(items[0] as string, items.slice(1) as Node[]);
      case "sx:handler":
        return new Handler(items[0] as string, items.slice(1));
    }
    return head.startsWith("sx:") ? this.frame(open) : this.element(open);
  }

  private element({ head: tag, attributes, items, start }: Open): ElementNode {
    const children = items as Node[]; // its plan says so
    if (voidTags.has(tag) && children.length > 0)
      throw this.refused(sxError("html/void-children", { tag }), start);
    if (!rawTextTags.has(tag) && !escapableTextTags.has(tag))
      return new ElementNode(tag, attributes, children);
    const other = children.find((child) => typeof child !== "string");
    if (other !== undefined) throw this.unexpected(`text alone inside ${tag}`, "markup", start);
    const text = this.vouching(() => decideTextContent(tag, children), start);
    return new ElementNode(tag, attributes, text === "" ? [] : [text]);
  }

  private frame({ head, items, start }: Open): Frame {
    const [first, second] = items;
    const name = first as string; // of those whose plan begins with a string
    switch (head) {
      case "sx:swap":
        return { frame: "swap", target: name, mode: second as string, nodes: items.slice(2) as Node[] }; // its plan says so
      case "sx:fill":
        return { frame: "fill", id: name, nodes: items.slice(1) as Node[] }; // likewise
      case "sx:signal":
        return { frame: "signal", name, data: second };
      case "sx:head":
        return { frame: "head", nodes: items as Node[] }; // likewise
      case "sx:need":
        return { frame: "need", addresses: items as string[] }; // likewise
      case "sx:fail":
        return this.failure(name, second, start);
      default:
        return { frame: "end" };
    }
  }

  private failure(id: string, data: Value, start: number): Frame {
    const { kind, message } = Object(data) as Dict; // whatever it is, these are looked at
    if (typeof kind === "string" && typeof message === "string") return { frame: "fail", id, kind, message };
    throw this.unexpected("{:kind string :message string}", "something else", start);
  }

  private readString(): void {
    const start = this.at;
    const quote = findClosingQuote(this.text, start + 1); // the scanner saw it close
    const open = this.open.at(-1);
    const isKey = open?.head === "{" && open.key === null;
    const want = isKey ? "string" : this.wantOr("nothing more", start);
    const text = this.vouching(() => readText(this.source, start + 1, quote), start);
    this.at = quote + 1;
    if (isKey) return this.takeKey(open, text, start);
    if (want === "address" || want === "mode") throw this.unexpected(wanted[want], "a string", start);
    this.deliver(text, want, start);
  }

  private readWord(): void {
    const start = this.at;
    const end = wordEnd(this.text, start);
    const word = this.text.slice(start, Math.max(end, start + 1));
    this.at = start + word.length;
    const open = this.open.at(-1);
    if (word.startsWith(":") && open && this.want() !== "data" && open.key === null)
      return this.takeName(open, word, start);
    const want = this.wantOr("nothing more", start);
    const value = this.wordValue(word, want, start);
    if (value === undefined) throw this.unexpected(wanted[want], `the word ${word.slice(0, 60)}`, start);
    this.deliver(value, want, start);
  }

  /** The value of a word where it may stand, else undefined. */
  private wordValue(word: string, want: Want, start: number): Value {
    if (want === "address") return /^@h:[0-9a-f]{64}(?:\.\d{1,5})?$/.test(word) ? word : undefined;
    if (want === "mode") return swapModes.has(word) ? word : undefined;
    if (word === "true" && want === "attribute") return true;
    if (/^[-+]?\.?[0-9]/.test(word) && want !== "attribute" && want !== "string") {
      const number = this.vouching(() => readNumber(this.source, start, start + word.length), start);
      return want === "node" || want === "form" ? numberText(number) : number;
    }
    if (want !== "value" && want !== "data") return undefined;
    if (word === "true" || word === "false") return word === "true";
    if (word === "nil") return null;
    if (want === "value") return undefined;
    if (word.startsWith(":")) return isKeywordName(word.slice(1)) ? new Keyword(word.slice(1)) : undefined;
    return isSymbolName(word) ? new SxSymbol(word) : undefined;
  }

  /** `:name` in front of an attribute, a prop, or the value of a dict. */
  private takeName(open: Open, word: string, start: number): void {
    const name = word.slice(1);
    if (open.head === "{") {
      if (!isKeywordName(name)) throw this.unexpected(nameWanted, word, start);
      return this.takeKey(open, name, start);
    }
    if (name === "__proto__") throw this.refused(sxError("dict/bad-key", { key: name }), start);
    const element = open.plan === elementPlan;
    if (!element && !isComponent(open.head))
      throw this.unexpected(wanted[this.wantOr("nothing more", start)], word, start);
    if (open.items.length > 0) throw this.unexpected("content, now that it has begun", word, start);
    if (element ? name === "" : !isKeywordName(name)) throw this.unexpected(nameWanted, word, start);
    if (element) this.vouching(() => checkName(open.head, name), start);
    const printed = printedName(name);
    const known = element ? open.names.has(printed) : Object.hasOwn(open.props, name);
    if (known) throw this.unexpected("each name once", `${word} again`, start);
    if (element) open.names.add(printed);
    open.key = name;
  }

  private takeKey(open: Open, key: string, start: number): void {
    if (Object.hasOwn(open.props, key)) throw this.unexpected("each key once", `${key} again`, start);
    if (key === "__proto__") throw this.refused(sxError("dict/bad-key", { key }), start);
    open.key = key;
  }

  /** Puts a value where it was wanted. */
  private deliver(value: Value, want: Want, start: number): void {
    const open = this.open.at(-1);
    if (!open) addNode(this.done as Value[], value);
    else if (open.key !== null) {
      if (open.plan === elementPlan) this.setAttribute(open, open.key, value, start);
      else open.props[open.key] = value;
      open.key = null;
    } else if (want === "node") addNode(open.items, value);
    else open.items.push(value);
  }

  /** An attribute is decided here as it would be in a program; what vouches for itself is believed. */
  private setAttribute(open: Open, name: string, value: Value, start: number): void {
    const given = value instanceof RawNode ? new Markup(value.html) : value;
    const decided = this.vouching(() => decideAttribute(open.head, name, given), start);
    if (decided !== null) open.attributes.push([printedName(name), decided]);
  }

  /** What a check of the language gives; what it refuses the wire refuses. */
  private vouching<T>(check: () => T, start: number): T {
    try {
      return check();
    } catch (error) {
      throw error instanceof SxError ? this.refused(error, start) : error;
    }
  }

  private refused({ message }: SxError, start: number): SxError {
    return sxError("wire/refused", { reason: message }, placeIn(this.form, start));
  }

  private unexpected(expected: string, found: string, start: number): SxError {
    return sxError("wire/unexpected", { expected, found }, placeIn(this.form, start));
  }
}

/** The text between two quotes. */
function readText(source: Source, start: number, end: number): string {
  const written = source.text.slice(start, end);
  checkWhole(written);
  // Only a text with escapes is looked through for them: whoever looks for the next one may find it far away.
  return written.includes("\\") ? readEscapes(source, start, end) : written;
}

function readNumber(source: Source, start: number, end: number): number {
  checkWhole(source.text.slice(start, end));
  return readNumeral(source, start, end);
}

/** Half a surrogate pair is no text, wherever it stands. */
function checkWhole(written: string): void {
  if (!written.isWellFormed()) throw sxError("read/lone-surrogate", {});
}

function isComponent(head: string): boolean {
  return head.startsWith("~") && head.length > 1;
}

/** A closed form among values: elements and their like are markup there. */
function asMarkup(value: Value, head: string): Value {
  if (value instanceof RawNode) return new Markup(value.html, true);
  if (head === "<>") return new TreeMarkup(value as Node[]); // its plan says so
  const isNode = value instanceof ElementNode || value instanceof CallNode || value instanceof HoleNode;
  return isNode ? new TreeMarkup([value]) : value;
}

/** Adds a node; what shows nothing is left out. */
function addNode(nodes: Value[], value: Value): void {
  if (value !== "" && !(value instanceof RawNode && value.html === "")) nodes.push(value);
}

/** The offset at which a word that begins at an offset ends. */
function wordEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && delimiters[text.charCodeAt(end)] !== 1) end++;
  return end;
}
