// The TextMate grammar of SX, made from the tables of the language itself, so that a new form, tag or primitive is
// in it as soon as it exists. It colours tokens by what they are and where they stand; what a name means is the
// language server's to say. Its regular expressions keep to what Oniguruma and JavaScript read alike.

import { nativeRows, rows } from "../../sx/core/primitives/rows.ts";
import { preludeDefinitions } from "../../sx/lsp/prelude.ts";
import { formDocs } from "../../sx/lsp/special-forms.ts";
import { htmlTags, sharedSvgTags, svgTags } from "../../sx/render/tags.ts";

export interface Rule {
  readonly name?: string;
  readonly match?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly captures?: Readonly<Record<string, { readonly name: string }>>;
  readonly patterns?: readonly Rule[];
  readonly include?: string;
}

export interface Grammar {
  readonly name: string;
  readonly scopeName: string;
  readonly patterns: readonly Rule[];
  readonly repository: Readonly<Record<string, Rule>>;
}

// A token is what stands between two of these, or between one and the end of the line.
const delimiters = "\\s()\\[\\]{}\";'`,";
const before = `(?<![^${delimiters}])`;
const behind = `(?![^${delimiters}])`;
const token = `[^${delimiters}]+`;
const atHead = "(?<=\\()";

/** One of some words, whole. */
function anyOf(words: Iterable<string>): string {
  const escaped = [...new Set(words)].sort().map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return `(?:${escaped.join("|")})${behind}`;
}

const definers = [...formDocs.keys()].filter((name) => /^def/.test(name));
const forms = [...formDocs.keys()].filter((name) => !/^def/.test(name));
const functions = [...Object.keys(rows), ...Object.keys(nativeRows), ...preludeDefinitions.keys()];
const taken = new Set([...functions, ...formDocs.keys()]);
const tags = [...htmlTags, ...svgTags].filter((tag) => !taken.has(tag));

/** The grammar as an editor reads it. */
export function makeGrammar(): Grammar {
  return {
    name: "SX",
    scopeName: "source.sx",
    patterns: ["comments", "strings", "definitions", "heads", "quotes", "literals", "names"].map((part) => ({
      include: `#${part}`,
    })),
    repository: { comments, block, strings, definitions, heads, quotes, literals, names },
  };
}

const comments: Rule = {
  patterns: [
    { name: "comment.line.semicolon.sx", match: ";.*$" },
    { include: "#block" },
    { name: "comment.block.discard.sx", match: `${before}#;` },
  ],
};

/** `#| … |#`, which nests. */
const block: Rule = {
  name: "comment.block.sx",
  begin: "#\\|",
  end: "\\|#",
  patterns: [{ include: "#block" }],
};

const strings: Rule = {
  name: "string.quoted.double.sx",
  begin: '"',
  end: '"',
  patterns: [
    { name: "constant.character.escape.sx", match: '\\\\(?:[nrt"\\\\]|u\\{[0-9A-Fa-f]{1,6}\\})' },
    { name: "invalid.illegal.escape.sx", match: "\\\\." },
  ],
};

const definitions: Rule = {
  patterns: [
    {
      match: `${atHead}(${anyOf(definers)})(?:\\s+(:shadow)${behind})?(?:\\s+\\(?(~${token}))?`,
      captures: {
        1: { name: "storage.type.definition.sx" },
        2: { name: "storage.modifier.sx" },
        3: { name: "entity.name.class.component.sx" },
      },
    },
    {
      match: `(?<=\\((?:define|define :shadow|defmacro) )\\(?(${token})`,
      captures: { 1: { name: "entity.name.function.sx" } },
    },
  ],
};

const heads: Rule = {
  patterns: [
    { name: "keyword.control.sx", match: `${atHead}${anyOf(forms)}` },
    {
      name: "entity.name.tag.sx",
      match: `${atHead}(?:html|svg):${anyOf([...htmlTags, ...svgTags, ...sharedSvgTags])}`,
    },
    { name: "entity.name.tag.sx", match: `${atHead}${anyOf(tags)}` },
  ],
};

/** The marks that quote, fill a template, or splice into one. */
const quotes: Rule = { name: "keyword.operator.quote.sx", match: "['`]|,@?" };

const literals: Rule = {
  patterns: [
    {
      name: "constant.numeric.sx",
      match: `${before}[-+]?(?:\\d+(?:\\.\\d+)?|\\.\\d+)(?:[eE][-+]?\\d+)?${behind}`,
    },
    { name: "constant.language.sx", match: `${before}(?:true|false|nil)${behind}` },
    { name: "constant.other.keyword.sx", match: `${before}:[^:${delimiters}][^${delimiters}]*` },
  ],
};

const names: Rule = {
  patterns: [
    { name: "storage.modifier.sx", match: `${before}&(?:key|env|attrs|rest)${behind}` },
    { name: "support.class.component.sx", match: `${before}~${token}` },
    { name: "support.function.sx", match: `${before}${anyOf(functions)}` },
    // Other names have no colour of their own; taken whole, so that no part of one is mistaken for a token.
    { name: "variable.other.sx", match: `${before}${token}` },
  ],
};
