// Pages made at random, as SX text: elements in every place that a parser keeps, with attributes of every kind
// and texts that need escaping. A page is a pure function of a stream of numbers; all of it is markup, so that
// what the renderers do with it can be compared.

import fc from "fast-check";
import { htmlTags, rawTextTags, svgTags, voidTags } from "../../render/tags.ts";
import { nestingProblem } from "../nesting.ts";

const ruled =
  "a p li dd dt dl ul button form table tbody tr td th caption colgroup col thead template select option optgroup svg foreignObject desc title h1 h2 ruby rt rp object address div span b i pre textarea script style iframe search noscript input img br".split(
    " ",
  );
const tags = [...new Set([...ruled, ...ruled, ...ruled, ...htmlTags, ...svgTags])];

const texts = [
  "words",
  "a & b",
  "<b>",
  "x < y > z",
  "\"quoted\" & 'single'",
  "\u00a0",
  " ",
  "\n",
  "\nfirst",
  "a\tb",
  "é😀",
  "&amp; &lt;",
  "</p>",
  "]]>",
];

/** Attributes by the name they are written with, and values as code. */
const attributes: readonly (readonly [name: string, ...values: string[]])[] = [
  ["class", '"card"', '(list "a" nil "b&")', "{:on true :off false}", '""', '"x \\"y\\""'],
  ["style", '{:color "red" :margin 0}', '"color:blue;"', "{}"],
  ["title", '"a < b & \\"c\\""', '"\\n"', "5", '""', '"\u00a0"'],
  ["href", '"/x?a=1&b=2"', '"https://example.org/"', '(trusted-url "app:open")', "nil"],
  ["src", '"/a.png"'],
  ["srcset", '"a.png 1x, b.png 2x"'],
  ["hidden", "true", "false"],
  ["disabled", "true", "nil"],
  ["data-x", "true", '"<x>"', "-0"],
  ["aria-label", '"a"', "false"],
  ["draggable", "false"],
  ["viewBox", '"0 0 1 1"'],
  ["xlink:href", '"#a"'],
  ["tabindex", "1e21", "0"],
  ["lang", '"en"'],
  ["@click.once", '"x"'],
  [":bind", '"y"'],
  ["Title", '"other"'],
];

/** Finished markup that stands well where its first tag may. */
const finished = [
  ["b", "<b>raw &amp; <i>ripe</i></b>"],
  ["span", "<span title='a \"b\"'>x</span>tail"],
  ["#text", "a &lt; b &amp; c"],
  ["br", "<br><img src=/x alt>"],
  ["tr", "<tr><td>cell</td></tr>"],
] as const;

/** A page's text from a stream of numbers. */
class PageWriter {
  private budget = 40;
  private readonly draw: (count: number) => number;

  constructor(draw: (count: number) => number) {
    this.draw = draw;
  }

  choose<T>(options: readonly T[]): T {
    return options[this.draw(options.length)] as T; // inside the bounds
  }

  page(): string {
    const parts = Array.from({ length: 1 + this.draw(3) }, () => this.part(["html", "body"], [], 0));
    return `(<> ${parts.join(" ")})`;
  }

  /** A text, finished markup or an element that may stand there; "" where nothing was found. `before` gains the tag. */
  private part(around: readonly string[], before: string[], depth: number): string {
    const kind = this.draw(8);
    if (kind === 0) return this.text(around, before);
    if (kind === 1) return this.raw(around, before);
    for (let attempt = 0; attempt < 12; attempt++) {
      const tag = this.choose(tags);
      if (around.length === 2 && svgTags.has(tag) && !htmlTags.has(tag)) continue;
      if (nestingProblem(around, tag, before)) continue;
      before.push(tag);
      return this.element(tag, around, depth);
    }
    return "";
  }

  private text(around: readonly string[], before: readonly string[]): string {
    const text = this.choose(texts);
    const child = text.trim() === "" && text !== "\u00a0" ? "#space" : "#text";
    return nestingProblem(around, child, before) ? "" : JSON.stringify(text);
  }

  private raw(around: readonly string[], before: string[]): string {
    const [needs, html] = this.choose(finished);
    if (around.some((tag) => tag === "svg" || tag === "math" || tag === "select")) return "";
    if (
      nestingProblem(around, needs, before) ||
      (needs === "span" && nestingProblem(around, "#text", before))
    )
      return "";
    if (needs !== "#text") before.push(needs);
    return `(raw! ${JSON.stringify(html)})`;
  }

  private element(tag: string, around: readonly string[], depth: number): string {
    this.budget--;
    const head = htmlTags.has(tag) ? (tag === "map" ? "html:map" : tag) : `svg:${tag}`;
    const attributes = this.attributes(tag);
    const inner = [...around, tag];
    if (tag === "iframe") return `(iframe${attributes} :srcdoc (raw! "<p>&amp;</p>"))`;
    if (voidTags.has(tag)) return `(${head}${attributes})`;
    if (isTextOnly(tag, around)) return `(${head}${attributes} ${this.literal(tag)})`;
    const before: string[] = [];
    const children: string[] = [];
    for (let count = this.draw(5); count > 0 && this.budget > 0 && depth < 12; count--)
      children.push(this.wrapped(this.part(inner, before, depth + 1)));
    return `(${head}${attributes} ${children.join(" ")})`;
  }

  /** Children come in lists, choices and fragments too. */
  private wrapped(child: string): string {
    if (child === "") return "nil";
    return this.choose([child, child, child, `(list ${child} nil)`, `(<> ${child})`, `(when true ${child})`]);
  }

  private literal(tag: string): string {
    const literals = rawTextTags.has(tag) ? ["if (a < b && c) x()", "a > b { }", "\n", "&amp;"] : texts;
    const text = this.choose(literals);
    return tag === "style" ? JSON.stringify(text.replaceAll("<", "")) : JSON.stringify(text);
  }

  private attributes(tag: string): string {
    let out = "";
    const seen = new Set<string>();
    for (let count = this.draw(4); count > 0; count--) {
      const [name, ...values] = this.choose(attributes);
      if (seen.has(name) || (tag === "script" && name === "src")) continue;
      seen.add(name);
      const value = this.choose(values);
      // A name that begins with a colon is no keyword.
      out +=
        this.draw(6) === 0 || name.startsWith(":") ? ` (spread {"${name}" ${value}})` : ` :${name} ${value}`;
    }
    return out;
  }
}

/** Elements that the language, or a parser, reads as text alone. */
function isTextOnly(tag: string, around: readonly string[]): boolean {
  if (/^(?:script|style|title|textarea)$/.test(tag)) return true;
  return around.includes("svg") ? false : /^(?:xmp|noembed|noframes|plaintext)$/.test(tag);
}

/** Pages as expressions that give markup. */
export const page: fc.Arbitrary<string> = fc
  .infiniteStream(fc.nat({ max: 9_999 }))
  .map((stream) => new PageWriter((count) => (stream.next().value as number) % count).page());
