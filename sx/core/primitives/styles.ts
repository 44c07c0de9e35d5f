// Styles: class lists, style dicts, and rules named by the hash of their content, so that the same rule
// made twice is one rule. All of it is text; nothing is put into a page here. The checks are in css.ts.

import { checkedStyleValue, classText, escapeIdentifier, isBalanced, styleText } from "../css.ts";
import { sha256 } from "../sha256.ts";
import { type Dict, isDict, type Value } from "../values.ts";
import { keyText } from "./dicts.ts";
import { type Primitive, primitive, wrongType } from "./primitive.ts";

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
  const first = declarations(before).replace(/;?\s*$/, ";");
  return first + declarations(after);
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

const pseudoForm = /^::?[a-z-]+(?:\([a-z0-9 +-]+\))?$/;

/** The selector parts (":hover", "" for the rule itself) of a style dict, each with its declarations. */
function ruleParts(style: Dict): [suffix: string, css: string][] {
  const own = Object.entries(style).filter(([key]) => !key.startsWith(":"));
  const parts: [string, string][] = own.length > 0 ? [["", styleText(Object.fromEntries(own))]] : [];
  for (const [key, value] of Object.entries(style)) {
    if (!key.startsWith(":")) continue;
    if (!pseudoForm.test(key)) throw wrongType("css-rule", "style", "a pseudo-class such as :hover", key);
    if (!isDict(value)) throw wrongType("css-rule", "style", `a dict of declarations under ${key}`, value);
    parts.push([key, styleText(value)]);
  }
  return parts;
}

function makeRule(style: Dict): Dict {
  const parts = ruleParts(style);
  const name = `c-${shortHash(parts.map(([suffix, css]) => `${suffix}{${css}}`).join(""))}`;
  return { class: name, css: parts.map(([suffix, css]) => `.${name}${suffix}{${css}}`).join("") };
}

function makeKeyframes(frames: Dict): Dict {
  let body = "";
  for (const [stop, style] of Object.entries(frames)) {
    if (!/^(?:from|to|\d{1,3}(?:\.\d+)?%)$/.test(stop)) {
      throw wrongType("css-keyframes", "frames", "from, to or a percentage as key", stop);
    }
    if (!isDict(style))
      throw wrongType("css-keyframes", "frames", `a dict of declarations under ${stop}`, style);
    body += `${stop}{${styleText(style)}}`;
  }
  const name = `k-${shortHash(body)}`;
  return { name, css: `@keyframes ${name}{${body}}` };
}

/** 32 bits: enough to tell the rules of one site apart, short enough for every element. */
function shortHash(css: string): string {
  return sha256(css).slice(0, 8);
}

/** CSS text given as text or as what css-rule and css-keyframes made; it must close all that it opens. */
function rulesText(name: string, rules: (string | Dict)[]): string {
  return rules
    .map((rule) => {
      const css = isDict(rule) ? rule.css : rule;
      if (typeof css !== "string" || css.includes("</") || !isBalanced(css)) {
        throw wrongType(
          name,
          "rules",
          "CSS whose quotes and brackets are closed, or a rule that css-rule made",
          rule,
        );
      }
      return css;
    })
    .join("");
}

function media(query: string, ...rules: (string | Dict)[]): string {
  if (!/^[A-Za-z0-9 ().,:<>=%/_+-]+$/.test(query) || query.includes("</") || !isBalanced(query)) {
    throw wrongType("css-media", "query", 'a media query such as "(min-width: 40rem)"', query);
  }
  return `@media ${query}{${rulesText("css-media", rules)}}`;
}

function scope(root: string, ...rules: (string | Dict)[]): string {
  if (root.trim() === "" || /[{};<@]|\/\*/.test(root) || !isBalanced(root)) {
    throw wrongType("css-scope", "root", 'a selector such as ".card"', root);
  }
  return `@scope (${root}){${rulesText("css-scope", rules)}}`;
}

const badStyle = { errors: ["html/bad-attribute-value"] };

export const styles: readonly Primitive[] = [
  primitive(
    "(css-style style:dict|nil ...) -> string",
    "Style dicts as the text of a style attribute, in order; nil and false entries are left out.",
    (...given: (Dict | null)[]) => given.map((style) => styleText(style ?? {})).join(""),
    badStyle,
  ),
  primitive(
    "(class-list part:any ...) -> string",
    "Class names as one text, from strings, lists, and dicts of name and whether it applies.",
    (...parts: Value[]) => classText(parts),
    badStyle,
  ),
  primitive(
    "(merge-attrs attrs:dict|nil ...) -> dict",
    "One dict of attributes: classes and styles come together, of all else the later value holds.",
    mergeAttributes,
    { errors: ["html/bad-attribute-value", "dict/bad-key"] },
  ),
  primitive(
    "(css-var name:string fallback?:string|number) -> string",
    "A reference to a custom property: var(--name).",
    (name: string, fallback?: Value) => variable("css-var", customProperty("css-var", name), fallback),
    badStyle,
  ),
  primitive(
    "(css-rule style:dict) -> dict",
    "A rule as a dict of :class, named by its content, and :css. Keys such as :hover hold a dict for that state.",
    makeRule,
    badStyle,
  ),
  primitive(
    "(css-media query:string rules:string|dict ...) -> string",
    "Rules that hold where a media query does.",
    media,
  ),
  primitive(
    "(css-keyframes frames:dict) -> dict",
    "An animation as a dict of :name, given by its content, and :css; keys are from, to and percentages.",
    makeKeyframes,
    badStyle,
  ),
  primitive(
    "(css-scope root:string rules:string|dict ...) -> string",
    "Rules that hold only within what a selector finds.",
    scope,
  ),
  primitive(
    "(css-escape s:string) -> string",
    "s as a CSS identifier, to stand in a selector.",
    escapeIdentifier,
  ),
  primitive(
    "(theme-token path:string fallback?:string|number) -> string",
    "A reference to a value of the theme: color.accent gives var(--color-accent).",
    themeToken,
    badStyle,
  ),
];
