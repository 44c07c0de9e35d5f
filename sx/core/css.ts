// CSS as values: class lists and style dicts into text. A style value can never leave its declaration, run
// code, load anything or hide behind an escape: what would is `html/bad-attribute-value`. An address is
// loaded only where the program vouches for it with a trusted-url. Whole rules are in css-rules.ts.

import { displayNumber } from "./display.ts";
import { sxError } from "./errors.ts";
import { type Dict, isDict, isTrue, TrustedUrl, type Value } from "./values.ts";

/** A style dict as `property:value;…` in the dict's order; entries that are nil or false are left out. */
export function styleText(style: Dict): string {
  let css = "";
  for (const [property, value] of Object.entries(style)) {
    if (value === undefined || value === null || value === false) continue;
    css += `${checkedProperty(property)}:${checkedStyleValue(property, value)};`;
  }
  return css;
}

const propertyForm = /^(?:--[A-Za-z0-9_-]+|-?[a-z]+(?:-[a-z0-9]+)*)$/;
/** Properties by which old browsers ran code. */
const runsCode = /^(?:behavior|-moz-binding)$/;

function checkedProperty(property: string): string {
  if (!propertyForm.test(property) || runsCode.test(property)) {
    throw badStyle(property, "a CSS property in small letters, such as margin-top");
  }
  return property;
}

/** A style value's text: a number, a string that stays within its declaration, or a vouched address as url(). */
export function checkedStyleValue(property: string, value: Value): string {
  if (typeof value === "number") return displayNumber(value);
  if (value instanceof TrustedUrl) return quotedAddress(value.url);
  if (typeof value !== "string") throw badStyle(value, `a string or a number for ${property}`);
  const text = value.trim().replace(/[\t\n\f\r]+/g, " ");
  if (plainValue.test(text)) return text;
  if (text === "" || forbidden.test(text) || text.includes("/*") || !isBalanced(text)) {
    throw badStyle(
      value,
      `a CSS value for ${property}, without ; { } < > \\ or comments, its quotes and brackets closed`,
    );
  }
  if (runsOrLoads.test(text)) {
    throw badStyle(
      value,
      `a CSS value for ${property} that runs and loads nothing; an address is written (trusted-url "/leaf.png")`,
    );
  }
  return text;
}

/** Functions by which a value would run code or make the browser fetch something. */
const runsOrLoads = /(?:expression|url|src|image|image-set)\s*\(/i;

/** An address as CSS text: what could end the string, the rule or the style element is escaped. */
function quotedAddress(url: string): string {
  const escaped = url.replace(
    /["\\<\u0000-\u001f\u007f]/g,
    (character) => `\\${character.charCodeAt(0).toString(16)} `,
  );
  return `url("${escaped}")`;
}

/** The usual value, words and numbers: nothing in it can do harm, so the checks need not look. */
const plainValue = /^[\w#%., -]+$/;

// biome-ignore lint/complexity/useRegexLiterals: a literal would need raw control characters in the source
const forbidden = new RegExp("[;{}<>\\\\\\u0000-\\u001f\\u007f]");

function badStyle(value: Value, expected: string): Error {
  return sxError("html/bad-attribute-value", { attribute: "style", expected, found: value });
}

const closers: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** Whether every quote and bracket of some CSS is closed in it, so that it cannot reach beyond its place. */
export function isBalanced(css: string): boolean {
  const open: string[] = [];
  for (let at = 0; at < css.length; at++) {
    const character = css[at] as string; // at is within the text
    if (character === "\\") {
      at++;
      if (at >= css.length) return false;
    } else if (character === '"' || character === "'") {
      at = endOfString(css, at);
      if (at < 0) return false;
    } else if (character in closers) {
      open.push(closers[character] as string); // a key, as just seen
    } else if ((character === ")" || character === "]" || character === "}") && open.pop() !== character) {
      return false;
    }
  }
  return open.length === 0;
}

/** The offset of the quote that closes the one at `start`; -1 if a line or the text ends before. */
function endOfString(css: string, start: number): number {
  for (let at = start + 1; at < css.length; at++) {
    if (css[at] === "\\") at++;
    else if (css[at] === css[start]) return at;
    else if (css[at] === "\n") return -1;
  }
  return -1;
}

/**
 * Class names as one text: strings, lists of parts, and dicts of name and whether it applies. nil and false
 * are dropped; true, numbers and the rest are `html/bad-attribute-value`.
 */
export function classText(part: Value): string {
  if (typeof part === "string") return part.trim();
  if (part === null || part === undefined || part === false) return "";
  let text = "";
  if (Array.isArray(part)) {
    for (const inner of part) text = addClass(text, classText(inner));
  } else if (isDict(part)) {
    for (const name of Object.keys(part)) if (isTrue(part[name])) text = addClass(text, name.trim());
  } else {
    const expected = "strings, lists, or dicts of name and whether it applies";
    throw sxError("html/bad-attribute-value", { attribute: "class", expected, found: part });
  }
  return text;
}

function addClass(text: string, name: string): string {
  if (text === "" || name === "") return text + name;
  return `${text} ${name}`;
}

/** A text as a CSS identifier, by the rules of CSSOM's `CSS.escape`. */
export function escapeIdentifier(text: string): string {
  let escaped = "";
  [...text].forEach((character, index, all) => {
    const code = character.codePointAt(0) as number; // spreading gives no empty characters
    const isDigit = code >= 0x30 && code <= 0x39;
    const leads = index === 0 || (index === 1 && all[0] === "-");
    if (code === 0) escaped += "\ufffd";
    else if (code < 0x20 || code === 0x7f || (isDigit && leads)) escaped += `\\${code.toString(16)} `;
    else if (character === "-" && all.length === 1) escaped += "\\-";
    else if (code >= 0x80 || /[A-Za-z0-9_-]/.test(character)) escaped += character;
    else escaped += `\\${character}`;
  });
  return escaped;
}
