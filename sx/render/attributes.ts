// Attributes. A value decides by its kind and the attribute by its name: truth for boolean attributes, words
// for enumerated ones, class lists, style dicts, and addresses that are checked before they are printed.
// Names that would run code are refused whatever their value is. What is decided here every renderer prints.

import { sxError } from "../core/errors.ts";
import { keyText } from "../core/primitives/dicts.ts";
import { isDict, Markup, TrustedUrl, type Value } from "../core/values.ts";
import { isSafeUrl, withoutIgnored } from "./address.ts";
import { escapeAttribute } from "./escape.ts";
import { type AttributeValue, RawNode } from "./nodes.ts";
import { holdsHole } from "./suspense.ts";
import { booleanAttributes, printsTruthWords, urlAttributes } from "./tags.ts";

const nameShape = /^[A-Za-z_@:][-A-Za-z0-9_:.@]*$/;

/** ` name="value"`, or "" where the value says to leave the attribute out. */
export function renderAttribute(tag: string, name: string, value: Value): string {
  const decided = decideAttribute(tag, name, value);
  return decided === null ? "" : printAttribute(name, decided);
}

/** A decided attribute as HTML. */
export function printAttribute(name: string, value: AttributeValue): string {
  if (value === true) return ` ${name}`;
  return ` ${printedName(name)}="${escapeAttribute(attributeText(value))}"`;
}

/** The text of a decided value that is more than a bare name. */
export function attributeText(value: Exclude<AttributeValue, true>): string {
  if (typeof value === "string") return value;
  return value instanceof TrustedUrl ? value.url : value.html;
}

/** A name as it is printed: as it was written, but for the two that are put together here. */
export function printedName(name: string): string {
  if (name.length !== 5) return name;
  const lower = name.toLowerCase();
  return lower === "class" || lower === "style" ? lower : name;
}

/** What an attribute holds, or null where its value says to leave it out. */
export function decideAttribute(tag: string, name: string, value: Value): AttributeValue | null {
  if (value === null || value === undefined) return null;
  // A browser does not mind the case of a name, so the checks must not either.
  const lower = name.toLowerCase();
  if (lower === "class") return decideClass(tag, value);
  if (lower === "style") return decideStyle(tag, value);
  if (typeof value === "boolean") return printsTruthWords(name) ? String(value) : value || null;
  if (holdsScript(tag, name, value)) throw sxError("html/unsafe-attribute", { attribute: name, tag });
  if (urlAttributes.has(lower)) return decideAddress(tag, name, value);
  const decided = plainValue(tag, name, value);
  if (lower === "srcset" || lower === "imagesrcset") checkCandidates(tag, name, decided);
  return decided;
}

const animates: ReadonlySet<string> = new Set(["to", "from", "by", "values"]);
const scriptScheme = /(?:javascript|vbscript|data):/i;

/** Attributes whose text a browser may run although they are no addresses themselves. */
function holdsScript(tag: string, name: string, value: Value): boolean {
  const lower = name.toLowerCase();
  if (lower === "srcdoc") return !(value instanceof Markup);
  if (typeof value !== "string") return false;
  const refreshes = tag === "meta" && lower === "content";
  const animated = animates.has(lower) && (tag === "set" || tag.startsWith("animate"));
  return (refreshes || animated) && scriptScheme.test(withoutIgnored(value));
}

/** A value that is printed as it is: text, a number, or what the program vouches for. */
function plainValue(tag: string, name: string, value: Value): string | TrustedUrl | RawNode {
  if (typeof value === "string" || value instanceof TrustedUrl) return value;
  if (typeof value === "number" && Number.isFinite(value)) return String(value + 0);
  if (value instanceof Markup && name.toLowerCase() === "srcdoc") return pageOf(tag, name, value.html);
  throw badValue(tag, name, value, booleanAttributes.has(name) ? "true or false" : "a string or a number");
}

/** A page of its own inside a page: nothing would ever fill a hole in it. */
function pageOf(tag: string, name: string, html: string): RawNode {
  if (holdsHole(html)) throw badValue(tag, name, html, "markup without suspense");
  return new RawNode(html);
}

function decideAddress(tag: string, name: string, value: Value): AttributeValue {
  const decided = plainValue(tag, name, value);
  if (typeof decided === "string" && !isSafeUrl(decided, name.toLowerCase(), tag))
    throw sxError("html/unsafe-url", { url: decided, attribute: name, tag });
  return decided;
}

/** Each candidate of a `srcset` starts with an address. */
function checkCandidates(tag: string, name: string, value: Exclude<AttributeValue, true>): void {
  for (const candidate of attributeText(value).split(",")) {
    if (!isSafeUrl(candidate.trim(), "src", "img"))
      throw sxError("html/unsafe-url", { url: candidate, attribute: name, tag });
  }
}

function badValue(tag: string, name: string, value: Value, expected: string): Error {
  return sxError("html/bad-attribute-value", { attribute: name, tag, expected, found: value });
}

function decideClass(tag: string, value: Value): string | null {
  const text = classText(tag, value);
  return text === "" && typeof value !== "string" ? null : text;
}

/** Class names as one text: strings, lists without nil and false, dicts of name to truth. */
export function classText(tag: string, value: Value): string {
  if (typeof value === "string") return value;
  if (value === null || value === undefined || value === false || value === true) return "";
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) {
    let out = "";
    for (const item of value) {
      const part = classText(tag, item);
      if (part !== "") out += out === "" ? part : ` ${part}`;
    }
    return out;
  }
  if (isDict(value)) {
    const names = Object.keys(value).filter(
      (name) => value[name] !== null && value[name] !== undefined && value[name] !== false,
    );
    return names.join(" ");
  }
  throw badValue(tag, "class", value, "a string, a list or a dict");
}

const propertyShape = /^(?:--)?[a-zA-Z][-a-zA-Z0-9]*$/;
const unsafeStyle =
  /[;{}<>\\@]|\/\*|expression\s*\(|javascript:|vbscript:|behavior\s*:|-moz-binding|(?:url|src|image|image-set)\s*\(/i;

function decideStyle(tag: string, value: Value): string | null {
  if (typeof value === "boolean") return null;
  return styleText(tag, value) || null;
}

function styleText(tag: string, value: Value): string {
  if (typeof value === "string") return declarations(tag, value);
  if (Array.isArray(value)) {
    const parts = value.filter((part) => part !== null && part !== undefined && part !== false);
    return parts.map((part) => styleText(tag, part)).join("");
  }
  if (!isDict(value)) throw badValue(tag, "style", value, "a dict of properties");
  let out = "";
  for (const property of Object.keys(value)) {
    const setting = value[property];
    if (setting === null || setting === undefined || setting === false) continue;
    const text = typeof setting === "number" ? String(setting) : setting;
    if (typeof text !== "string" || unsafeStyle.test(text) || !propertyShape.test(property)) {
      throw badValue(tag, "style", { [property]: setting }, "a property name and a plain value");
    }
    out += `${property}:${text};`;
  }
  return out;
}

/** A style written as text holds declarations only, and each is checked like an entry of a dict. */
function declarations(tag: string, text: string): string {
  for (const declaration of text.split(";")) {
    if (declaration.trim() === "") continue;
    const colon = declaration.indexOf(":");
    const sound =
      colon > 0 &&
      propertyShape.test(declaration.slice(0, colon).trim()) &&
      !unsafeStyle.test(declaration.slice(colon + 1));
    if (!sound) throw badValue(tag, "style", text, "declarations such as color:red;");
  }
  return text;
}

/** The attributes of an element whose names are known only now, as HTML; see `decideAttributes`. */
export function renderAttributes(tag: string, entries: readonly (readonly [string | null, Value])[]): string {
  let out = "";
  for (const [name, value] of mergeEntries(tag, entries)) {
    checkName(tag, name);
    out += renderAttribute(tag, name, value);
  }
  return out;
}

/**
 * The attributes of an element whose names are known only now: pairs in source order, a null name standing
 * for a dict to spread. A later value of the same name wins; names are checked like written ones.
 */
export function decideAttributes(
  tag: string,
  entries: readonly (readonly [string | null, Value])[],
): [name: string, value: AttributeValue][] {
  const decided: [string, AttributeValue][] = [];
  for (const [name, value] of mergeEntries(tag, entries)) {
    checkName(tag, name);
    const one = decideAttribute(tag, name, value);
    if (one !== null) decided.push([printedName(name), one]);
  }
  return decided;
}

function mergeEntries(
  tag: string,
  entries: readonly (readonly [string | null, Value])[],
): ReadonlyMap<string, Value> {
  const merged = new Map<string, Value>();
  for (const [name, value] of entries) {
    if (name !== null) merged.set(name, value);
    else if (isDict(value)) for (const key of Object.keys(value)) merged.set(keyText(key), value[key]);
    else if (value !== null && value !== undefined)
      throw sxError("html/bad-attribute-value", {
        attribute: "spread",
        tag,
        expected: "a dict",
        found: value,
      });
  }
  return merged;
}

/** Refuses a name that is none, or that would make its value run. */
export function checkName(tag: string, name: string): void {
  if (!nameShape.test(name)) throw sxError("html/bad-attribute-name", { attribute: name, tag });
  if (/^on/i.test(name)) throw sxError("html/unsafe-attribute", { attribute: name, tag });
}
