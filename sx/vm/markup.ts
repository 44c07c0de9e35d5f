// Markup in the making: the machine's functions that begin, join and finish it. What is in the making is the HTML so
// far, in a register of the machine. What does not depend on a program's values is decided when
// code is loaded: `printerFor` is an attribute whose name is known, `literalText` the text of a step that is all constant.

import { display } from "../core/display.ts";
import type { Value } from "../core/values.ts";
import { classText, renderAttribute, renderAttributes } from "../render/attributes.ts";
import { escapeAttribute, escapeText } from "../render/escape.ts";
import { renderTextContent } from "../render/html.ts";
import { booleanAttributes, urlAttributes, voidTags } from "../render/tags.ts";
import { childText } from "./quick.ts";

/** What each of the functions adds, by the name that code calls it by; `%fragment`, `%lines` and `%markup` add nothing. */
export const markupTexts: Readonly<Record<string, (...args: never[]) => string>> = {
  "%open": openText,
  "%enter": openText,
  "%attribute": (value: Value, tag: string, name: string) => renderAttribute(tag, name, value),
  "%attributes": (values: Value[], tag: string, names: (string | null)[]) =>
    renderAttributes(
      tag,
      values.map((value, index) => [names[index] ?? null, value] as const),
    ),
  "%content": () => ">",
  "%child": (value: Value) => (typeof value === "string" ? escapeText(value) : childText(value)),
  "%text": (values: Value[], tag: string) => renderTextContent(tag, values),
  "%leave": leaveText,
};

/** A parser drops one line break right after the start tag of some elements, so one more is printed. */
export function keepLine(content: string): string {
  return content.startsWith("\n") ? `\n${content}` : content;
}

function openText(tag: string): string {
  return `<${tag}`;
}

function leaveText(tag: string): string {
  return voidTags.has(tag) ? "" : `</${tag}>`;
}

/** The text that a step adds whatever the program does, or null where that is an error. */
export function literalText(name: string, args: readonly Value[]): string | null {
  try {
    return (markupTexts[name] as (...args: readonly Value[]) => string)(...args); // callers ask for one of them
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

/**
 * The same text in one piece. The host keeps a text that was joined, or cut out of another, as its parts, and would go
 * through them again for every page that it becomes part of. The names of properties it keeps whole.
 */
export function inOnePiece(text: string): string {
  const [whole = text] = Object.keys(JSON.parse(JSON.stringify({ [text]: 0 })) as object); // an object comes back
  return whole;
}

/** A known attribute: its value to HTML. */
export function printerFor(attribute: KnownAttribute): (value: Value) => string {
  const { tag, name, before, after } = attribute;
  const general = (value: Value) => before + renderAttribute(tag, name, value) + after;
  const lower = name.toLowerCase();
  const start = inOnePiece(`${before} ${name}="`);
  const end = inOnePiece(`"${after}`);
  if (lower === "class") return classPrinter(attribute);
  if (isGuarded(tag, lower)) return general;
  if (urlAttributes.has(lower)) {
    if (lower === "ping" || lower === "archive") return general;
    return (value) =>
      typeof value === "string" && isPlainlySafe(value)
        ? start + escapeAttribute(value) + end
        : general(value);
  }
  if (booleanAttributes.has(lower)) {
    const [bare = "", none = ""] = [`${before} ${name}${after}`, before + after].map(inOnePiece);
    return (value) =>
      value === true
        ? bare
        : value === false || value === null || value === undefined
          ? none
          : general(value);
  }
  return (value) => {
    if (typeof value === "string") return start + escapeAttribute(value) + end;
    if (typeof value === "number" && value - value === 0) return start + (value + 0) + end;
    return general(value);
  };
}

/** Class names, most of which are one or two texts time and again; lists are the commonest values that are no text. */
function classPrinter({ tag, before, after }: KnownAttribute): (value: Value) => string {
  const [start = "", end = "", none = ""] = [`${before} class="`, `"${after}`, before + after].map(
    inOnePiece,
  );
  const print = (names: string) => start + escapeAttribute(names) + end;
  let [last, lastText, other, otherText] = ["", print(""), "", print("")];
  return (value) => {
    if (typeof value !== "string") {
      const names = classText(tag, value);
      return names === "" ? none : print(names);
    }
    if (value === last) return lastText;
    if (value === other) return otherText;
    [other, otherText] = [last, lastText];
    last = value;
    lastText = print(value);
    return lastText;
  };
}

/** Prints the values of a stack from one index to another. */
export type ValuesPrinter = (stack: readonly Value[], from: number, to: number) => string;

/** The list that a `class` has. */
export function classListPrinter({ tag, before, after }: KnownAttribute): ValuesPrinter {
  const [start = "", end = "", none = ""] = [`${before} class="`, `"${after}`, before + after].map(
    inOnePiece,
  );
  const print = (names: string) => (names === "" ? none : start + escapeAttribute(names) + end);
  let [last, lastText, other, otherText] = ["", none, "", none];
  return (stack, from, to) => {
    let names = "";
    for (let i = from; i < to; i++) {
      const value = stack[i];
      const name = typeof value === "string" ? value : classText(tag, value);
      if (name !== "") names += names === "" ? name : ` ${name}`;
    }
    if (names === last) return lastText;
    if (names === other) return otherText;
    [other, otherText] = [last, lastText];
    last = names;
    lastText = print(names);
    return lastText;
  };
}

/** The pieces of a `str` as an attribute's value, each escaped where it stands; see `mayBePieces`. */
export function piecesPrinter({ name, before, after }: KnownAttribute): ValuesPrinter {
  const [start = "", end = ""] = [`${before} ${name}="`, `"${after}`].map(inOnePiece);
  return (stack, from, to) => {
    let text = start;
    for (let i = from; i < to; i++) text += escapeAttribute(pieceText(stack[i]));
    return text + end;
  };
}

/** Likewise as a child, after a text. */
export function childPiecesPrinter(before: string): ValuesPrinter {
  const start = inOnePiece(before);
  return (stack, from, to) => {
    let text = start;
    for (let i = from; i < to; i++) text += escapeText(pieceText(stack[i]));
    return text;
  };
}

function pieceText(value: Value): string {
  return typeof value === "string" ? value : display(value, "str", "part");
}

const decidedAddress = /^(?:[/?#]|https?:\/\/|mailto:|tel:)/;

/** Whether nothing that follows the first piece can make an attribute's value unsafe. */
export function mayBePieces({ tag, name }: KnownAttribute, first: Value): boolean {
  const lower = name.toLowerCase();
  if (lower === "class" || isGuarded(tag, lower)) return false;
  if (!urlAttributes.has(lower)) return true;
  return lower !== "ping" && lower !== "archive" && typeof first === "string" && decidedAddress.test(first);
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
