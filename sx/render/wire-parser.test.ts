// The wire parser: what it reads, what it refuses and where, and that pieces of any size make no difference.

import assert from "node:assert/strict";
import { test } from "node:test";
import { explain, SxError } from "../core/errors.ts";
import { showPosition } from "../core/source.ts";
import { Keyword, Markup, SxSymbol, TrustedUrl } from "../core/values.ts";
import { CallNode, ElementNode, Handler, HoleNode, RawNode } from "./nodes.ts";
import { TreeMarkup } from "./tree.ts";
import { parseNodes, parseWire, WireParser } from "./wire-parser.ts";

const address = `@h:${"0a".repeat(32)}`;

test("elements, texts, numbers, finished markup and holes are nodes", () => {
  assert.deepEqual(
    parseNodes('(p :class "a" :hidden true "x" 5 (br)) "text" (raw! "<b>") (sx:hole "1.2" "wait")'),
    [
      new ElementNode(
        "p",
        [
          ["class", "a"],
          ["hidden", true],
        ],
        ["x", "5", new ElementNode("br")],
      ),
      "text",
      new RawNode("<b>"),
      new HoleNode("1.2", ["wait"]),
    ],
  );
});

test("a fragment is its nodes, and what shows nothing is no node", () => {
  assert.deepEqual(parseNodes('(<> "a" (<> (b)) "" (raw! ""))'), ["a", new ElementNode("b")]);
});

test("the props and children of a call are values", () => {
  const [call] = parseNodes(
    `(~card :title "x" :n -1.5e3 :on true :off false :none nil :items (quote (a :b "c" (1 {:d 2})))
       :mixed (list 1 (b "x") (list)) :dict {:k (i) "a b" nil} :url (trusted-url "app:x") :raw (raw! "<u>")
       :go (sx:handler ${address}.3 1 (x)) "text" 7 nil (<> "a" (b)) (~other :title (em)))`,
  );
  assert.ok(call instanceof CallNode);
  assert.deepEqual(call.props, {
    title: "x",
    n: -1500,
    on: true,
    off: false,
    none: null,
    items: [new SxSymbol("a"), new Keyword("b"), "c", [1, { d: 2 }]],
    mixed: [1, new TreeMarkup([new ElementNode("b", [], ["x"])]), []],
    dict: { k: new TreeMarkup([new ElementNode("i")]), "a b": null },
    url: new TrustedUrl("app:x"),
    raw: new Markup("<u>", true),
    go: new Handler(`${address}.3`, [1, [new SxSymbol("x")]]),
  });
  assert.deepEqual(call.children, [
    "text",
    7,
    null,
    new TreeMarkup(["a", new ElementNode("b")]),
    new TreeMarkup([new CallNode("~other", { title: new TreeMarkup([new ElementNode("em")]) }, [])]),
  ]);
});

test("frames are data beside the markup", () => {
  const forms = parseWire(
    `(sx:swap "main" morph (p)) (sx:fill "1" "x") (sx:signal "count" (1 {:a b})) (sx:head (title "t"))
     (sx:need ${address} ${address}.1) (sx:fail "2" {:message "no" :kind "a/b"}) (sx:end)`,
  );
  assert.deepEqual(forms, [
    { frame: "swap", target: "main", mode: "morph", nodes: [new ElementNode("p")] },
    { frame: "fill", id: "1", nodes: ["x"] },
    { frame: "signal", name: "count", data: [1, { a: new SxSymbol("b") }] },
    { frame: "head", nodes: [new ElementNode("title", [], ["t"])] },
    { frame: "need", addresses: [address, `${address}.1`] },
    { frame: "fail", id: "2", kind: "a/b", message: "no" },
    { frame: "end" },
  ]);
});

/** Texts that are refused: the kind, the place, and what the message must say. */
const refused: readonly (readonly [text: string, kind: string, place: string, says: RegExp])[] = [
  ["(nope)", "wire/unexpected", "1:1", /needs markup or a frame here, found the list \(nope …\)/],
  ['(p\n  (if true "a"))', "wire/unexpected", "2:3", /found the list \(if …\)/],
  ["(p x)", "wire/unexpected", "1:4", /found the word x/],
  ["(p nil)", "wire/unexpected", "1:4", /found the word nil/],
  ["(p {:a 1})", "wire/unexpected", "1:4", /found a dict/],
  ["(p :class 5)", "wire/unexpected", "1:11", /needs a string, true, trusted-url or raw!/],
  ['(p :class (list "a"))', "wire/unexpected", "1:11", /found the list \(list …\)/],
  ['(p "x" :class "a")', "wire/unexpected", "1:8", /content, now that it has begun/],
  ['(p :class "a" :class "b")', "wire/unexpected", "1:15", /each name once/],
  ["(p :class)", "wire/unexpected", "1:10", /the value of class/],
  ["(~c :a (fn (x) x))", "wire/unexpected", "1:8", /found the list \(fn …\)/],
  ["(~c :a x)", "wire/unexpected", "1:8", /needs data, markup, quote/],
  ["(~c :a {1 2})", "wire/unexpected", "1:9", /needs a key/],
  ["(~c :a {:k 1 :k 2})", "wire/unexpected", "1:14", /each key once/],
  ["(~c :a {:k})", "wire/unexpected", "1:11", /the value of k here, found }/],
  ["(~c :a (quote 1 2))", "wire/unexpected", "1:17", /needs nothing more/],
  ["(~c :a (quote))", "wire/unexpected", "1:14", /needs data/],
  ["(~c :a (sx:handler 5))", "wire/unexpected", "1:20", /an address/],
  ["(raw! 5)", "wire/unexpected", "1:7", /needs a string/],
  ['(raw! "a" "b")', "wire/unexpected", "1:11", /needs nothing more/],
  ["(sx:hole (b))", "wire/unexpected", "1:10", /needs a string/],
  ['(sx:swap "a" explode)', "wire/unexpected", "1:14", /one of inner/],
  ['(p (sx:fill "1"))', "wire/unexpected", "1:4", /sx:fill/],
  ['(sx:fail "1" {:kind 5})', "wire/unexpected", "1:1", /:message string/],
  ["(title (b))", "wire/unexpected", "1:1", /text alone inside title/],
  ["(p ()", "wire/unclosed", "1:1", /ended inside this \(/],
  ['(p\n "x', "wire/unclosed", "1:1", /ended inside this \(/],
  ['"x', "wire/unclosed", "1:1", /ended inside this "/],
  [")", "wire/unexpected", "1:1", /found \)/],
  ["(p})", "wire/unexpected", "1:3", /needs \) here, found }/],
  ["(~c :a {:b 1))", "wire/unexpected", "1:13", /needs } here, found \)/],
  ["(~c :a [1])", "wire/unexpected", "1:8", /found the word \[/],
  ["(p 'x)", "wire/unexpected", "1:4", /found the word '/],
  ["(p ; x\n)", "wire/unexpected", "1:4", /found the word ;/],
  ['(p "\\q")', "wire/refused", "1:4", /\\q/],
  ["(p 1x)", "wire/refused", "1:4", /1x/],
  ["(p 9007199254740993)", "wire/refused", "1:4", /cannot be held exactly/],
  ['(a :onclick "x")', "wire/refused", "1:4", /would run text as code/],
  ['(a :ONCLICK "x")', "wire/refused", "1:4", /would run text as code/],
  ['(a :href "javascript:x")', "wire/refused", "1:10", /not a safe address/],
  ['(a :href " java\\nscript:x")', "wire/refused", "1:10", /not a safe address/],
  ['(a :HREF "data:text/html,x")', "wire/refused", "1:10", /not a safe address/],
  ['(iframe :srcdoc "<p>")', "wire/refused", "1:17", /would run text as code/],
  ['(meta :content "0;url=javascript:x")', "wire/refused", "1:16", /would run text as code/],
  ['(p :style "background:url(x)")', "wire/refused", "1:11", /style/],
  ['(p :title (raw! "x"))', "wire/refused", "1:11", /title/],
  ['(p :é "x")', "wire/refused", "1:4", /cannot be the name/],
  ['(br "x")', "wire/refused", "1:1", /cannot have children/],
  ['(script "</script>")', "wire/refused", "1:1", /the content of script/],
  ["(~c :__proto__ 1)", "wire/refused", "1:5", /__proto__/],
  ["(~c :a {:__proto__ 1})", "wire/refused", "1:9", /__proto__/],
  ['(~c :a {"__proto__" 1})', "wire/refused", "1:9", /__proto__/],
];

for (const [text, kind, place, says] of refused) {
  test(`refused: ${JSON.stringify(text)}`, () => {
    assert.throws(
      () => parseWire(text),
      (error) => {
        assert.ok(error instanceof SxError);
        assert.equal(error.kind, kind);
        assert.equal(error.span && showPosition(error.span), `<wire>:${place}`);
        assert.match(error.message, says);
        return true;
      },
    );
  });
}

test("an error says its line among all the text that came, and shows it", () => {
  const parser = new WireParser();
  assert.equal(parser.push('(p "a")\n(p "b"').length, 1);
  assert.throws(
    () => parser.push(")\n  (b (q\n (oops)))"),
    (error) => {
      assert.match(explain(error as SxError), /<wire>:4:2: wire\/unexpected[\s\S]*\(oops\)/); // only such errors come
      return true;
    },
  );
});

test("text in pieces of any size gives the same forms, each as soon as it is whole", () => {
  const text = '(p :title "a)\\"(" "é😀")\n"b" 12 (sx:fill "1" (raw! "{"))\n(~c :d {:k "}"})\n7';
  const whole = parseWire(text);
  assert.equal(whole.length, 6);
  for (let size = 1; size <= text.length; size++) {
    const parser = new WireParser();
    const forms = [];
    for (let at = 0; at < text.length; at += size) forms.push(...parser.push(text.slice(at, at + size)));
    assert.deepEqual([...forms, ...parser.end()], whole);
  }
  const parser = new WireParser();
  assert.equal(parser.push("(p (b").length, 0);
  assert.equal(parser.push("))").length, 1);
});

test("a page alone has no frames", () => {
  assert.throws(() => parseNodes("(p) (sx:end)"), { kind: "wire/unexpected" });
});

test("what nests too deep or is too large is refused before it is kept", () => {
  const deep = (depth: number) => "(b".repeat(depth) + ")".repeat(depth);
  assert.equal(parseNodes(deep(1000)).length, 1);
  assert.throws(() => parseNodes(deep(1001)), { kind: "wire/too-deep" });
  assert.throws(() => new WireParser().push("(b".repeat(1001)), { kind: "wire/too-deep" });
  const parser = new WireParser({ formLength: 100 });
  assert.equal(parser.push(`(p "${"x".repeat(90)}")`.repeat(9)).length, 9);
  assert.throws(
    () => {
      for (let piece = 0; piece < 12; piece++) parser.push("(p 1234567");
    },
    { kind: "wire/too-large" },
  );
  assert.throws(() => parseWire(`"${"x".repeat(200)}"`, { formLength: 100 }), { kind: "wire/too-large" });
});
