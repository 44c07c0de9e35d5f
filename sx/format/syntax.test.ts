// The syntax tree against the reader: the same forms in the same places for all that can be read, and for anything
// else a tree that holds every character.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { DictForm, type Form, ListForm } from "../core/form.ts";
import { readForms } from "../core/reader.ts";
import { Source } from "../core/source.ts";
import { hostileText, soundText } from "../core/test/text.ts";
import { parseSyntax, partsOf, type Syntax } from "./syntax.ts";
import { strewnText } from "./test/strewn.ts";

const runs = Number(process.env.ROSE_ASH_LAW_PROGRAMS ?? 10_000);

/** The places of all lists and dicts, outermost first. */
function placesOfForms(forms: readonly Form[]): string[] {
  return forms.flatMap((form) => {
    if (form instanceof ListForm) return [`${form.start}-${form.end}`, ...placesOfForms(form.items)];
    if (form instanceof DictForm) return [`${form.start}-${form.end}`, ...placesOfForms(form.values)];
    return [];
  });
}

function placesOfNodes(nodes: readonly Syntax[]): string[] {
  return nodes.flatMap((node) => {
    const parts = partsOf(node);
    const inner = placesOfNodes(node.kind === "dict" ? parts.filter((_, index) => index % 2 === 1) : parts);
    const isForm = ["list", "bracket", "dict", "prefix"].includes(node.kind);
    return isForm ? [`${node.start}-${node.end}`, ...inner] : inner;
  });
}

test("a text that can be read has the reader's forms in the reader's places", () => {
  fc.assert(
    fc.property(fc.oneof(soundText, strewnText), (text) => {
      const roots = parseSyntax(text).filter(({ kind }) => !/comment|discard/.test(kind));
      assert.deepEqual(placesOfNodes(roots), placesOfForms(readForms(new Source("text", text))));
    }),
    { numRuns: runs },
  );
});

test("in any text children lie in order inside their parents, and only white space lies outside of nodes", () => {
  const gaps = /^[ \n\t\r\f\ufeff]*$/;
  fc.assert(
    fc.property(fc.oneof(hostileText, soundText), (text) => {
      let end = 0;
      for (const root of parseSyntax(text)) {
        assert.match(text.slice(end, root.start), gaps);
        end = root.end;
      }
      assert.match(text.slice(end), gaps);
      const waiting = [...parseSyntax(text)];
      for (let node = waiting.pop(); node; node = waiting.pop()) {
        let at = node.start;
        for (const child of node.children) {
          assert.ok(at <= child.start && child.start < child.end && child.end <= node.end);
          at = child.end;
          waiting.push(child);
        }
      }
    }),
    { numRuns: runs },
  );
});

/** A tree as text: kinds, and the source of what has no children. */
function show(text: string): string {
  const one = ({ kind, start, end, children }: Syntax): string =>
    children.length === 0 ? `${kind}<${text.slice(start, end)}>` : `${kind}(${children.map(one).join(" ")})`;
  return parseSyntax(text).map(one).join(" ");
}

test("half-typed text has a tree whose other forms keep their meaning", () => {
  const trees: Readonly<Record<string, string>> = {
    "(a [b (c] d) e": "list(atom<a> bracket(atom<b> list(atom<c>)) atom<d>) atom<e>",
    ")(a))": "error<)> list(atom<a>) error<)>",
    '(p "a\n(q)': 'list(atom<p> string<"a> list(atom<q>))',
    "(a ')": "list(atom<a> prefix<'>)",
    "'": "prefix<'>",
    "#; ; note\n": "discard(line-comment<; note>)",
    "#| a": "block-comment<#| a>",
    "{:a": "dict(atom<:a>)",
    "; a\r\nb": "line-comment<; a> atom<b>",
  };
  assert.deepEqual(Object.fromEntries(Object.keys(trees).map((text) => [text, show(text)])), trees);
});

test("nesting without end takes no room on the host's stack", () => {
  assert.equal(parseSyntax("(".repeat(200_000)).length, 1);
  assert.equal(parseSyntax("'".repeat(200_000)).length, 1);
});
