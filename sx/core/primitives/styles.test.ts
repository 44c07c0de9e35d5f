// What styles promise: nothing leaves its declaration or its rule, and equal rules have equal names.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Dict, Value } from "../values.ts";
import { createPrimitives } from "./table.ts";

const table = createPrimitives();
const call = (name: string, ...args: Value[]) => table.get(name)!.call(...args);

test("a style dict becomes declarations in its order", () => {
  assert.equal(
    call("css-style", { color: "red", "margin-top": 0, "--gap": "1rem" }),
    "color:red;margin-top:0;--gap:1rem;",
  );
  assert.equal(call("css-style", { color: null, display: false, width: "50%" }), "width:50%;");
  assert.equal(
    call("css-style", { color: "red" }, null, { "font-family": "'Gill Sans', serif" }),
    "color:red;font-family:'Gill Sans', serif;",
  );
  assert.equal(call("css-style"), "");
});

test("a style value loads only an address that the program vouches for", () => {
  for (const background of [
    "url(/a.png) no-repeat",
    'url("https://example.org/a.png")',
    "URL (/a.png)",
    'image-set("a.png" 1x)',
    "image(a.png)",
  ])
    assert.throws(() => call("css-style", { background }), { kind: "html/bad-attribute-value" }, background);
  const vouched = (url: string) => call("css-style", { "background-image": call("trusted-url", url) });
  assert.equal(vouched("/leaf.png"), 'background-image:url("/leaf.png");');
  assert.equal(vouched('a"b\\c\n</style>'), 'background-image:url("a\\22 b\\5c c\\a \\3c /style>");');
});

test("a style value that could leave its declaration or run code is refused", () => {
  const values = [
    "red;color:blue",
    "red}body{display:none",
    "</style><script>",
    "url(javascript:alert(1))",
    "url( 'JavaScript:alert(1)')",
    "url(java\nscript:alert(1))",
    "url(data:text/html,x)",
    "url(data:image/svg+xml,x)",
    "expression(alert(1))",
    "EXPRESSION (1)",
    "\\75rl(javascript:1)",
    "red/* */",
    "url(unclosed",
    "'unclosed",
    "calc(1px]",
    "a\u0000b",
    "",
    true,
    ["red"],
    { a: 1 },
  ];
  for (const value of values) {
    assert.throws(
      () => call("css-style", { background: value }),
      { kind: "html/bad-attribute-value" },
      JSON.stringify(value),
    );
  }
});

test("a property is a property and nothing more", () => {
  for (const property of [
    "Color",
    "marginTop",
    "color:red;x",
    "",
    "a b",
    "behavior",
    "-moz-binding",
    "--a:b",
  ]) {
    assert.throws(
      () => call("css-style", { [property]: "x" }),
      { kind: "html/bad-attribute-value" },
      property,
    );
  }
});

test("class lists take strings, lists and conditions", () => {
  assert.equal(
    call("class-list", "card ", null, ["a", false, ["b"]], { on: true, off: false, zero: 0, none: null }),
    "card a b on zero",
  );
  assert.equal(call("class-list"), "");
  for (const bad of [true, 1, () => 1]) {
    assert.throws(() => call("class-list", bad), { kind: "html/bad-attribute-value" });
  }
});

test("merging attributes joins classes and styles and overrides the rest", () => {
  const merged = call("merge-attrs", { id: "a", class: "x", style: { color: "red", top: 0 } }, null, {
    class: ["y", { z: true }],
    id: "b",
    style: { color: "blue" },
  });
  assert.deepEqual(merged, { id: "b", class: "x y z", style: { color: "blue", top: 0 } });
  assert.deepEqual(call("merge-attrs", { style: "color:red" }, { style: { top: 0 } }), {
    style: "color:red;top:0;",
  });
  assert.deepEqual(call("merge-attrs", { class: "x", style: { top: 0 } }, { class: null, style: null }), {
    class: "x",
    style: { top: 0 },
  });
  assert.deepEqual(call("merge-attrs"), {});
});

test("references to custom properties", () => {
  assert.equal(call("css-var", "brand"), "var(--brand)");
  assert.equal(call("css-var", "--brand", "#fff"), "var(--brand, #fff)");
  assert.equal(call("theme-token", "color.accent"), "var(--color-accent)");
  assert.equal(call("theme-token", "space-2", 4), "var(--space-2, 4)");
  for (const bad of ["", "a b", "a)", "1"]) {
    assert.throws(() => call("css-var", bad), { kind: "call/type" });
    assert.throws(() => call("theme-token", bad), { kind: "call/type" });
  }
  assert.throws(() => call("css-var", "a", "red;}"), { kind: "html/bad-attribute-value" });
});

test("a rule is named by its content", () => {
  const rule = call("css-rule", { color: "red", ":hover": { color: "blue" } }) as Dict;
  assert.match(rule.class as string, /^c-[0-9a-f]{10}$/);
  assert.equal(rule.css, `.${rule.class}{color:red;}.${rule.class}:hover{color:blue;}`);
  assert.deepEqual(call("css-rule", { color: "red", ":hover": { color: "blue" } }), rule);
  assert.notEqual((call("css-rule", { color: "green" }) as Dict).class, rule.class);
  assert.throws(() => call("css-rule", { ":hover{}": {} }), { kind: "call/type" });
  assert.throws(() => call("css-rule", { ":hover": "red" }), { kind: "call/type" });
});

test("states, parts and conditions of a rule become rules of their own, behind its declarations", () => {
  const css = (style: Dict) => {
    const rule = call("css-rule", style) as Dict;
    return String(rule.css).replaceAll(String(rule.class), "x");
  };
  assert.equal(css({ "& > li, & + p": { top: 0 } }), ".x > li,.x + p{top:0;}");
  assert.equal(css({ ".dark &": { top: 0 }, color: "red" }), ".x{color:red;}.dark .x{top:0;}");
  assert.equal(css({ '&[title="a,b"]': { top: 0 } }), '.x[title="a,b"]{top:0;}');
  assert.equal(
    css({ ":hover": { "@media (hover: hover)": { top: 0 } } }),
    "@media (hover: hover){.x:hover{top:0;}}",
  );
  assert.equal(css({ "&:is(a, b)": { "& i, & b": { top: 0 } } }), ".x:is(a, b) i,.x:is(a, b) b{top:0;}");
  assert.equal(css({ ":hover": {} }), "");
});

test("a nested key that is no selector of the rule, or no condition, is refused", () => {
  for (const key of [
    "a",
    "a&",
    "&a",
    "p{}&",
    "&:hover{",
    "& </style>",
    "&(",
    "@import x",
    "@media ",
    "@media a{",
    "&,b",
  ])
    assert.throws(() => call("css-rule", { [key]: { top: 0 } }), { kind: "call/type" }, key);
  let deep: Dict = { top: 0 };
  for (let i = 0; i < 9; i++) deep = { "& a": deep };
  assert.throws(() => call("css-rule", deep), { kind: "call/type" });
  const wide = Array.from({ length: 40 }, (_, i) => `& a${i}`).join(", ");
  assert.throws(() => call("css-rule", { [wide]: { [wide]: { top: 0 } } }), { kind: "call/type" });
});

test("a sheet holds each rule once, in the order of their first place", () => {
  const [red, blue] = [call("css-rule", { color: "red" }), call("css-rule", { color: "blue" })] as [
    Dict,
    Dict,
  ];
  assert.equal(call("css-sheet", red, [blue, red], null, "p{top:0}"), `${red.css}\n${blue.css}\np{top:0}\n`);
  assert.equal(call("css-sheet"), "");
});

test("a rule that closes what it has not opened, imports, or loads code is refused", () => {
  for (const bad of [
    "}p{}",
    "p{",
    "p{a:b",
    "p",
    "p{}/*",
    "p{a:'b}",
    'p{a:"b\n"}',
    "p{a:(]}",
    '@import "a";p{}',
    "@\\69mport 'a';p{}",
    "@charset 'x';p{}",
    "p{}</style>",
    "p{}<!--",
    "p{a:url(javascript:alert(1))}",
    "p{a:u\\72l('java\\73 cript:x')}",
    "p{a:url(data:text/html,x)}",
    "p{a:expression(1)}",
    "p{a:e\\78pression(1)}",
    "p{a:image-set('x' 1x)}",
    "p{a:\u0000b}",
  ])
    assert.throws(() => call("css-sheet", bad), { kind: "call/type" }, JSON.stringify(bad));
  for (const good of [
    "p{a:url(/x.png)}",
    "p{a:url( 'data:image/png;base64,AA' )}",
    "@media print{p{a:b}}",
    "p{a:'}'}",
    "/* } */p{}",
  ])
    assert.equal(call("css-sheet", good), `${good}\n`);
});

test("selectors that would take each other in without end are refused before they are made", () => {
  const nested = (key: string, depth: number): Dict =>
    depth === 0 ? { color: "red" } : { [key]: nested(key, depth - 1) };
  for (const key of ["& ".repeat(50), `${"& > ".repeat(9)}&, &:hover`])
    assert.throws(() => call("css-rule", nested(key, 7)), { kind: "call/type", message: /at most 1000000/ });
  const wide = Object.fromEntries(
    Array.from({ length: 3000 }, (_, index) => [`& .a${index}, & .b${index}`, { color: "red" }]),
  );
  assert.throws(() => call("css-rule", { "& a, & b, & c, & d, & e, & f, & g, & h, & i, & j": wide }), {
    kind: "call/type",
  });
});

test("styles that are text are joined by one semicolon, whatever white space is between", () => {
  const join = (style: string) => call("merge-attrs", { style }, { style: "top:0" });
  for (const style of ["color:red", "color:red;", "color:red ", "color:red; \n"])
    assert.match((join(style) as Dict).style as string, /^color:red; ?top:0$/, style);
  const far = `color:red${" ".repeat(300_000)}!important`;
  assert.equal((join(far) as Dict).style, `${far};top:0`);
});

test("keyframes are named by their content", () => {
  const fade = call("css-keyframes", {
    from: { opacity: 0 },
    "50.5%": { opacity: 0.2 },
    to: { opacity: 1 },
  }) as Dict;
  assert.match(fade.name as string, /^k-[0-9a-f]{10}$/);
  assert.equal(fade.css, `@keyframes ${fade.name}{from{opacity:0;}50.5%{opacity:0.2;}to{opacity:1;}}`);
  assert.throws(() => call("css-keyframes", { "from{}": {} }), { kind: "call/type" });
});

test("rules are wrapped only when they close all that they open", () => {
  const rule = call("css-rule", { color: "red" }) as Dict;
  assert.equal(
    call("css-media", "(min-width: 40rem)", rule, "p{top:0}"),
    `@media (min-width: 40rem){${rule.css}p{top:0}}`,
  );
  assert.equal(call("css-scope", ".card", rule), `@scope (.card){${rule.css}}`);
  for (const bad of ["p{", "}body{}", "p{content:'}", "</style>", { class: "x" }]) {
    assert.throws(() => call("css-media", "print", bad), { kind: "call/type" }, JSON.stringify(bad));
    assert.throws(() => call("css-scope", ".a", bad), { kind: "call/type" });
  }
  for (const bad of ["", "print{", "a;b", "(", "\\"]) {
    assert.throws(() => call("css-media", bad, "p{}"), { kind: "call/type" }, bad);
    assert.throws(() => call("css-scope", bad.trim() || " ", "p{}"), { kind: "call/type" }, bad);
  }
});

test("identifiers are escaped as CSSOM says", () => {
  assert.equal(call("css-escape", "a.b:c d"), "a\\.b\\:c\\ d");
  assert.equal(call("css-escape", "1a"), "\\31 a");
  assert.equal(call("css-escape", "-1"), "-\\31 ");
  assert.equal(call("css-escape", "-"), "\\-");
  assert.equal(call("css-escape", "é😀"), "é😀");
  assert.equal(call("css-escape", "\u0000\u0001"), "\ufffd\\1 ");
});
