// The wire against hostile text, and law L3 for trees of every kind: whatever the parser is given, it answers
// with forms or with one error of its own that stands inside the text, in pieces of any size, and nothing that
// it lets through runs. ROSE_ASH_LAW_PROGRAMS sets how many texts are tried; a failure shows fast-check's seed.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { SxError } from "../core/errors.ts";
import { countedText } from "../core/test/text.ts";
import { TrustedUrl, type Value } from "../core/values.ts";
import { decideAttribute } from "./attributes.ts";
import { CallNode, type ElementNode, HoleNode, type Node, RawNode } from "./nodes.ts";
import { countWork } from "./test/counted-work.ts";
import { hostileWire, soundWire, travelling, tree } from "./test/tree.ts";
import { TreeMarkup } from "./tree.ts";
import { writeWire } from "./wire.ts";
import { writeFrame } from "./wire-frame.ts";
import { isFrame, parseNodes, parseWire, type WireForm, WireParser } from "./wire-parser.ts";

const runs = Number(process.env.ROSE_ASH_LAW_PROGRAMS ?? 10_000);

function check<T>(arbitrary: fc.Arbitrary<T>, law: (sample: T) => void, numRuns = runs): void {
  fc.assert(fc.property(arbitrary, law), { numRuns });
}

/** The forms of a text, or the error it is refused with. */
function attempt(run: () => WireForm[]): WireForm[] | SxError {
  try {
    return run();
  } catch (error) {
    if (error instanceof SxError) return error;
    throw error;
  }
}

const rewrite = (forms: readonly WireForm[]): string =>
  forms.map((form) => (isFrame(form) ? writeFrame(form) : writeWire([form]))).join("");

test("L3: a tree of any kind is written as it was after it was read", () => {
  check(tree, (nodes) => {
    const text = writeWire(nodes);
    assert.equal(writeWire(parseNodes(text)), text);
  });
});

test("L3: a prop of any kind is written as it was after it was read", () => {
  check(travelling, (value) => {
    const text = writeWire([new CallNode("~c", { value }, [value])]);
    assert.equal(writeWire(parseNodes(text)), text);
  });
});

test("what the wire writes is never refused, and is its own normal form", () => {
  check(soundWire, (text) => {
    // Texts of two fragments that end and begin with text are one text when they are read as one page.
    const forms = parseWire(text);
    assert.equal(rewrite(parseWire(rewrite(forms))), rewrite(forms));
  });
});

test("any text is read or refused with an error of the wire that stands inside it", () => {
  check(hostileWire, (text) => {
    const forms = attempt(() => parseWire(text));
    if (!(forms instanceof SxError)) return;
    assert.match(forms.kind, /^wire\//);
    const { span } = forms;
    assert.ok(span, "its place");
    const { line, column } = span.source.position(span.start);
    const lines = text.split("\n");
    assert.ok(
      line <= lines.length && column <= (lines[line - 1] ?? "").length + 1,
      `${line}:${column} of ${text}`,
    );
  });
});

test("in pieces a text gives the same forms or the same error", () => {
  check(fc.tuple(hostileWire, fc.integer({ min: 1, max: 9 })), ([text, size]) => {
    const whole = attempt(() => parseWire(text));
    const parser = new WireParser();
    const pieces = attempt(() => {
      const forms: WireForm[] = [];
      for (let at = 0; at < text.length; at += size) forms.push(...parser.push(text.slice(at, at + size)));
      return [...forms, ...parser.end()];
    });
    if (whole instanceof SxError) assert.equal(pieces instanceof SxError && pieces.kind, whole.kind);
    else assert.deepEqual(pieces, whole);
  });
});

/** Every element of a tree, those inside markup that is a prop included. */
function elementsIn(nodes: readonly Node[]): ElementNode[] {
  return nodes.flatMap((node) => {
    if (typeof node === "string" || node instanceof RawNode) return [];
    if (node instanceof CallNode)
      return [...Object.values(node.props), ...node.children].flatMap(elementsInValue);
    if (node instanceof HoleNode) return elementsIn(node.children);
    return [node, ...elementsIn(node.children)];
  });
}

function elementsInValue(value: Value): ElementNode[] {
  if (value instanceof TreeMarkup) return elementsIn(value.nodes);
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(elementsInValue) : [];
}

test("no attribute comes through that a program could not have written", () => {
  check(hostileWire, (text) => {
    const forms = attempt(() => parseWire(text));
    if (forms instanceof SxError) return;
    const nodes = forms.flatMap((form) => (!isFrame(form) ? [form] : "nodes" in form ? form.nodes : []));
    for (const { tag, attributes } of elementsIn(nodes)) {
      for (const [name, value] of attributes) {
        assert.doesNotMatch(name, /^on/i);
        if (!(value instanceof RawNode) && !(value instanceof TrustedUrl))
          assert.equal(decideAttribute(tag, name, value), value);
      }
    }
  });
});

const long = 100_000;
const hostile: Readonly<Record<string, string>> = {
  "elements without an end": "(b ".repeat(900),
  "many small forms": "(b)".repeat(long / 3),
  "a text without an end": `(p "${"a".repeat(long)}`,
  "a text of escapes": `(p "${"\\u{41}".repeat(long / 6)}")`,
  "a text of half escapes": `(p "${"\\".repeat(long)}")`,
  "a word without an end": "x".repeat(long),
  "a number of many digits": `(p ${"9".repeat(long)})`,
  "many attributes": `(p ${Array.from({ length: long / 20 }, (_, index) => `:data-a${index} "x"`).join(" ")})`,
  "many lines": "\n".repeat(long),
  "many lines, and then a mistake on each": "\n)".repeat(long / 2),
  "closers without openers": ")".repeat(long),
  NULs: "\0".repeat(long),
};

for (const [name, text] of Object.entries(hostile)) {
  test(`${name}: answered, after looking at each unit a few times`, () => {
    const counted = countedText(text);
    attempt(() => parseWire(counted.text));
    assert.ok(counted.seen() <= 12 * (text.length + 10), `${counted.seen() / text.length} for each unit`);
  });
}

/** Forms of any length that a parser might go through again and again. */
const growing: Readonly<Record<string, (size: number) => string>> = {
  attributes: (size) => `(p ${Array.from({ length: size }, (_, index) => `:data-${index} true`).join(" ")})`,
  props: (size) => `(~c ${Array.from({ length: size }, (_, index) => `:p${index} 1`).join(" ")})`,
  "keys of a dict": (size) =>
    `(~c :d {${Array.from({ length: size }, (_, index) => `:k${index} 1`).join(" ")}})`,
  "texts before one with an escape": (size) => `(p ${'"a" (b) '.repeat(size)} "\\n")`,
  "nodes in nested fragments": (size) =>
    `(p ${"(<> ".repeat(size / 8)}${"(b)".repeat(size)}${")".repeat(size / 8)})`,
};

for (const [name, textOf] of Object.entries(growing)) {
  test(`${name}: twice as many are twice the work`, () => {
    const [once, twice] = [1000, 2000].map((size) => {
      const text = textOf(size);
      return countWork(() => parseWire(text));
    }) as [number, number]; // two sizes
    assert.ok(twice < 3 * once, `${once} for one, ${twice} for two`);
  });
}

test("a fragment holds as many nodes as its form has room for", () => {
  const [page] = parseNodes(`(p (<> ${"1 ".repeat(800_000)}))`);
  assert.equal((page as ElementNode).children.length, 800_000);
});

test("two attributes that are printed by one name are one too many", () => {
  for (const text of ['(p :class "a" :CLASS "b")', '(p :Style "color:red" :style "color:blue")'])
    assert.throws(() => parseWire(text), { kind: "wire/unexpected" });
});

test("a mistake far on in a stream is told without a text as long as all that came before", () => {
  const parser = new WireParser();
  for (let i = 0; i < 17; i++) parser.push(" ".repeat(1 << 20));
  const error = attempt(() => parser.push("(nope)"));
  assert.ok(error instanceof SxError && error.span);
  assert.equal(error.kind, "wire/unexpected");
  assert.ok(error.span.source.text.length < 100, String(error.span.source.text.length));
});

test("a page in pieces of one unit is looked at as often as a page in one", () => {
  const text = `(p "${"a".repeat(20_000)}")`;
  const parser = new WireParser();
  let forms = 0;
  for (const unit of text) forms += parser.push(unit).length;
  assert.equal(forms, 1);
});
