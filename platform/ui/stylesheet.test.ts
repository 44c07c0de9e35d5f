// The stylesheet: complete, small, the same every time, and readable in light and in dark.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { createStylesheet } from "./stylesheet.ts";
import { allClassStrings, loadShared } from "./test/libraries.ts";

/** Classes that only mark an element for a rule about something in or around it. */
const markers = new Set(["group", "card"]);

/** Is there a rule whose selector names this class? */
function hasRule(css: string, name: string): boolean {
  const selector = `.${name.replace(/[^\w-]/g, "\\$&")}`;
  for (let at = css.indexOf(selector); at >= 0; at = css.indexOf(selector, at + 1)) {
    if (!/[\w\\-]/.test(css[at + selector.length] ?? "")) return true;
  }
  return false;
}

test("every class that a view names has a rule", async () => {
  const classes = new Set(allClassStrings().flatMap((text) => text.split(" ")));
  const css = (await createStylesheet()).build([...classes]);
  const missing = [...classes].filter((name) => !markers.has(name) && !hasRule(css, name));
  assert.deepEqual(missing, []);
  assert.ok(!hasRule(css, "no-such-class"));
});

test("the stylesheet for all views is at most 15 KB when compressed", async () => {
  const css = (await createStylesheet()).build(allClassStrings());
  assert.ok(css.length > 10_000, "it holds the utilities, the ground and the prose");
  assert.ok(gzipSync(css).length <= 15 * 1024, `${gzipSync(css).length} bytes`);
});

test("the same classes in another order give the same text", async () => {
  const classes = allClassStrings();
  const once = (await createStylesheet()).build(classes);
  assert.equal((await createStylesheet()).build([...classes].reverse()), once);
  assert.equal((await createStylesheet()).build([classes.join("\n"), ...classes]), once);
});

test("a utility that no view uses is left out", async () => {
  const css = (await createStylesheet()).build(["p-4"]);
  assert.ok(hasRule(css, "p-4"));
  assert.ok(!hasRule(css, "p-5"));
});

test("nothing is loaded from anywhere", async () => {
  const css = (await createStylesheet()).build(allClassStrings());
  assert.doesNotMatch(css, /url\(|@import|@font-face/);
});

test("text has a contrast of at least 4.5 and the edge of a field one of 3, in light and in dark", () => {
  const css = readFileSync(join(import.meta.dirname, "css/ground.css"), "utf8");
  const [light = "", dark = ""] = css.match(/:root \{[^}]*--paper[^}]*\}/g) ?? [];
  for (const [scheme, block] of Object.entries({ light, dark })) {
    const color = (name: string) => {
      const value = new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(block)?.[1];
      assert.ok(value, `${name} in ${scheme}`);
      return value;
    };
    for (const ground of ["paper", "wash", "rose-wash"]) {
      for (const text of ["ink", "ash", "rose", "rose-deep"]) {
        const ratio = contrast(color(text), color(ground));
        assert.ok(ratio >= 4.5, `${text} on ${ground} in ${scheme}: ${ratio.toFixed(2)}`);
      }
    }
    for (const ground of ["rose", "rose-deep"]) {
      assert.ok(contrast(color("paper"), color(ground)) >= 4.5, `a button's text on ${ground} in ${scheme}`);
    }
    assert.ok(contrast(color("edge"), color("paper")) >= 3, `edge on paper in ${scheme}`);
  }
});

test("the browser's own bars have the colour of the paper", () => {
  const css = readFileSync(join(import.meta.dirname, "css/ground.css"), "utf8");
  const papers = [...css.matchAll(/--paper: (#[0-9a-f]{6});/g)].map((match) => match[1]);
  const shell = { site: { title: "T", language: "en" }, stylesheet: "/s.css" };
  const html = loadShared().render("~page-head", { shell, head: { title: "T" } });
  const bars = [...html.matchAll(/<meta name="theme-color" content="(#[0-9a-f]{6})"/g)].map(
    (match) => match[1],
  );
  assert.equal(bars.length, 2);
  assert.deepEqual(bars, papers);
});

/** The contrast ratio of two colours (WCAG 2.2, relative luminance). */
function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number]; // two in, two out
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number]; // three in, three out
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
