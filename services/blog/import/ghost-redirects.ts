// Ghost's redirects.json and redirects.yaml as neutral redirects.
// Ghost takes every old address for a regular expression. Literal ones become paths and a small, unambiguous
// subset becomes patterns that can be matched in linear time; the others are not taken, and the reason is said.

import { parseDocument } from "yaml";
import { isFields } from "./ghost-document.ts";
import { readJson } from "./ghost-json.ts";
import { type ImportedRedirect, ImportRefusal, type NotTaken } from "./imported-site.ts";

interface ParsedRedirects {
  readonly redirects: ImportedRedirect[];
  readonly notTaken: NotTaken[];
}

interface GhostRedirect {
  readonly from: string;
  readonly to: string;
  readonly status: 301 | 302;
}

/** Some ten thousand redirects. */
const maxLength = 1_000_000;

/** No address on this site is longer. */
const maxAddressLength = 1_000;

/**
 * Reads a redirects file of Ghost; `fileName` decides between JSON and YAML, and the text does where the name says
 * nothing. Throws ImportRefusal with line and column, or with the path of the wrong entry.
 */
export function parseGhostRedirects(text: string, fileName: string): ParsedRedirects {
  if (text.length > maxLength) {
    throw new ImportRefusal(
      "line 1, column 1",
      `Redirect files of more than ${maxLength} characters are not read: give them in parts.`,
    );
  }
  const looksLikeJson = /^\ufeff?\s*\[/.test(text);
  const isJson = /\.json$/i.test(fileName) || (!/\.ya?ml$/i.test(fileName) && looksLikeJson);
  const listed = isJson ? readJsonList(text) : readYamlGroups(text);
  const redirects: ImportedRedirect[] = [];
  const notTaken: NotTaken[] = [];
  for (const entry of listed) {
    const translated = translateRedirect(entry);
    if (translated.kind === "taken") redirects.push(translated.redirect);
    else notTaken.push({ what: `redirect from ${entry.from.slice(0, 100)}`, count: 1, why: translated.why });
  }
  return { redirects, notTaken };
}

function readJsonList(text: string): GhostRedirect[] {
  const list = readJson(text);
  if (!Array.isArray(list)) {
    throw new ImportRefusal("the file", 'A list of redirects was expected: [{"from", "to", "permanent"}].');
  }
  return list.map((entry: unknown, index) => {
    if (!isFields(entry))
      throw new ImportRefusal(`[${index}]`, 'An object was expected: {"from", "to", "permanent"}.');
    const { from, to } = entry;
    if (typeof from !== "string") throw new ImportRefusal(`[${index}].from`, "An address was expected.");
    if (typeof to !== "string") throw new ImportRefusal(`[${index}].to`, "An address was expected.");
    return { from, to, status: entry.permanent === true ? 301 : 302 };
  });
}

function readYamlGroups(text: string): GhostRedirect[] {
  const groups = parseYaml(text);
  if (!isFields(groups)) {
    throw new ImportRefusal("the file", 'Groups "301:" and "302:" with lines "old: new" were expected.');
  }
  const found: GhostRedirect[] = [];
  for (const [status, group] of Object.entries(groups)) {
    if (status !== "301" && status !== "302") {
      throw new ImportRefusal(status.slice(0, 40), 'Only the groups "301:" and "302:" are known.');
    }
    if (group === null) continue;
    if (!isFields(group)) throw new ImportRefusal(status, 'Lines of the form "old: new" were expected here.');
    for (const [from, to] of Object.entries(group)) {
      if (typeof to !== "string")
        throw new ImportRefusal(`${status}: ${from.slice(0, 80)}`, "An address was expected.");
      found.push({ from, to, status: status === "301" ? 301 : 302 });
    }
  }
  return found;
}

/** Brackets or list signs in a row, which no list of redirects holds; the parser is slow with them. */
const nested = /(?:[[{?-]\s{0,200}){40}/;

function parseYaml(text: string): unknown {
  const at = text.search(nested);
  if (at >= 0) {
    const line = text.slice(0, at).split("\n").length;
    throw new ImportRefusal(`line ${line}, column 1`, "The YAML is nested too deeply: write it flat.");
  }
  try {
    // Looking for repeated keys takes time that grows with their square; the last one counts.
    const document = parseDocument(text, { logLevel: "silent", prettyErrors: true, uniqueKeys: false });
    const error = document.errors[0];
    if (error !== undefined) {
      const at = error.linePos?.[0] ?? { line: 1, col: 1 };
      throw new ImportRefusal(`line ${at.line}, column ${at.col}`, `The file is not YAML: ${error.code}.`);
    }
    return document.toJS({ maxAliasCount: 0 });
  } catch (error) {
    if (error instanceof ImportRefusal) throw error;
    throw new ImportRefusal(
      "line 1, column 1",
      "The YAML is nested too deeply or refers to itself; write it flat.",
    );
  }
}

type Translation =
  | { readonly kind: "taken"; readonly redirect: ImportedRedirect }
  | { readonly kind: "not-taken"; readonly why: string };

function translateRedirect(entry: GhostRedirect): Translation {
  if (entry.from.length > maxAddressLength || entry.to.length > maxAddressLength) {
    return { kind: "not-taken", why: `It is longer than ${maxAddressLength} characters.` };
  }
  let source = entry.from.trim();
  const enclosed = /^\/(.+)\/i$/.exec(source)?.[1];
  const ignoreCase = enclosed !== undefined;
  if (enclosed !== undefined) source = enclosed;
  // Ghost itself allows a slash at the end of every old address.
  source = source
    .replace(/^\^/, "")
    .replace(/\$$/, "")
    .replace(/(?:\\?\/|\((?:\?:)?\\?\/\))\?$/, "");
  const pattern = translatePattern(source);
  if (pattern.kind === "unknown") return { kind: "not-taken", why: pattern.why };
  const from = pattern.from.startsWith("/") ? pattern.from : `/${pattern.from}`;
  const to = entry.to.trim();
  if (!/^(?:\/(?![/\\])|https?:\/\/[^/\s])\S*$/.test(to) && to !== "/") {
    return { kind: "not-taken", why: "It leads to something that is neither a path nor an http address." };
  }
  const target = translateTarget(to, pattern.groups);
  if (target === null)
    return { kind: "not-taken", why: "It refers to a part of the old address that is not there." };
  const kind = pattern.wildcards > 0 ? "pattern" : "path";
  return { kind: "taken", redirect: { kind, from, to: target, status: entry.status, ignoreCase } };
}

type Pattern =
  | {
      readonly kind: "known";
      readonly from: string;
      readonly wildcards: number;
      /** For each group of the expression, the number of its wildcard. */
      readonly groups: readonly number[];
    }
  | { readonly kind: "unknown"; readonly why: string };

/** Pieces of expressions and what they are here. */
const wildcards: readonly [source: RegExp, wildcard: "*" | ":segment" | ":digits"][] = [
  [/^(?:\\d|\[0-9\])(?:[+*]|\{\d{1,2}(?:,\d{0,2})?\})/, ":digits"],
  [/^\.[*+]\??/, "*"],
  [/^(?:\[\^\\?\/\]|\\w|\[[\w\\-]{1,30}\])[+*]\??/, ":segment"],
];

/** Reads an expression from left to right; whatever is not certain to mean the same here makes it unknown. */
function translatePattern(source: string): Pattern {
  const groups: number[] = [];
  let from = "";
  let count = 0;
  let last: "*" | ":segment" | ":digits" | null = null;
  let stars = 0;
  for (let rest = source; rest !== ""; ) {
    const group = /^\((\?:)?/.exec(rest);
    const inside = group === null ? rest : rest.slice(group[0].length);
    const found = wildcardAt(inside);
    if (found !== null) {
      const end = inside.slice(found.length);
      if (group !== null && !end.startsWith(")")) return unknown("of a group with several parts");
      if (last !== null) return unknown("of two wildcards with nothing between them");
      count += 1;
      if (group !== null && group[1] === undefined) groups.push(count);
      if (found.wildcard === "*") stars += 1;
      if (stars > 1) return unknown('of more than one ".*"');
      from += found.wildcard;
      last = found.wildcard;
      rest = group === null ? end : end.slice(1);
      continue;
    }
    const literal = literalAt(rest);
    if (literal === null) return unknown(`of "${rest.slice(0, 20)}"`);
    if (last === ":segment" && literal.text !== "/")
      return unknown("a wildcard must be a whole part between slashes");
    if (last === ":digits" && /\d/.test(literal.text)) return unknown("digits follow a wildcard for digits");
    from += literal.text;
    last = null;
    rest = rest.slice(literal.length);
  }
  if (!/[\p{L}\p{N}]/u.test(from.replace(/:segment|:digits/g, "")))
    return unknown("it would catch every address");
  return { kind: "known", from, wildcards: count, groups };
}

function unknown(because: string): Pattern {
  return {
    kind: "unknown",
    why: `Its expression cannot be carried over because ${because}; write it by hand.`,
  };
}

function wildcardAt(text: string): { wildcard: "*" | ":segment" | ":digits"; length: number } | null {
  for (const [source, wildcard] of wildcards) {
    const found = source.exec(text);
    if (found !== null) return { wildcard, length: found[0].length };
  }
  return null;
}

/** One character that stands for itself; people write dots without a backslash. */
function literalAt(text: string): { text: string; length: number } | null {
  const found = /^(?:\\([/.\-_~])|([\p{L}\p{M}\p{N}/.\-_~%@!,;=&']))(?![*+?{])/u.exec(text);
  const character = found?.[1] ?? found?.[2];
  return found === null || character === undefined ? null : { text: character, length: found[0].length };
}

/** Renumbers $1, $2 …; null when one has no group. */
function translateTarget(to: string, groups: readonly number[]): string | null {
  let missing = false;
  const target = to.replace(/\$(\d{1,2})/g, (_, digits: string) => {
    const wildcard = groups[Number(digits) - 1];
    if (wildcard === undefined) missing = true;
    return `$${wildcard}`;
  });
  return missing ? null : target;
}
