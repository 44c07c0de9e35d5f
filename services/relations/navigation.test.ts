// The navigation tree's rules: what is an address, and what is left out.
import assert from "node:assert/strict";
import { test } from "node:test";
import { buildNavigation, isWebAddress } from "./navigation.ts";

test("paths of the site and web addresses are made links, anything else is not", () => {
  for (const href of [
    "/",
    "/about/",
    "/a?b=/c#d",
    "/é/",
    "https://example.org",
    "HTTP://example.org:8001/x",
  ]) {
    assert.equal(isWebAddress(href), true, href);
  }
  for (const href of [
    "",
    "about/",
    "#top",
    "//elsewhere.example.org/",
    "/\\elsewhere.example.org/",
    "/\t/elsewhere.example.org/",
    "/\u0000/elsewhere.example.org/",
    "\u00a0/about/",
    "https:/elsewhere.example.org",
    "https:///elsewhere.example.org",
    "https://",
    "https://[",
    "javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,x",
    "ftp://example.org/",
  ]) {
    assert.equal(isWebAddress(href), false, JSON.stringify(href));
  }
});

test("an edge without a label is left out with what is below it, and what follows stays in its place", () => {
  const edge = (depth: number, name: string, label: string | null = name) => {
    return { parent: "p", child: `blog/page/${name}`, type: "menu", position: 0, depth, label };
  };
  const item = (label: string, children: unknown[] = []) => ({ label, href: null, children });
  const edges = [
    edge(1, "a"),
    edge(2, "a1", null),
    edge(3, "a11"),
    edge(4, "a111"),
    edge(2, "a2"),
    edge(1, "b", ""),
    edge(2, "b1"),
    edge(1, "c"),
    edge(2, "c1"),
  ];
  assert.deepEqual(buildNavigation(edges, {}), [item("a", [item("a2")]), item("c", [item("c1")])]);
});
