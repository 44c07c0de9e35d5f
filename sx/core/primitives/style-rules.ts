// Rules named by the hash of their content: a style dict becomes CSS text, and the same dict always the same
// text under the same class, whichever component, process or machine makes it. Nested dicts stand for states,
// parts and conditions (&:hover, & a, @media …) and become rules of their own behind the rule's declarations.

import { isBalanced, styleText } from "../css.ts";
import { sha256 } from "../sha256.ts";
import { type Dict, isDict, isTrue, type Value } from "../values.ts";
import { wrongType } from "./primitive.ts";

/** Dicts may stand in each other this deep, and become this many selectors at most. */
const deepestNesting = 8;
const mostSelectors = 1000;
/** The most UTF-16 units that one dict may become. */
const longestRules = 1_000_000;

/** `{:class name :css text}`; `&` in a nested key stands for the rule's own class. */
export function makeRule(style: Dict): Dict {
  const name = `c-${shortHash(rulesOf(style, ["&"]))}`;
  return { class: name, css: rulesOf(style, [`.${name}`]) };
}

/** `{:name name :css text}`. */
export function makeKeyframes(frames: Dict): Dict {
  let body = "";
  for (const [stop, style] of Object.entries(frames)) {
    if (!/^(?:from|to|(?:100|\d{1,2}(?:\.\d+)?)%)$/.test(stop))
      throw wrongType("css-keyframes", "frames", "from, to or a percentage as key", stop);
    if (!isDict(style))
      throw wrongType("css-keyframes", "frames", `a dict of declarations under ${stop}`, style);
    body += `${stop}{${styleText(style)}}`;
  }
  const name = `k-${shortHash(body)}`;
  return { name, css: `@keyframes ${name}{${body}}` };
}

/** 40 bits: two of a thousand rules share a name once in two million sites, and a name stays short. */
function shortHash(css: string): string {
  return sha256(css).slice(0, 10);
}

/** The rules of a style dict for some selectors: its own declarations first, then each nested dict in order. */
function rulesOf(style: Dict, selectors: readonly string[], depth = 1): string {
  if (depth > deepestNesting) throw badRule(`dicts at most ${deepestNesting} deep`, style);
  const own: Dict = {};
  let nested = "";
  for (const [key, value] of Object.entries(style)) {
    if (!isDict(value)) own[propertyOf(key, value)] = value;
    else if (key.startsWith("@")) nested += conditionRules(key, value, selectors, depth);
    else nested += rulesOf(value, nestedSelectors(key, selectors), depth + 1);
    checkedLength(nested);
  }
  const declarations = styleText(own);
  return checkedLength(`${declarations === "" ? "" : `${selectors.join(",")}{${declarations}}`}${nested}`);
}

/** A key over a plain value. One that only a dict can stand under is told so. */
function propertyOf(key: string, value: Value): string {
  if (/^[:@]|&/.test(key) && isTrue(value)) throw badRule(`a dict of declarations under ${key}`, value);
  return key;
}

function conditionRules(key: string, style: Dict, selectors: readonly string[], depth: number): string {
  const [, query = ""] = /^@(?:media|supports|container) (.+)$/.exec(key) ?? [];
  if (!isQuery(query)) throw badRule("a condition such as @media (min-width: 40rem)", key);
  const inner = rulesOf(style, selectors, depth + 1);
  return inner === "" ? "" : `${key}{${inner}}`;
}

/** Every selector of a nested key with every selector around it. `:hover` is short for `&:hover`. */
function nestedSelectors(key: string, around: readonly string[]): string[] {
  const written = key.startsWith(":") ? `&${key}` : key;
  const parts = isSelector(written) ? splitSelectors(written).map(aroundRule) : [];
  if (parts.length === 0 || parts.includes(null))
    throw badRule('over a dict, a selector with & for the rule itself, such as "&:hover" or "& > li"', key);
  if (parts.length * around.length > mostSelectors) throw badRule(`at most ${mostSelectors} selectors`, key);
  checkLength(lengthTogether(parts as string[][], around)); // no null among them, here and below
  return (parts as string[][]).flatMap((part) => around.map((selector) => part.join(selector)));
}

/** How long selectors become with each of those around them in the place of every `&`. */
function lengthTogether(parts: readonly (readonly string[])[], around: readonly string[]): number {
  const lengthOf = (texts: readonly string[]) => texts.reduce((sum, text) => sum + text.length, 0);
  const length = lengthOf(around);
  return parts.reduce((sum, part) => sum + lengthOf(part) * around.length + (part.length - 1) * length, 0);
}

function checkedLength(css: string): string {
  checkLength(css.length);
  return css;
}

function checkLength(length: number): void {
  if (length > longestRules) throw badRule(`rules of at most ${longestRules} characters`, length);
}

/** A selector in its pieces: escapes, strings and single characters. */
function piecesOf(selector: string): string[] {
  return selector.match(/\\.|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[\s\S]/g) ?? [];
}

/** The selectors of a list, split at the commas that stand in no bracket and no string. */
function splitSelectors(list: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const piece of piecesOf(list)) {
    if (piece === "(" || piece === "[") depth++;
    else if (piece === ")" || piece === "]") depth--;
    if (piece === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += piece;
  }
  return parts.map((part) => part.trim());
}

/**
 * What stands around each `&` of a selector; null where it has none, or one that is glued to a name, where
 * not every selector could take its place.
 */
function aroundRule(selector: string): string[] | null {
  const around = [""];
  const pieces = piecesOf(selector);
  for (const [index, piece] of pieces.entries()) {
    if (piece !== "&") {
      around[around.length - 1] += piece;
      continue;
    }
    const before = pieces[index - 1] ?? " ";
    const after = pieces[index + 1] ?? " ";
    if (!/^[ >+~(,]$/.test(before) || !/^[ >+~),:.#[]$/.test(after)) return null;
    around.push("");
  }
  return around.length > 1 ? around : null;
}

/** Whether some text is a selector that ends where it ends. */
export function isSelector(text: string): boolean {
  // No two of the alternatives begin alike, so however long the text is, it is walked once.
  const shape = /^(?:[A-Za-z0-9_ #.:()[\]"'=*^$|+>~,&%-]|[^\0-\x7f]|\\[^\n\r\f<])+$/;
  return shape.test(text) && /[^ ,]/.test(text) && isBalanced(text);
}

/** Whether some text is the condition of a media, support or container query that ends where it ends. */
export function isQuery(text: string): boolean {
  return /^[A-Za-z0-9 ().,:<>=%/_+-]+$/.test(text) && !text.includes("</") && isBalanced(text);
}

function badRule(expected: string, found: Value): Error {
  return wrongType("css-rule", "style", expected, found);
}
