// What formats promise: text in, text out, the same on every machine, and errors instead of guesses.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Keyword, Markup, type Value } from "../values.ts";
import { createPrimitives } from "./table.ts";

const table = createPrimitives();
const call = (name: string, ...args: Value[]) => table.get(name)!.call(...args);

test("parse-int takes a whole integer or gives nil", () => {
  assert.equal(call("parse-int", "-042"), -42);
  assert.ok(Object.is(call("parse-int", "-0"), 0));
  assert.equal(call("parse-int", "fF", 16), 255);
  for (const bad of ["", "12px", "1.5", " 1", "1e3", "0x10", "9007199254740993", "२"]) {
    assert.equal(call("parse-int", bad), null, bad);
  }
  assert.equal(call("parse-int", "12", 2), null);
  assert.throws(() => call("parse-int", "1", 1), { kind: "call/type" });
});

test("parse-float takes a whole finite number or gives nil", () => {
  assert.equal(call("parse-float", "-1.5e2"), -150);
  assert.equal(call("parse-float", ".5"), 0.5);
  assert.equal(call("parse-float", "3."), 3);
  for (const bad of ["", ".", "1,5", "1e999", "Infinity", "NaN", "0x1", "1 ", `${"1".repeat(100_000)}x`]) {
    assert.equal(call("parse-float", bad), null);
  }
});

test("numbers become text in any radix", () => {
  assert.equal(call("number->string", 255, 16), "ff");
  assert.equal(call("number->string", -0), "0");
  assert.equal(call("number->string", 1e21), "1e+21");
  assert.throws(() => call("number->string", 1, 37), { kind: "call/type" });
});

test("pluralize counts", () => {
  assert.equal(call("pluralize", 1, "comment", "comments"), "1 comment");
  assert.equal(call("pluralize", 0, "comment", "comments"), "0 comments");
  assert.equal(call("pluralize", 2, "comment", "comments"), "2 comments");
});

test("truncate counts code points, the ellipsis among them", () => {
  assert.equal(call("truncate", "abcdef", 6), "abcdef");
  assert.equal(call("truncate", "abcdef", 4), "abc…");
  assert.equal(call("truncate", "😀😀😀", 2), "😀…");
  assert.equal(call("truncate", "abcdef", 5, "..."), "ab...");
  assert.equal(call("truncate", "abcdef", 2, "..."), "ab");
  assert.equal(call("truncate", "abc", -1), "");
});

test("slugs keep the letters of every script", () => {
  assert.equal(call("slugify", "  Hello, Wörld! Don't panic  "), "hello-world-dont-panic");
  assert.equal(call("slugify", "Ελληνικά Άλφα"), "ελληνικα-αλφα");
  assert.equal(call("slugify", "Йод и Ёлка"), "йод-и-ёлка");
  assert.equal(call("slugify", "日本語 が"), "日本語-が");
  assert.equal(call("slugify", "हिन्दी 한국어"), "हिन्दी-한국어");
  assert.equal(call("slugify", "İstanbul ﬁ 2½"), "istanbul-fi-21-2");
  assert.equal(call("slugify", "!!!"), "");
});

test("a slug's slug is itself", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (s) => {
      const slug = call("slugify", s);
      assert.equal(call("slugify", slug), slug);
    }),
  );
});

test("escaped text holds no character that HTML reads", () => {
  assert.equal(
    call("escape-html", `<a href="x" title='y'>&</a>`),
    "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;&lt;/a&gt;",
  );
});

test("strip-tags gives the text of HTML", () => {
  const cases = [
    ["<p>Hi <b>there</b></p>", "Hi there"],
    ["<p>one</p><p>two</p>", "one two"],
    ["a<br>b", "a b"],
    ["a <em>b</em>c", "a bc"],
    ["<ul>\n<li>x</li>\n</ul>", "\nx\n"],
    ["1 < 2 && 3 > 2", "1 < 2 && 3 > 2"],
    ["&lt;b&gt; &amp;amp; &#8217;&#x1F600; &unknown; &#0;", "<b> &amp; ’😀 &unknown; \ufffd"],
    ["x<!-- <p>no</p> -->y", "xy"],
    ["x<script>if (a < b) alert('</p>')</SCRIPT >y<style>p{}</style>z", "xyz"],
    ['<a title="a > b" href=x>link</a>', "link"],
    ["<p title=it's>fine</p>", "fine"],
    ["text <b unfinished", "text "],
    ["text <!-- unfinished", "text "],
    ["<script>unfinished", ""],
    ["<x-card>custom</x-card><pre-x>a</pre-x>", "customa"],
  ];
  for (const [html, text] of cases) assert.equal(call("strip-tags", html), text, html);
});

test("strip-tags of hostile HTML ends", () => {
  for (const piece of ["<", "<a ", '<a b="', "<!--", "<script>", "</", "<p", "&#"]) {
    assert.equal(typeof call("strip-tags", piece.repeat(50_000)), "string");
  }
});

test("URL escapes go both ways", () => {
  assert.equal(call("url-encode", "a b&c/d?é😀(!)"), "a%20b%26c%2Fd%3F%C3%A9%F0%9F%98%80%28%21%29");
  assert.equal(call("url-encode", "\ud800"), "%EF%BF%BD");
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (s) =>
      assert.equal(call("url-decode", call("url-encode", s)), s),
    ),
  );
  for (const bad of ["%", "%zz", "%E0%A4", "100%"]) {
    assert.throws(() => call("url-decode", bad), { kind: "call/type" });
  }
});

test("JSON goes both ways and cannot end a script element", () => {
  assert.equal(
    call("json-encode", { a: [1, null, undefined, true], b: "</script>\u2028" }),
    '{"a":[1,null,null,true],"b":"\\u003c/script>\\u2028"}',
  );
  assert.equal(call("json-encode", new Keyword("k")), '"k"');
  assert.equal(call("json-encode", { "<": 1 }), '{"\\u003c":1}');
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      if (JSON.stringify(value).includes("__proto__")) return;
      const text = call("json-encode", value) as string;
      assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)));
      assert.deepEqual(call("json-decode", text), JSON.parse(text));
    }),
  );
});

test("only data becomes JSON", () => {
  for (const bad of [new Markup("<b>"), () => 1, [new Date(0)], Number.NaN]) {
    assert.throws(() => call("json-encode", bad), { kind: "call/type" });
  }
  const cyclic: Value[] = [];
  cyclic.push(cyclic);
  assert.throws(() => call("json-encode", cyclic), { kind: "call/type" });
});

test("JSON that is broken, too deep, too large or hostile is refused", () => {
  const deep = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
  assert.deepEqual(call("json-decode", " [1] "), [1]);
  assert.ok(call("json-decode", deep(200)));
  for (const bad of [
    "",
    "{",
    "[1,]",
    "nil",
    deep(201),
    deep(100_000),
    "[1e999]",
    '{"a": {"__proto__": {}}}',
  ]) {
    assert.throws(() => call("json-decode", bad), { kind: "parse/json" }, bad.slice(0, 20));
  }
});
