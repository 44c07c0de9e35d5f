// JSON from strangers, checked before it is parsed.
// One linear pass over the text finds the first mistake with its line and column, and refuses nesting and numbers
// of values that no export has; only then does JSON.parse see it. So a hostile file costs a scan and no memory.

import { ImportRefusal } from "./imported-site.ts";

/** No export or document of an editor comes near this depth. */
export const maxJsonDepth = 200;

/** Longest text, in UTF-16 units: exports hold no pictures. */
const maxLength = 400_000_000;
/** Values of all kinds; a site with 10,000 posts has about one million. */
const maxValues = 12_000_000;
/** Objects and arrays, which cost most. */
const maxContainers = 3_000_000;

/** What the grammar allows at a place. */
type Expected = "value" | "value or ]" | "key or }" | "key" | "colon" | "comma or end";

interface Scan {
  readonly text: string;
  at: number;
  values: number;
  containers: number;
  /** The open brackets: 123 for "{", 91 for "[". */
  readonly open: number[];
}

/**
 * Parses JSON text. Throws ImportRefusal naming line and column when it is not JSON, is nested more than
 * `maxJsonDepth` deep, or holds too much. A byte order mark in front is ignored.
 */
export function parseBoundedJson(text: string): unknown {
  const plain = text.startsWith("\ufeff") ? text.slice(1) : text;
  checkJson(plain);
  return JSON.parse(plain);
}

function checkJson(text: string): void {
  const scan: Scan = { text, at: 0, values: 0, containers: 0, open: [] };
  if (text.length > maxLength) {
    throw new ImportRefusal("line 1, column 1", `The text is longer than ${maxLength} characters.`);
  }
  let expected: Expected = "value";
  for (;;) {
    skipSpace(scan);
    if (scan.at >= text.length) {
      if (expected === "comma or end" && scan.open.length === 0) return;
      refuse(scan, "The JSON ends too early; it seems to be cut off. Download the export once more.");
    }
    expected = step(scan, expected);
  }
}

/** Reads one token where `expected` is due and says what is due next. */
function step(scan: Scan, expected: Expected): Expected {
  const code = scan.text.charCodeAt(scan.at);
  switch (expected) {
    case "value or ]":
      if (code === 93) return close(scan, code);
      return readValue(scan, code);
    case "value":
      return readValue(scan, code);
    case "key or }":
      if (code === 125) return close(scan, code);
      return readKey(scan, code);
    case "key":
      return readKey(scan, code);
    case "colon":
      if (code !== 58) unexpected(scan, '":"');
      scan.at += 1;
      return "value";
    case "comma or end":
      return afterValue(scan, code);
  }
}

function readKey(scan: Scan, code: number): Expected {
  if (code !== 34) unexpected(scan, "a name in double quotes");
  skipString(scan);
  return "colon";
}

function readValue(scan: Scan, code: number): Expected {
  scan.values += 1;
  if (scan.values > maxValues) refuse(scan, `More than ${maxValues} values are not read. Export in parts.`);
  if (code === 123 || code === 91) return openContainer(scan, code);
  if (code === 34) skipString(scan);
  else if (code === 45 || (code >= 48 && code <= 57)) skipMatch(scan, number);
  else skipMatch(scan, word);
  return "comma or end";
}

function openContainer(scan: Scan, code: number): Expected {
  if (scan.open.length >= maxJsonDepth) {
    refuse(scan, `Values are nested more than ${maxJsonDepth} deep, which no export is.`);
  }
  scan.containers += 1;
  if (scan.containers > maxContainers)
    refuse(scan, `More than ${maxContainers} objects and lists are not read. Export in parts.`);
  scan.open.push(code);
  scan.at += 1;
  return code === 123 ? "key or }" : "value or ]";
}

function afterValue(scan: Scan, code: number): Expected {
  const holder = scan.open.at(-1);
  if (holder === undefined) return unexpected(scan, "the end of the file");
  if (code === 44) {
    scan.at += 1;
    return holder === 123 ? "key" : "value";
  }
  // The closing brackets stand two places after the opening ones.
  if (code !== holder + 2) unexpected(scan, holder === 123 ? '"," or "}"' : '"," or "]"');
  return close(scan, code);
}

function close(scan: Scan, code: number): Expected {
  if (scan.open.pop() !== code - 2) unexpected(scan, "the other closing bracket");
  scan.at += 1;
  return "comma or end";
}

const number = /-?(?:0|[1-9]\d{0,400})(?:\.\d{1,400})?(?:[eE][+-]?\d{1,9})?(?![\w.+-])/y;
const word = /(?:true|false|null)(?!\w)/y;

function skipMatch(scan: Scan, pattern: RegExp): void {
  const sticky = new RegExp(pattern);
  sticky.lastIndex = scan.at;
  if (!sticky.test(scan.text)) unexpected(scan, "a value");
  scan.at = sticky.lastIndex;
}

function skipString(scan: Scan): void {
  const { text } = scan;
  const start = scan.at;
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 34) {
      scan.at = at + 1;
      return;
    }
    if (code === 92) {
      at += 1;
      const escaped = text.charCodeAt(at);
      if (escaped === 117) {
        if (!/^[0-9a-f]{4}$/i.test(text.slice(at + 1, at + 5)))
          refuseAt(scan, at, "This \\u escape is broken.");
        at += 4;
      } else if (!'"\\/bfnrt'.includes(text.charAt(at))) {
        refuseAt(scan, at, "This escape is unknown to JSON.");
      }
    } else if (code < 32) {
      refuseAt(scan, at, "A line end or control character stands inside a string.");
    }
  }
  refuseAt(scan, start, "The string that begins here has no end; the file seems to be cut off.");
}

function skipSpace(scan: Scan): void {
  for (; scan.at < scan.text.length; scan.at += 1) {
    const code = scan.text.charCodeAt(scan.at);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
  }
}

function unexpected(scan: Scan, wanted: string): never {
  const found = scan.text.slice(scan.at, scan.at + 12).replace(/[^ -~]/g, "?");
  return refuse(scan, `The file is not JSON: ${wanted} was expected and "${found}" found. Export once more.`);
}

function refuse(scan: Scan, sentence: string): never {
  return refuseAt(scan, scan.at, sentence);
}

function refuseAt(scan: Scan, at: number, sentence: string): never {
  let line = 1;
  let lineStart = 0;
  for (let end = scan.text.indexOf("\n"); end >= 0 && end < at; end = scan.text.indexOf("\n", lineStart)) {
    line += 1;
    lineStart = end + 1;
  }
  throw new ImportRefusal(`line ${line}, column ${at - lineStart + 1}`, sentence);
}
