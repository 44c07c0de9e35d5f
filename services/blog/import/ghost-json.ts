// JSON that strangers wrote, read with bounds: the text is checked first, in one pass and in little memory, so
// that neither nesting nor a flood of values reaches the real parser. An error names its line and column.

import { ImportRefusal } from "./imported-site.ts";

/** Exports nest about 6 deep, documents inside of them some 60. */
const maxDepth = 200;

/** Lists, objects and what they hold, counted together: a site of 100,000 posts comes to about 5 million. */
const maxValues = 6_000_000;

/** Members of one object: rows have some 60, and objects with many names take the most memory of all. */
const maxMembers = 5_000;

/** About as long as a text can be in memory. */
const maxLength = 500_000_000;

/**
 * Parses JSON; a byte order mark in front is ignored. `where` is put before the line and column when the text
 * stands inside of another file, such as "posts[3].lexical, ". Throws ImportRefusal for text that is not
 * well-formed JSON or passes a bound.
 */
export function readJson(text: string, where = ""): unknown {
  const plain = text.startsWith("\ufeff") ? text.slice(1) : text;
  const fault = plain.length > maxLength ? { at: 0, sentence: tooLong } : findFault(plain);
  if (fault !== null) throw new ImportRefusal(where + placeOf(plain, fault.at), fault.sentence);
  return JSON.parse(plain);
}

interface Fault {
  readonly at: number;
  readonly sentence: string;
}

const tooLong = `A text of more than ${maxLength} characters is not read: export in parts.`;
const cutOff = "The JSON ends too early: the file seems to be cut off. Download the export once more.";
const notJson = "This is not well-formed JSON.";
const tooDeep = `Lists and objects are nested more than ${maxDepth} deep, which no export does.`;
const tooWide = `An object has more than ${maxMembers} members, which no export has.`;
const tooMany = `There are more than ${maxValues} values: export in parts.`;

function placeOf(text: string, at: number): string {
  let line = 1;
  let start = 0;
  for (let end = text.indexOf("\n"); end >= 0 && end < at; end = text.indexOf("\n", start)) {
    line += 1;
    start = end + 1;
  }
  return `line ${line}, column ${at - start + 1}`;
}

/** What the grammar allows next. */
type Expected = "value" | "value-or-end" | "key" | "key-or-end" | "colon" | "comma-or-end" | "nothing";

/** The first place where `text` is not JSON or passes a bound; null for text that may be parsed. */
function findFault(text: string): Fault | null {
  /** Whether each open container is an object, and how many members those have. */
  const objects: boolean[] = [];
  const members: number[] = [];
  let expected: Expected = "value";
  let values = 0;
  let at = 0;
  const afterValue = (): Expected => (objects.length === 0 ? "nothing" : "comma-or-end");
  for (at = skipBlanks(text, at); at < text.length; at = skipBlanks(text, at)) {
    const sign = text[at]!;
    if (sign === "}" || sign === "]") {
      const mayEnd =
        expected === "comma-or-end" || expected === (sign === "}" ? "key-or-end" : "value-or-end");
      if (!mayEnd || objects.pop() !== (sign === "}")) return { at, sentence: notJson };
      members.pop();
      expected = afterValue();
      at += 1;
    } else if (sign === "," || sign === ":") {
      if (expected !== (sign === "," ? "comma-or-end" : "colon")) return { at, sentence: notJson };
      expected = sign === "," && objects.at(-1) === true ? "key" : "value";
      at += 1;
    } else if (expected === "key" || expected === "key-or-end") {
      const end = sign === '"' ? stringEnd(text, at) : -at - 1;
      if (end < 0) return faultAt(text, -end - 1);
      members.push(members.pop()! + 1);
      if (members.at(-1)! > maxMembers) return { at, sentence: tooWide };
      expected = "colon";
      at = end;
    } else if (expected === "value" || expected === "value-or-end") {
      values += 1;
      if (values > maxValues) return { at, sentence: tooMany };
      if (sign === "{" || sign === "[") {
        objects.push(sign === "{");
        members.push(0);
        if (objects.length > maxDepth) return { at, sentence: tooDeep };
        expected = sign === "{" ? "key-or-end" : "value-or-end";
        at += 1;
      } else {
        const end = sign === '"' ? stringEnd(text, at) : wordEnd(text, at);
        if (end < 0) return faultAt(text, -end - 1);
        expected = afterValue();
        at = end;
      }
    } else return { at, sentence: notJson };
  }
  return expected === "nothing" ? null : { at: text.length, sentence: cutOff };
}

function faultAt(text: string, at: number): Fault {
  return { at, sentence: at >= text.length ? cutOff : notJson };
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); code === 32 || code === 10 || code === 13 || code === 9; ) {
    at += 1;
    code = text.charCodeAt(at);
  }
  return at;
}

/** Where the string that begins at `from` is over; for a broken one, -1 minus the place of the fault. */
function stringEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at + 1;
    if (code < 0x20) return -at - 1;
    if (code !== 0x5c) continue;
    at += 1;
    const sign = text[at] ?? "";
    if (sign === "u") {
      const digits = text.slice(at + 1, at + 5);
      if (at + 5 > text.length) break;
      if (!/^[0-9a-f]{4}$/i.test(digits)) return -at - 1;
      at += 4;
    } else if (sign !== "" && !'"\\/bfnrt'.includes(sign)) return -at - 1;
  }
  return -text.length - 1;
}

/** Where the number or word that begins at `from` is over; -1 minus the place of the fault for anything else. */
function wordEnd(text: string, from: number): number {
  let end = from;
  while (isWordCode(text.charCodeAt(end))) end += 1;
  const isWord = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/.test(
    text.slice(from, end),
  );
  // A word that is not finished when the text ends was cut off.
  return isWord ? end : -(end === text.length && end > from ? end : from) - 1;
}

/** Letters, digits, "+", "-" and "."; not so for the NaN beyond the end. */
function isWordCode(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x30 && code <= 0x39) ||
    code === 0x2d ||
    code === 0x2e ||
    code === 0x2b ||
    code === 0x45
  );
}
