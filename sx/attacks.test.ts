// Attacks on the renderer: data that tries to leave its place in the HTML or to run, through each way by which the
// compiler prints it: an attribute in place, pieces of `str`, a spread, a component in between.
// Every case must be refused or printed inert, and the ways and the engines must agree.

import assert from "node:assert/strict";
import { test } from "node:test";
import { cekEngine } from "./cek/engine.ts";
import type { Engine } from "./front/engine.ts";
import { createRealm, SxError, type Value, write } from "./index.ts";
import { jsEngine } from "./js/engine.ts";
import { vmEngine } from "./vm/engine.ts";

const engines: readonly Engine[] = [jsEngine(), cekEngine(), vmEngine()];

/** What `body` prints with `v` bound to a value, or the kind of the error: the same on every engine. */
function outcome(body: string, v: Value, definitions = ""): string {
  const [first, ...others] = engines.map((engine) => outcomeOn(engine, body, v, definitions));
  for (const other of others) assert.equal(other, first, body);
  return first as string; // there are engines
}

function outcomeOn(engine: Engine, body: string, v: Value, definitions: string): string {
  const realm = createRealm({ engine });
  try {
    realm.load(`${definitions}\n(defcomp ~page (&key v) ${body})`, { file: "attack.sx" });
    return realm.render("~page", { v }, "html");
  } catch (error) {
    if (error instanceof SxError) return error.kind;
    throw error;
  }
}

const attributeWays = (tag: string, name: string): string[] => [
  `(${tag} :${name} v)`,
  `(${tag} :${name} (str v ""))`,
  `(${tag} :${name} (let ((w v)) w))`,
  `(${tag} :${name} (if true v "x"))`,
  `(${tag} (spread {"${name}" v}))`,
  `(${tag} (spread (assoc {} "${name}" v)))`,
  `(~any :${name} v)`,
];

/** A component that passes whatever it is given on to the element. */
const passing = (tag: string) => `(defcomp ~any (&key unused &attrs more) (${tag} (spread more)))`;

test("an attribute that could run its text is refused by every way to write it", () => {
  const attacks: [tag: string, name: string, value: string][] = [
    ["a", "href", "javascript:alert(1)"],
    ["a", "HREF", "JaVaScRiPt:alert(1)"],
    ["a", "href", " \u0001java\tscr\nipt:alert(1)"],
    ["a", "ping", "https://shop.example.org javascript:alert(1)"],
    ["a", "xlink:href", "vbscript:x"],
    ["img", "srcset", "a.png 1x, javascript:alert(1) 2x"],
    ["img", "SRCSET", "javascript:alert(1) 2x"],
    ["link", "imagesrcset", "javascript:alert(1)"],
    ["img", "src", "data:image/svg+xml,<svg onload=alert(1)>"],
    ["svg:use", "href", "data:image/svg+xml,<svg id=x onload=alert(1)>#x"],
    ["svg:animate", "values", "x;javascript:alert(1)"],
    ["svg:set", "to", "java\tscript:alert(1)"],
    ["object", "data", "data:text/html,<script>alert(1)</script>"],
    ["iframe", "srcdoc", "<script>alert(1)</script>"],
    ["iframe", "SrcDoc", "<b>"],
    ["meta", "content", "0;url=javascript:alert(1)"],
    ["button", "formaction", "vbscript:x"],
    ["base", "href", "javascript:/"],
    ["div", "style", "background:url(//evil.example.org)"],
    ["div", "STYLE", "background:url(//evil.example.org)"],
    ["div", "style", 'background:image-set("https://evil.example.org/x" 1x)'],
    ["div", "style", "background:u\\72l(x)"],
    ["div", "style", "color:red}</style><script>alert(1)</script>"],
  ];
  for (const [tag, name, value] of attacks) {
    for (const way of attributeWays(tag, name)) {
      const found = outcome(way, value, passing(tag));
      assert.match(
        found,
        /^html\/(?:unsafe-url|unsafe-attribute|bad-attribute-value)$/,
        `${way} of ${value}`,
      );
    }
  }
});

test("a quotation mark or an angle bracket never leaves an attribute", () => {
  const value = `"><img src=x onerror=alert(1)>'&lt;`;
  for (const name of [
    "title",
    "class",
    "Class",
    "data-x",
    "aria-label",
    "hidden",
    "href",
    "width",
    "itemid",
  ]) {
    for (const way of attributeWays("a", name)) {
      const found = outcome(way, value, passing("a"));
      if (found.startsWith("html/")) continue;
      assert.match(found, /^<a [A-Za-z-]+="[^"<>]*"><\/a>$/, way);
      assert.ok(found.includes("&quot;&gt;&lt;img src=x onerror=alert(1)&gt;'&amp;lt;"), way);
    }
  }
});

test("the quick ways print an attribute exactly as the general one does", () => {
  const values: Value[] = [
    "plain",
    `"<>&\u00a0`,
    "",
    "/a?b=1&c",
    "//x.example.org",
    0,
    -0,
    1.5,
    true,
    false,
    null,
    ["a", null, "b"],
    { a: true, b: false },
  ];
  for (const name of [
    "title",
    "class",
    "href",
    "hidden",
    "aria-hidden",
    "data-x",
    "draggable",
    "style",
    "value",
  ]) {
    for (const value of values) {
      const general = outcome(`(input (spread (assoc {} "${name}" v)))`, value);
      assert.equal(outcome(`(input :${name} v)`, value), general, `${name} of ${JSON.stringify(value)}`);
      assert.equal(
        outcome(`(input (spread {"${name}" v}))`, value),
        general,
        `${name} of ${JSON.stringify(value)}`,
      );
      if (typeof value === "string")
        assert.equal(outcome(`(input :${name} (str v ""))`, value), general, `pieces of ${name}: ${value}`);
    }
  }
});

test("names of attributes that come from data cannot add markup or handlers", () => {
  for (const name of [
    'x" onclick="alert(1)',
    "on\nclick",
    "onclick",
    "ONCLICK",
    "x=y",
    "x/y",
    ">",
    "",
    " ",
    "x\u0000",
    "é",
  ]) {
    const found = outcome("(p (spread v))", { [name]: "1" });
    assert.match(found, /^html\/(?:bad-attribute-name|unsafe-attribute)$/, JSON.stringify(name));
  }
});

test("text in style cannot become markup, in svg and math neither", () => {
  // Inside svg and math a browser reads style as an ordinary element, so its text would be parsed for tags.
  const value = "<img src=x onerror=alert(1)>";
  for (const body of [
    "(style v)",
    "(svg (style v))",
    "(svg:style v)",
    "(math (style v))",
    "(svg (~sheet v))",
  ]) {
    const found = outcome(body, value, "(defcomp ~sheet (&rest children) (style children))");
    assert.equal(found, "html/raw-text", body);
  }
  assert.equal(
    outcome("(style v)", "@media (width < 40rem) { a > b { color: red } }"),
    "<style>@media (width < 40rem) { a > b { color: red } }</style>",
  );
});

test("text in an element that holds text cannot end it, whole or in pieces", () => {
  const sheets =
    "(defcomp ~around (&rest children) (title children)) (defcomp ~field (&rest children) (textarea children))";
  assert.equal(outcome('(script "</scr" v)', "ipt><img>"), "html/raw-text");
  assert.equal(outcome("(script v)", "<!-- <script>"), "html/raw-text");
  assert.equal(outcome("(~around v)", "</title><script>", sheets), "<title>&lt;/title>&lt;script></title>");
  assert.equal(
    outcome("(~field v)", "</textarea><script>", sheets),
    "<textarea>&lt;/textarea>&lt;script></textarea>",
  );
});

test("data is never taken for markup, a number or a component", () => {
  const text = '<img src=x onerror="alert(1)">';
  const inert = '&lt;img src=x onerror="alert(1)"&gt;';
  const bodies = [
    "(p v)",
    "(p (list v))",
    '(p (str v ""))',
    "(p (if true v 1))",
    "(p (let ((n 1)) (set! n v) n))",
    "(let loop ((n 0)) (if (= n 0) (loop v) (p n)))",
    "(let loop ((n v) (done true)) (if done (p n) (loop (+ n 1) true)))",
    "(p (reduce (fn (a b) b) 0 (list v)))",
    "(p (map (fn (x) x) (list v)))",
    "(p (pass v true))",
    "(~box v)",
    "(let ((~other ~box)) (~other v))",
  ];
  const definitions =
    "(define (pass n done) (if done n (pass (+ n 1) true))) (defcomp ~box (&rest children) (p children))";
  for (const body of bodies) assert.equal(outcome(body, text, definitions), `<p>${inert}</p>`, body);
  for (const value of [{ html: text, raw: true }, { name: "x" }]) {
    assert.equal(outcome("(p v)", value), "html/bad-child");
    assert.equal(outcome("(p :title v)", value), "html/bad-attribute-value");
  }
  assert.equal(outcome("(p (len v))", { length: text }), "<p>1</p>");
  assert.equal(outcome("(p (+ v))", text), "call/type");
});

test("children stay text however many components they pass through, and on whatever way they came", () => {
  const definitions = `(defcomp ~box (&rest children) (p children)) (defcomp ~outer (&rest children) (~box children))
    (defcomp ~either (&key first &rest children) (if first (p children) (div children)))`;
  const ways = [
    "v",
    "(if true v 1)",
    "(let ((w v)) w)",
    "(list v (list nil))",
    "(first (list v))",
    "(try (raise v) (catch (e) e))",
  ];
  for (const way of ways) {
    for (const call of [
      "(~box WAY)",
      "(~outer WAY)",
      "(~either :first true WAY)",
      "(let ((~c ~outer)) (~c WAY))",
      "(~box (spread {}) WAY)",
    ]) {
      const body = call.replace("WAY", way);
      assert.equal(outcome(body, "<img src=x>", definitions), "<p>&lt;img src=x&gt;</p>", body);
    }
  }
});

test("lists nested or bent into themselves end as an error, not as a crash", () => {
  let deep: Value = "x";
  for (let i = 0; i < 100_000; i++) deep = [deep];
  const round: Value[] = [];
  round.push(round);
  for (const value of [deep, round]) {
    assert.equal(outcome("(p v)", value), "stack/too-deep");
    assert.equal(outcome("(p :class v)", value), "stack/too-deep");
  }
});

test("no text of a program can become JavaScript", () => {
  const texts = [
    "\u0001",
    "\u0002",
    "\u00010\u0002",
    "\u2028\u2029",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the attack
    "`${process.exit(1)}`",
    "*/ process.exit(1) /*",
    '"); process.exit(1); ("',
    "\\",
    "\\u0022",
    "$component(",
    "\n//# sourceURL=x",
    "\u0000",
  ];
  for (const text of texts) {
    const written = write(text);
    const shown = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
    assert.equal(outcome(`(p ${written})`, null), `<p>${shown}</p>`, JSON.stringify(text));
    assert.equal(outcome(`(p (first (list ${written} v)))`, null), `<p>${shown}</p>`, JSON.stringify(text));
    assert.equal(
      outcome(`(p (get {${written} "found"} ${written}))`, null),
      "<p>found</p>",
      JSON.stringify(text),
    );
    assert.equal(
      outcome(`(p (get v ${written}))`, { [text]: "found" }),
      "<p>found</p>",
      JSON.stringify(text),
    );
  }
  assert.equal(outcome('(p (list "$component(" (first (list v)) ", boo"))', 1), "<p>$component(1, boo</p>");
});

test("no name of a program can become or disturb JavaScript", () => {
  const names = [
    "eval",
    "arguments",
    "await",
    "static",
    "this",
    "new",
    "d",
    "t0",
    "$",
    "$k",
    "$Markup",
    "$export",
    "λ→𝒳",
    "a*/b",
    "__proto__",
    "constructor",
    "toString",
    "prototype",
    "hasOwnProperty",
    ".",
  ];
  for (const name of names) {
    assert.equal(outcome(`(let ((${name} v)) (p ${name}))`, "x"), "<p>x</p>", name);
    assert.equal(outcome(`(p (${name} v))`, "x", `(define (${name} x) x)`), "<p>x</p>", name);
    assert.equal(outcome(`(~c${name} :a v)`, "x", `(defcomp ~c${name} (&key a) (p a))`), "<p>x</p>", name);
  }
});

test("prototypes can be neither read nor changed from a program or its data", () => {
  const hostile = JSON.parse('{"__proto__": {"onclick": "alert(1)", "polluted": "yes"}}') as Value;
  for (const body of [
    "(p (spread v))",
    "(~any (spread v))",
    "(p (get (merge {} v) :polluted))",
    "(p (get v :polluted))",
    '(p (str (assoc {} "__proto__" v)))',
    "(~any :__proto__ v)",
  ]) {
    const found = outcome(body, hostile, passing("p"));
    assert.ok(found === "<p></p>" || /^(?:html|dict|call)\//.test(found), `${body} gave ${found}`);
  }
  assert.equal(({} as Record<string, unknown>).polluted, undefined);
  for (const key of ["constructor", "toString", "hasOwnProperty"])
    for (const body of [
      `(p (get v "${key}"))`,
      `(p (get v (str "" "${key}")))`,
      `(p (get-in v (list "${key}" "name")))`,
    ])
      assert.equal(outcome(body, {}), "<p></p>", body);
});
