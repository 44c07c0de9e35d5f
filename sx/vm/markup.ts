// Markup in the making: the machine's functions that begin, join and finish it. What is in the making is the HTML so
// far, a string, so that a copied stack holds a copy of it. What does not depend on a program's values is decided when
// code is loaded: `printerFor` is an attribute whose name is known, `literalText` the text of a step that is all constant.

import { Markup, type Value } from "../core/values.ts";
import { classText, renderAttribute, renderAttributes } from "../render/attributes.ts";
import { escapeAttribute, escapeText } from "../render/escape.ts";
import { renderTextContent } from "../render/html.ts";
import { booleanAttributes, urlAttributes, voidTags } from "../render/tags.ts";
import { childText } from "./quick.ts";

type Building = string;

/** The functions by the names that code calls them by. */
export const markupFunctions: Readonly<Record<string, (...args: never[]) => Value>> = {
  "%fragment": () => "",
  "%open": (tag: string) => openText(tag),
  "%enter": (m: Building, tag: string) => m + openText(tag),
  "%attribute": (m: Building, value: Value, tag: string, name: string) =>
    m + renderAttribute(tag, name, value),
  "%attributes": (m: Building, values: Value[], tag: string, names: (string | null)[]) =>
    m +
    renderAttributes(
      tag,
      values.map((value, index) => [names[index] ?? null, value] as const),
    ),
  "%content": (m: Building) => `${m}>`,
  "%child": (m: Building, value: Value) =>
    m + (typeof value === "string" ? escapeText(value) : childText(value)),
  "%text": (m: Building, values: Value[], tag: string) => m + renderTextContent(tag, values),
  // A parser drops one line break right after the start tag, so one more is printed.
  "%lines": (m: Building, content: Building) => m + (content.startsWith("\n") ? "\n" : "") + content,
  "%leave": (m: Building, tag: string) => m + leaveText(tag),
  "%markup": (m: Building) => new Markup(m),
};

function openText(tag: string): string {
  return `<${tag}`;
}

function leaveText(tag: string): string {
  return voidTags.has(tag) ? "" : `</${tag}>`;
}

/** The text that a step adds whatever the program does, or null where that depends on a value or is an error. */
export function literalText(name: string, args: readonly Value[]): string | null {
  try {
    const text = (markupFunctions[name] as (...args: Value[]) => Value)("", ...args); // callers ask for one of them
    return typeof text === "string" ? text : null;
  } catch {
    return null; // it is an error where the program comes by
  }
}

/** An attribute whose name is known, and the texts that stand right before and after it. */
export interface KnownAttribute {
  readonly tag: string;
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** A known attribute: its value to HTML. */
export function printerFor(attribute: KnownAttribute): (value: Value) => string {
  const { tag, name, before, after } = attribute;
  const general = (value: Value) => before + renderAttribute(tag, name, value) + after;
  const lower = name.toLowerCase();
  const start = `${before} ${name}="`;
  const end = `"${after}`;
  if (lower === "class") return classPrinter(attribute);
  if (isGuarded(tag, lower)) return general;
  if (urlAttributes.has(lower)) {
    if (lower === "ping" || lower === "archive") return general;
    return (value) =>
      typeof value === "string" && isPlainlySafe(value) ? start + escapeAttribute(value) + end : general(value);
  }
  if (booleanAttributes.has(lower)) {
    const [bare, none] = [`${before} ${name}${after}`, before + after];
    return (value) =>
      value === true ? bare : value === false || value === null || value === undefined ? none : general(value);
  }
  return (value) => {
    if (typeof value === "string") return start + escapeAttribute(value) + end;
    if (typeof value === "number" && value - value === 0) return start + (value + 0) + end;
    return general(value);
  };
}

/** Class lists, the commonest values that are no text. */
function classPrinter({ tag, before, after }: KnownAttribute): (value: Value) => string {
  const [start, end, none] = [`${before} class="`, `"${after}`, before + after];
  return (value) => {
    if (typeof value === "string") return start + escapeAttribute(value) + end;
    const names = classText(tag, value);
    return names === "" ? none : start + escapeAttribute(names) + end;
  };
}

/** Values of a stack from one index to another, as the list that a `class` has. */
export type ClassListPrinter = (stack: readonly Value[], from: number, to: number) => string;

export function classListPrinter({ tag, before, after }: KnownAttribute): ClassListPrinter {
  const [start, end, none] = [`${before} class="`, `"${after}`, before + after];
  return (stack, from, to) => {
    let names = "";
    for (let i = from; i < to; i++) {
      const value = stack[i];
      const name = typeof value === "string" ? value : classText(tag, value);
      if (name !== "") names += names === "" ? name : ` ${name}`;
    }
    return names === "" ? none : start + escapeAttribute(names) + end;
  };
}

/** An address of this site, or of one of the commonest schemes; others get a closer look. */
function isPlainlySafe(url: string): boolean {
  switch (url.charCodeAt(0)) {
    case 35: // #
    case 47: // /
    case 63: // ?
      return true;
    case 104:
      return url.startsWith("https://") || url.startsWith("http://");
    case 109:
      return url.startsWith("mailto:");
    default:
      return false;
  }
}

/** Attributes whose values are looked into before they are printed. */
function isGuarded(tag: string, lower: string): boolean {
  return (
    lower === "style" ||
    lower === "srcdoc" ||
    lower.endsWith("srcset") ||
    tag === "meta" ||
    tag === "set" ||
    tag.startsWith("animate")
  );
}
