// Other ways to write the same forms: white space and comments anywhere, brackets for calls of `list`, quote
// marks for what they stand for, numbers and strings in any of their spellings. What is read from the answer
// is what was given, but for its places.

import { writeAtom, writeKey } from "../atom.ts";
import { DictForm, type Form, ListForm } from "../form.ts";
import { isSymbolName } from "../token.ts";
import { Keyword, SxSymbol } from "../values.ts";

/** Gives a number from 0 up to, and without, `count`: which of several ways to take. */
export type Pick = (count: number) => number;

/** A pick that goes through a list of decisions and takes the first way when they are at an end. */
export function pickFrom(decisions: readonly number[]): Pick {
  let at = 0;
  return (count) => (decisions[at++] ?? 0) % count;
}

const spaces = [
  " ",
  "\n",
  "\t",
  "  \r\n ",
  ' ; ) " note\n',
  " #| ( #| |# ' |# ",
  ' #;(unused [form] "x") ',
  "\f",
];
const prefixes: Readonly<Record<string, string>> = {
  quote: "'",
  quasiquote: "`",
  unquote: ",",
  "splice-unquote": ",@",
};

/** A text that reads as these forms. */
export function respell(forms: readonly Form[], pick: Pick): string {
  return forms.map((form) => spell(form, pick)).join(space(pick)) + (pick(2) === 1 ? space(pick) : "");
}

function space(pick: Pick): string {
  return spaces[pick(spaces.length)] as string; // inside the bounds
}

function spell(form: Form, pick: Pick): string {
  if (form instanceof ListForm) return spellList(form, pick);
  if (form instanceof DictForm) {
    const parts = form.keys.map(
      (key, index) => spellKey(key, pick) + space(pick) + spell(form.values[index] ?? null, pick),
    );
    return `{${enclose(parts, pick)}}`;
  }
  if (typeof form === "number") return spellNumber(form, pick);
  if (typeof form === "string") return spellString(form, pick);
  if (form instanceof SxSymbol) return form.name;
  return form instanceof Keyword ? `:${form.name}` : String(writeAtom(form)); // a truth value or nil
}

function spellList({ items }: ListForm, pick: Pick): string {
  const [head, ...rest] = items;
  const name = head instanceof SxSymbol ? head.name : "";
  const prefix = Object.hasOwn(prefixes, name) ? prefixes[name] : undefined;
  if (prefix !== undefined && rest.length === 1 && pick(3) > 0) {
    // A comma and a name that begins with @ would be the other prefix.
    const gap = prefix === "," || pick(4) === 3 ? space(pick) : "";
    return prefix + gap + spell(rest[0] as Form, pick); // one item
  }
  const parts = (name === "list" && pick(2) === 1 ? rest : items).map((item) => spell(item, pick));
  return parts.length === items.length ? `(${enclose(parts, pick)})` : `[${enclose(parts, pick)}]`;
}

/** Parts with white space between, and sometimes around. */
function enclose(parts: readonly string[], pick: Pick): string {
  const edge = () => (pick(4) === 3 ? space(pick) : "");
  return (
    edge() + parts.reduce((text, part, index) => text + (index > 0 ? space(pick) : "") + part, "") + edge()
  );
}

function spellKey(key: string, pick: Pick): string {
  const spellings = [writeKey(key), spellString(key, pick), isSymbolName(key) ? key : writeKey(key)];
  return spellings[pick(spellings.length)] as string; // inside the bounds
}

function spellNumber(value: number, pick: Pick): string {
  const written = String(writeAtom(value)); // a number has a written form
  const spellings = [written, value.toExponential(), value >= 0 ? `+${written}` : written];
  return spellings[pick(spellings.length)] as string; // inside the bounds
}

function spellString(text: string, pick: Pick): string {
  const spellings = [
    String(writeAtom(text)), // a string has a written form
    `"${text.replace(/["\\]/g, "\\$&")}"`,
    `"${Array.from(text, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`).join("")}"`,
  ];
  return spellings[pick(spellings.length)] as string; // inside the bounds
}
