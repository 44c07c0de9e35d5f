// Attributes as text. A value decides by its kind and the attribute by its name: truth for boolean
// attributes, words for enumerated ones, class lists, style dicts, and addresses that are checked before
// they are printed. Names that would run code are refused whatever their value is.

import { sxError } from "../core/errors.ts";
import { isDict, Markup, TrustedUrl, type Value } from "../core/values.ts";
import { isSafeUrl, withoutIgnored } from "./address.ts";
import { escapeAttribute } from "./escape.ts";
import { booleanAttributes, printsTruthWords, urlAttributes } from "./tags.ts";

const nameShape = /^[A-Za-z_@:][-A-Za-z0-9_:.@]*$/;

/** ` name="value"`, or "" where the value says to leave the attribute out. */
export function renderAttribute(tag: string, name: string, value: Value): string {
  if (value === null || value === undefined) return "";
  // A browser does not mind the case of a name, so the checks must not either.
  const lower = name.toLowerCase();
  if (lower === "class") return renderClass(tag, value);
  if (lower === "style") return renderStyle(tag, value);
  if (typeof value === "boolean") {
    if (printsTruthWords(name)) return ` ${name}="${value}"`;
    return value ? ` ${name}` : "";
  }
  if (holdsScript(tag, name, value)) throw sxError("html/unsafe-attribute", { attribute: name, tag });
  if (urlAttributes.has(lower)) return ` ${name}="${escapeAttribute(urlText(tag, name, value))}"`;
  if (lower === "srcset" || lower === "imagesrcset")
    return ` ${name}="${escapeAttribute(srcsetText(tag, name, value))}"`;
  return ` ${name}="${escapeAttribute(attributeText(tag, name, value))}"`;
}

const animates: ReadonlySet<string> = new Set(["to", "from", "by", "values"]);
const scriptScheme = /(?:javascript|vbscript|data):/i;

/** Attributes whose text a browser may run although they are no addresses themselves. */
export function holdsScript(tag: string, name: string, value: Value): boolean {
  const lower = name.toLowerCase();
  if (lower === "srcdoc") return !(value instanceof Markup);
  if (typeof value !== "string") return false;
  const refreshes = tag === "meta" && lower === "content";
  const animated = animates.has(lower) && (tag === "set" || tag.startsWith("animate"));
  return (refreshes || animated) && scriptScheme.test(withoutIgnored(value));
}

/** A value that is printed as it is: a string or a number. */
function attributeText(tag: string, name: string, value: Value): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  if (value instanceof Markup && name.toLowerCase() === "srcdoc") return value.html;
  if (value instanceof TrustedUrl) return value.url;
  throw badValue(tag, name, value, booleanAttributes.has(name) ? "true or false" : "a string or a number");
}

function urlText(tag: string, name: string, value: Value): string {
  if (value instanceof TrustedUrl) return value.url;
  const text = attributeText(tag, name, value);
  if (!isSafeUrl(text, name.toLowerCase(), tag))
    throw sxError("html/unsafe-url", { url: text, attribute: name, tag });
  return text;
}

/** Each candidate of a `srcset` starts with an address. */
function srcsetText(tag: string, name: string, value: Value): string {
  const text = attributeText(tag, name, value);
  for (const candidate of text.split(",")) {
    if (!isSafeUrl(candidate.trim(), "src", "img"))
      throw sxError("html/unsafe-url", { url: candidate, attribute: name, tag });
  }
  return text;
}

function badValue(tag: string, name: string, value: Value, expected: string): Error {
  return sxError("html/bad-attribute-value", { attribute: name, tag, expected, found: value });
}

function renderClass(tag: string, value: Value): string {
  const text = classText(tag, value);
  return text === "" && typeof value !== "string" ? "" : ` class="${escapeAttribute(text)}"`;
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

function renderStyle(tag: string, value: Value): string {
  if (typeof value === "boolean") return "";
  const text = styleText(tag, value);
  return text === "" ? "" : ` style="${escapeAttribute(text)}"`;
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

/**
 * The attributes of an element whose names are known only now: pairs in source order, a null name standing
 * for a dict to spread. A later value of the same name wins; names are checked like written ones.
 */
export function renderAttributes(tag: string, entries: readonly (readonly [string | null, Value])[]): string {
  const merged = new Map<string, Value>();
  for (const [name, value] of entries) {
    if (name !== null) merged.set(name, value);
    else if (isDict(value)) for (const key of Object.keys(value)) merged.set(key, value[key]);
    else if (value !== null && value !== undefined)
      throw sxError("html/bad-attribute-value", {
        attribute: "spread",
        tag,
        expected: "a dict",
        found: value,
      });
  }
  let out = "";
  for (const [name, value] of merged) {
    if (!nameShape.test(name)) throw sxError("html/bad-attribute-name", { attribute: name, tag });
    if (/^on/i.test(name)) throw sxError("html/unsafe-attribute", { attribute: name, tag });
    out += renderAttribute(tag, name, value);
  }
  return out;
}
