// Trees made at random, with every kind of node and value that may travel, and the texts that the wire writes
// of them, whole or wounded.

import fc from "fast-check";
import { wounded } from "../../core/test/text.ts";
import { type Dict, Keyword, Markup, SxSymbol, TrustedUrl, type Value } from "../../core/values.ts";
import {
  type AttributeValue,
  CallNode,
  ElementNode,
  Handler,
  HoleNode,
  type Node,
  RawNode,
} from "../nodes.ts";
import { TreeMarkup } from "../tree.ts";
import { writeWire } from "../wire.ts";
import { writeFrame } from "../wire-frame.ts";

const text = fc.oneof(
  fc.constantFrom("", "a", "a & b", "<b>", '"', "\\", "\n", "(", ")", "}", "é😀", "\u0000", "\u00a0", "x y"),
  fc.string({ unit: "grapheme", maxLength: 8 }),
);
const name = fc.constantFrom("a", "b-c", "d", "title", "on-click", "x1");
const address = fc
  .tuple(fc.stringMatching(/^[0-9a-f]{64}$/), fc.constantFrom("", ".0", ".12"))
  .map(([hash, member]) => `@h:${hash}${member}`);

const attribute: fc.Arbitrary<readonly [string, AttributeValue]> = fc.oneof(
  fc.tuple(
    fc.constantFrom("title", "class", "data-x", "id", "aria-label", "Lang", "xlink:title", "@x", ":x"),
    text,
  ),
  fc.tuple(fc.constantFrom("hidden", "disabled"), fc.constant<AttributeValue>(true)),
  fc.tuple(fc.constantFrom("href", "src"), fc.constantFrom("/a", "?b", "https://example.org/", "#")),
  fc.tuple(
    fc.constant("href"),
    text.map((url) => new TrustedUrl(url)),
  ),
  fc.tuple(
    fc.constant("srcdoc"),
    text.map((html) => new RawNode(html)),
  ),
  fc.tuple(fc.constant("style"), fc.constantFrom("color:red;", "margin: 0")),
);

const scalar: fc.Arbitrary<Value> = fc.oneof(
  text,
  fc.constantFrom<Value>(null, true, false, 0, -1.5, 1e21, 123456),
  fc.double({ noDefaultInfinity: true, noNaN: true }).map((number) => number + 0),
);

const datum: fc.Arbitrary<Value> = fc.letrec<{ datum: Value }>((again) => ({
  datum: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    { weight: 4, arbitrary: scalar },
    { weight: 1, arbitrary: name.map((word) => new SxSymbol(word)) },
    { weight: 1, arbitrary: name.map((word) => new Keyword(word)) },
    { weight: 1, arbitrary: fc.array(again("datum"), { maxLength: 4 }) },
    {
      weight: 1,
      arbitrary: fc.dictionary(fc.oneof(name, text), again("datum"), { maxKeys: 3, noNullPrototype: true }),
    },
  ),
})).datum;

const { nodes, value } = fc.letrec<{ node: Node; nodes: Node[]; value: Value }>((again) => ({
  node: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    { weight: 3, arbitrary: text },
    { weight: 1, arbitrary: text.map((html) => new RawNode(html)) },
    {
      weight: 4,
      arbitrary: fc
        .tuple(
          fc.constantFrom("p", "div", "pre", "svg", "clipPath", "map", "ul", "a"),
          fc.uniqueArray(attribute, { maxLength: 4, selector: ([key]) => key }),
          again("nodes"),
        )
        .map(([tag, attributes, children]) => new ElementNode(tag, attributes, children)),
    },
    { weight: 1, arbitrary: fc.constantFrom("br", "input").map((tag) => new ElementNode(tag)) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom("", "x & y", "a < b")
        .map((content) => new ElementNode("script", [], content === "" ? [] : [content])),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(text, again("nodes")).map(([id, children]) => new HoleNode(id, children)),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(
          fc.constantFrom("~c", "~card-list", "~x?"),
          fc.dictionary(name, again("value"), { maxKeys: 4, noNullPrototype: true }),
          fc.array(again("value"), { maxLength: 3 }),
        )
        .map(([component, props, children]) => new CallNode(component, props as Dict, children)), // values by name
    },
  ),
  nodes: fc.array(again("node"), { maxLength: 4 }),
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    { weight: 4, arbitrary: datum },
    { weight: 1, arbitrary: again("nodes").map((children) => new TreeMarkup(children)) },
    { weight: 1, arbitrary: text.map((html) => new Markup(html, true)) },
    { weight: 1, arbitrary: text.map((url) => new TrustedUrl(url)) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(address, fc.array(datum, { maxLength: 2 }))
        .map(([at, data]) => new Handler(at, data)),
    },
    { weight: 1, arbitrary: fc.array(again("value"), { maxLength: 3 }) },
    { weight: 1, arbitrary: fc.dictionary(name, again("value"), { maxKeys: 3, noNullPrototype: true }) },
  ),
}));

/** Fragments of every kind of node. */
export const tree: fc.Arbitrary<Node[]> = nodes;
/** What may be the prop of a call. */
export const travelling: fc.Arbitrary<Value> = value;

const frame = fc.oneof(
  fc
    .tuple(text, fc.constantFrom("inner", "morph"), nodes)
    .map(([target, mode, children]) => writeFrame({ frame: "swap", target, mode, nodes: children })),
  fc.tuple(text, nodes).map(([id, children]) => writeFrame({ frame: "fill", id, nodes: children })),
  fc.tuple(text, datum).map(([signal, data]) => writeFrame({ frame: "signal", name: signal, data })),
  fc.array(address, { maxLength: 2 }).map((addresses) => writeFrame({ frame: "need", addresses })),
  fc.tuple(text, text).map(([id, message]) => writeFrame({ frame: "fail", id, kind: "a/b", message })),
  fc.constant(writeFrame({ frame: "end" })),
);

/** Text of the wire, as it is written. */
export const soundWire: fc.Arbitrary<string> = fc
  .array(fc.oneof({ weight: 3, arbitrary: tree.map(writeWire) }, { weight: 1, arbitrary: frame }), {
    maxLength: 3,
  })
  .map((parts) => parts.join(""));

/** Text of the wire, sound or damaged. */
export const hostileWire: fc.Arbitrary<string> = fc.oneof(
  soundWire,
  wounded(soundWire),
  wounded(wounded(soundWire)),
  fc
    .array(
      fc.constantFrom(
        ...'( ) { } " \\ :a :on p ~c <> raw! quote list sx:hole sx:fill nil true 1 -.5 1e999 @h: \n'.split(
          " ",
        ),
        " ",
        '"x"',
      ),
      { maxLength: 20 },
    )
    .map((parts) => parts.join(" ")),
);
