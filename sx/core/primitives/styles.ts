// Styles: class lists, style dicts, and text made of rules. All of it is text; nothing is put into a page
// here. Rules with names of their own are made in style-rules.ts; the checks are in css.ts and css-rules.ts.

import { checkedStyleValue, classText, escapeIdentifier, styleText } from "../css.ts";
import { ruleMistake } from "../css-rules.ts";
import { type Dict, isDict, type Value } from "../values.ts";
import { keyText } from "./dicts.ts";
import { fromRow } from "./from-row.ts";
import { flatten } from "./lists.ts";
import { type Primitive, wrongType } from "./primitive.ts";
import { isQuery, isSelector, makeKeyframes, makeRule } from "./style-rules.ts";

function mergeAttributes(...dicts: (Dict | null | undefined)[]): Dict {
  const merged: Dict = {};
  for (const dict of dicts) {
    for (const [key, value] of Object.entries(dict ?? {})) {
      const name = keyText(key);
      const before = Object.hasOwn(merged, name) ? merged[name] : null;
      if (name === "class") merged[name] = classText([before, value]);
      else if (name === "style") merged[name] = mergeStyles(before, value);
      else merged[name] = value;
    }
  }
  return merged;
}

/** Two dicts make one dict; where either is text, the result is text, the later one after the earlier. */
function mergeStyles(before: Value, after: Value): Value {
  if (before === null || before === undefined) return after ?? null;
  if (after === null || after === undefined) return before;
  if (isDict(before) && isDict(after)) return { ...before, ...after };
  const first = declarations(before).trimEnd();
  return `${first}${first.endsWith(";") ? "" : ";"}${declarations(after)}`;
}

function declarations(style: Value): string {
  if (typeof style === "string") return style;
  if (isDict(style)) return styleText(style);
  throw wrongType("merge-attrs", "style", "string or dict", style);
}

function customProperty(name: string, given: string): string {
  if (!/^(?:--)?[A-Za-z_][A-Za-z0-9_-]*$/.test(given)) {
    throw wrongType(name, "name", "the name of a custom property, such as brand-color", given);
  }
  return given.startsWith("--") ? given : `--${given}`;
}

function variable(name: string, property: string, fallback?: Value): string {
  if (fallback === undefined) return `var(${property})`;
  return `var(${property}, ${checkedStyleValue(name, fallback)})`;
}

function themeToken(path: string, fallback?: Value): string {
  if (!/^[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*$/i.test(path)) {
    throw wrongType("theme-token", "path", "names with dots between, such as color.accent", path);
  }
  return variable("theme-token", `--${path.replaceAll(".", "-")}`, fallback);
}

/** CSS text given as text or as what css-rule and css-keyframes made; it must be whole rules. */
function rulesText(name: string, rules: readonly Value[]): string[] {
  return flatten([...rules]).map((rule) => {
    const css = isDict(rule) ? rule.css : (rule ?? "");
    const mistake = typeof css === "string" ? ruleMistake(css) : "rules as text, or what css-rule made";
    if (mistake) throw wrongType(name, "rules", mistake, rule);
    return css as string; // anything else was a mistake
  });
}

function media(query: string, ...rules: Value[]): string {
  if (!isQuery(query))
    throw wrongType("css-media", "query", 'a media query such as "(min-width: 40rem)"', query);
  return `@media ${query}{${rulesText("css-media", rules).join("")}}`;
}

function scope(root: string, ...rules: Value[]): string {
  if (!isSelector(root)) throw wrongType("css-scope", "root", 'a selector such as ".card"', root);
  return `@scope (${root}){${rulesText("css-scope", rules).join("")}}`;
}

/** Rules on lines of their own, each once, where it first stands. */
function sheet(...rules: Value[]): string {
  const distinct = new Set(rulesText("css-sheet", rules).map((css) => css.trim()));
  distinct.delete("");
  return [...distinct].map((css) => `${css}\n`).join("");
}

export const styles: readonly Primitive[] = [
  fromRow("css-style", (...given: (Dict | null)[]) => given.map((style) => styleText(style ?? {})).join("")),
  fromRow("class-list", (...parts: Value[]) => classText(parts)),
  fromRow("merge-attrs", mergeAttributes),
  fromRow("css-var", (name: string, fallback?: Value) =>
    variable("css-var", customProperty("css-var", name), fallback),
  ),
  fromRow("css-rule", makeRule),
  fromRow("css-media", media),
  fromRow("css-keyframes", makeKeyframes),
  fromRow("css-scope", scope),
  fromRow("css-sheet", sheet),
  fromRow("css-escape", escapeIdentifier),
  fromRow("theme-token", themeToken),
];
