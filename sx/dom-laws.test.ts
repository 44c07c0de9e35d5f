// Law L4: the nodes that dom.ts makes of what went over the wire are those that a browser's parser makes of the
// HTML, wherever a parser keeps the nesting. Pages made at random are compared in Chromium, which runs the very
// modules of this folder; L2 and L3 hold for the same pages. A page that was changed on its way is found out.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { cekEngine } from "./cek/engine.ts";
import { page } from "./check/test/page.ts";
import type { Engine } from "./front/engine.ts";
import { jsEngine } from "./js/engine.ts";
import { createRealm } from "./realm.ts";
import { printHtml } from "./render/html.ts";
import { bundleModules, runInBrowser, skip } from "./render/test/browser.ts";
import { writeWire } from "./render/wire.ts";
import { parseNodes } from "./render/wire-parser.ts";
import { vmEngine } from "./vm/engine.ts";

const count = Number(process.env.ROSE_ASH_LAW_PROGRAMS ?? 10_000);
const seed = fc.readConfigureGlobal().seed ?? Date.now() % 2 ** 31;
const engines: readonly Engine[] = [jsEngine(), cekEngine(), vmEngine()];

const sources = () => fc.sample(page, { numRuns: count, seed });

interface Sample {
  readonly source: string;
  readonly html: string;
  readonly wire: string;
}

/** What an engine makes of pages. */
function draw(sources: readonly string[], engine: Engine): Sample[] {
  const batch = sources.slice(0, 100);
  if (batch.length === 0) return [];
  const realm = createRealm({ engine });
  for (const [index, source] of batch.entries()) realm.load(`(defcomp ~page${index} () ${source})`);
  const samples = batch.map((source, index) => {
    const name = `~page${index}`;
    return { source, html: realm.render(name, {}), wire: realm.render(name, {}, "wire") };
  });
  return [...samples, ...draw(sources.slice(100), engine)];
}

test(`L2, L3 and L5: ${count} pages of every kind of markup are the same on every engine and after the wire (seed ${seed})`, () => {
  const [first, ...others] = engines.map((engine) => draw(sources(), engine));
  for (const other of others) assert.deepEqual(other, first);
  for (const { source, wire, html } of first ?? []) {
    const nodes = parseNodes(wire);
    assert.equal(printHtml(nodes), html, source);
    assert.equal(writeWire(nodes), wire, source);
  }
});

/** Runs in the page: the samples whose two trees differ, as both outlines where they begin to; null for those that agree. */
const compare = `
  const inside = (node) => (node instanceof HTMLTemplateElement ? node.content : node);
  const attribute = ({ namespaceURI, name, value }) => [namespaceURI, name, value];
  // Texts side by side are one text when they are printed.
  const joined = (parts, part) => {
    if (typeof part === "string" && typeof parts.at(-1) === "string") parts.push(parts.pop() + part);
    else parts.push(part);
    return parts;
  };
  const content = (node) => [...node.childNodes].map(outline).reduce(joined, []);
  const outline = (node) => node.nodeType === 3
    ? node.data
    : [node.namespaceURI, node.localName, [...node.attributes].map(attribute), ...content(inside(node))];
  const show = (root) => JSON.stringify(content(root));
  const parser = new DOMParser();
  return data.map(({ html, wire }) => {
    const blank = document.implementation.createHTMLDocument("");
    blank.body.appendChild(new Dom(blank).build(parseNodes(wire)));
    const read = parser.parseFromString("<!DOCTYPE html><html><head></head><body>" + html, "text/html");
    const [made, meant] = [show(blank.body), show(read.body)];
    if (made === meant) return null;
    let at = 0;
    while (made[at] === meant[at]) at++;
    return { made: made.slice(Math.max(0, at - 150), at + 150), meant: meant.slice(Math.max(0, at - 150), at + 150) };
  });`;

function differences(samples: readonly Sample[]): { source: string; made: string; meant: string }[] {
  const folder = join(import.meta.dirname, "render");
  const script = `
    const { Dom, parseNodes } = ${bundleModules([join(folder, "dom.ts"), join(folder, "wire-parser.ts")])};
    ${compare}`;
  const answers = runInBrowser(script, samples) as ({ made: string; meant: string } | null)[]; // that is what the script gives
  return answers.flatMap((answer, index) =>
    answer ? [{ source: samples[index]?.source ?? "", ...answer }] : [],
  );
}

test(`L4: ${count} pages have the nodes that a parser gives their HTML (seed ${seed})`, { skip }, () => {
  const [first] = differences(draw(sources(), jsEngine()));
  assert.equal(first?.made, first?.meant, first?.source);
});

/** Ways in which a page may be changed before it becomes nodes, in every page that can be changed so. */
const changes: Readonly<Record<string, (wire: string) => string>> = {
  "a text with another escape": (wire) => wire.replaceAll("&", "&amp;"),
  "an attribute that was left out": (wire) => wire.replaceAll(/ :(?:title|Title) "(?:[^"\\]|\\.)*"/g, ""),
  "an element of another name": (wire) => wire.replaceAll("(b)", "(i)").replaceAll("(div", "(section"),
  "finished markup as text": (wire) => wire.replaceAll(/(?<!:srcdoc )\(raw! ("(?:[^"\\]|\\.)*")\)/g, "$1"),
};

test("L4 finds out every page that was changed on its way", { skip }, () => {
  const samples = draw(fc.sample(page, { numRuns: 300, seed }), jsEngine());
  for (const [name, change] of Object.entries(changes)) {
    const changed = samples
      .map((sample) => ({ ...sample, wire: change(sample.wire) }))
      .filter(({ wire }, index) => wire !== samples[index]?.wire);
    assert.ok(changed.length > 3, `${name}: of 300 pages only ${changed.length} could be changed`);
    assert.equal(differences(changed).length, changed.length, name);
  }
});
