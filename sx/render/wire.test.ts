// What the wire writes: one normal form of trees and values, and errors that lead to what cannot travel.

import assert from "node:assert/strict";
import { test } from "node:test";
import { SxError } from "../core/errors.ts";
import { type Dict, Keyword, Markup, Pending, SxSymbol, TrustedUrl, type Value } from "../core/values.ts";
import { CallNode, ElementNode, Handler, HoleNode, type Node, RawNode } from "./nodes.ts";
import { TreeMarkup } from "./tree.ts";
import { writeWire } from "./wire.ts";
import { type Frame, writeFrame } from "./wire-frame.ts";
import { parseNodes, parseWire } from "./wire-parser.ts";

const call = (props: Dict, ...children: Value[]): string => writeWire([new CallNode("~c", props, children)]);

/** Writes nodes, and sees that what is read back is written alike. */
function written(...nodes: Node[]): string {
  const text = writeWire(nodes);
  assert.equal(writeWire(parseNodes(text)), text);
  return text;
}

test("each form at top level has a line", () => {
  assert.equal(
    written(new ElementNode("p", [["class", "a"]], ["x", new ElementNode("br")]), "text", new RawNode("<b>")),
    '(p :class "a" "x" (br))\n"text"\n(raw! "<b>")\n',
  );
});

test("neighbouring texts are one text, and so is neighbouring finished markup", () => {
  assert.equal(
    written("a", "", "b", new RawNode("<b>"), new RawNode("</b>"), "c"),
    '"ab"\n(raw! "<b></b>")\n"c"\n',
  );
});

test("text is escaped as in source, and half a surrogate pair is no text", () => {
  assert.equal(written('"\\\n\r\t\u0000\u00a0é😀'), '"\\"\\\\\\n\\r\\t\\u{0}\u00a0é😀"\n');
  assert.equal(written("a\ud800b"), '"a\ufffdb"\n');
});

test("attributes are text, bare, or what is vouched for", () => {
  const attributes: ElementNode["attributes"] = [
    ["href", new TrustedUrl("app:x")],
    ["hidden", true],
    ["srcdoc", new RawNode("<p>")],
    ["title", ""],
  ];
  assert.equal(
    written(new ElementNode("iframe", attributes)),
    '(iframe :href (trusted-url "app:x") :hidden true :srcdoc (raw! "<p>") :title "")\n',
  );
});

test("the props of a call are values that read back as they were", () => {
  const props = {
    text: "x",
    number: -0.5,
    truth: false,
    none: null,
    data: [1, [new SxSymbol("a"), new Keyword("b")], { k: "v" }],
    symbol: new SxSymbol("s"),
    dict: { "a b": new TreeMarkup([new ElementNode("b")]) },
    mixed: [1, new TreeMarkup(["t"])],
    empty: [],
    url: new TrustedUrl("/x"),
    raw: new Markup("<u>", true),
    go: new Handler(`@h:${"f".repeat(64)}`, [1, "x"]),
  };
  const text = call(props, "text", new TreeMarkup([new ElementNode("b")]), [1, 2], null);
  assert.equal(
    text,
    '(~c :text "x" :number -0.5 :truth false :none nil :data (quote (1 (a :b) {:k "v"})) :symbol (quote s)' +
      ' :dict {"a b" (b)} :mixed (list 1 (<> "t")) :empty (quote ()) :url (trusted-url "/x") :raw (raw! "<u>")' +
      ` :go (sx:handler @h:${"f".repeat(64)} 1 "x") "text" (b) (quote (1 2)) nil)\n`,
  );
  const [node] = parseNodes(text);
  assert.deepEqual((node as CallNode).props, props); // one call was written
});

test("markup among values keeps its kind", () => {
  const cases: readonly (readonly [Markup, string])[] = [
    [new TreeMarkup([]), "(<>)"],
    [new TreeMarkup(["t"]), '(<> "t")'],
    [new TreeMarkup([new RawNode("<b>")]), '(<> (raw! "<b>"))'],
    [new TreeMarkup([new RawNode("<b>"), new RawNode("x")]), '(<> (raw! "<b>x"))'],
    [new TreeMarkup([new ElementNode("b"), "t"]), '(<> (b) "t")'],
    [new TreeMarkup([new HoleNode("1", ["t"])]), '(sx:hole "1" "t")'],
    [new Markup("<b>"), '(<> (raw! "<b>"))'],
    [new Markup("<b>", true), '(raw! "<b>")'],
    [new Markup("", true), '(raw! "")'],
  ];
  for (const [markup, text] of cases)
    assert.equal(written(new CallNode("~c", { m: markup }, [])), `(~c :m ${text})\n`);
});

test("what cannot travel is an error that leads to it", () => {
  const cases: readonly (readonly [Node, string, RegExp])[] = [
    [
      new CallNode("~cart", { items: [1, 2, { "on-click": () => 1 }] }, []),
      "~cart :items[2].on-click",
      /function/,
    ],
    [new CallNode("~cart", {}, ["a", { x: () => 1 }]), "child 2 of ~cart.x", /function/],
    [new ElementNode("p", [], [new CallNode("~cart", { n: Number.NaN }, [])]), "~cart :n", /number/],
    [new CallNode("~cart", { p: new Pending(Promise.resolve(1)) }, []), "~cart :p", /pending/],
    [new CallNode("~cart", { d: new Date(0) }, []), "~cart :d", /Date/],
    [new CallNode("~cart", { s: new SxSymbol("a b") }, []), "~cart :s", /symbol/],
    [new CallNode("~cart", { "a b": 1 }, []), "~cart :a b", /number 1/],
    [
      new CallNode(
        "~a",
        { m: new TreeMarkup([new CallNode("~b", { f: [() => 1, new Markup("x")] }, [])]) },
        [],
      ),
      "~b :f[0]",
      /function/,
    ],
  ];
  for (const [node, path, found] of cases) {
    assert.throws(
      () => writeWire([node]),
      (error) => {
        assert.ok(error instanceof SxError);
        assert.equal(error.kind, "wire/not-serialisable");
        assert.ok(error.message.startsWith(`${path} is `), error.message);
        assert.match(error.message, found);
        return true;
      },
    );
  }
});

test("what holds itself, or nests deeper than anybody reads, is not written", () => {
  const circle: Value[] = [];
  circle.push(circle);
  assert.throws(() => call({ circle }), { kind: "wire/too-deep" });
  let deep: Node = "x";
  for (let depth = 0; depth < 999; depth++) deep = new ElementNode("b", [], [deep]);
  assert.equal(parseNodes(writeWire([deep])).length, 1);
  assert.throws(() => writeWire([new ElementNode("b", [], [new ElementNode("b", [], [deep])])]), {
    kind: "wire/too-deep",
  });
});

test("frames are written and read back", () => {
  const frames: readonly (readonly [Frame, string])[] = [
    [
      { frame: "swap", target: "main", mode: "inner", nodes: ["a", new ElementNode("b")] },
      '(sx:swap "main" inner "a" (b))',
    ],
    [{ frame: "fill", id: "1.2", nodes: [] }, '(sx:fill "1.2")'],
    [{ frame: "signal", name: "n", data: [1, { a: null }] }, '(sx:signal "n" (1 {:a nil}))'],
    [{ frame: "head", nodes: [new ElementNode("title", [], ["t"])] }, '(sx:head (title "t"))'],
    [{ frame: "need", addresses: [`@h:${"0".repeat(64)}.1`] }, `(sx:need @h:${"0".repeat(64)}.1)`],
    [
      { frame: "fail", id: "2", kind: "a/b", message: 'no "x"' },
      '(sx:fail "2" {:kind "a/b" :message "no \\"x\\""})',
    ],
    [{ frame: "end" }, "(sx:end)"],
  ];
  for (const [frame, text] of frames) {
    assert.equal(writeFrame(frame), `${text}\n`);
    assert.deepEqual(parseWire(text), [frame]);
  }
  assert.throws(() => writeFrame({ frame: "signal", name: "n", data: [() => 1] }), {
    message: /^the signal n\[0\] is /,
  });
});
