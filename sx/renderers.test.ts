// One table of cases for the three renderers: each folder of render/fixtures holds a page, `~page`, and what
// becomes of it as HTML, on the wire and in a document, on every engine. A page with `later.txt` waits for that
// text: its files show what comes first and what fills it, and the document when it is filled.
// ROSE_ASH_TEST_WRITE=1 writes what is there now, to be looked at before it is kept.

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { cekEngine } from "./cek/engine.ts";
import { Pending } from "./core/values.ts";
import type { Engine } from "./front/engine.ts";
import { jsEngine } from "./js/engine.ts";
import { createRealm, type Realm } from "./realm.ts";
import { Dom } from "./render/dom.ts";
import type { RenderMode } from "./render/stream.ts";
import { outline, testDocument } from "./render/test/document.ts";
import { isFrame, parseWire } from "./render/wire-parser.ts";
import { vmEngine } from "./vm/engine.ts";

const folder = join(import.meta.dirname, "render", "fixtures");
const engines: readonly Engine[] = [jsEngine({ checkProps: true }), cekEngine(), vmEngine()];
const writes = process.env.ROSE_ASH_TEST_WRITE === "1";

for (const name of readdirSync(folder).sort()) {
  for (const engine of engines) {
    test(`${engine.name}: ${name} is the same page for every renderer`, async () => {
      const file = (ending: string) => join(folder, name, ending);
      const realm = createRealm({ engine });
      realm.load(readFileSync(file("input.sx"), "utf8"), { file: name });
      const later = existsSync(file("later.txt")) ? readFileSync(file("later.txt"), "utf8").trim() : null;
      const wire = await pieces(realm, "wire", later);
      expect(file("page.html"), `${(await pieces(realm, "html", later)).join("\n")}\n`);
      expect(file("page.wire"), wire.join(""));
      expect(file("page.dom"), documentOf(wire.join("")));
    });
  }
}

/** What is sent of a page. */
async function pieces(realm: Realm, mode: RenderMode, later: string | null): Promise<string[]> {
  if (later === null) return [realm.render("~page", {}, mode)];
  const { promise, resolve } = Promise.withResolvers<string>();
  const found: string[] = [];
  for await (const { text } of realm.renderStream("~page", { later: new Pending(promise) }, mode)) {
    found.push(text);
    resolve(later);
  }
  return found;
}

/** The document that text of the wire makes. */
function documentOf(wire: string): string {
  const dom = new Dom(testDocument);
  const forms = parseWire(wire);
  const root = testDocument.createDocumentFragment();
  root.appendChild(dom.build(forms.flatMap((form) => (isFrame(form) ? [] : [form]))));
  for (const form of forms)
    if (isFrame(form) && form.frame === "fill")
      assert.ok(dom.fill(form.id, form.nodes), `the hole ${form.id}`);
  return outline(root);
}

function expect(file: string, actual: string): void {
  if (writes) writeFileSync(file, actual);
  assert.equal(actual, readFileSync(file, "utf8"), file);
}

test("a hole is filled once, and one that is not there is not", () => {
  const dom = new Dom(testDocument);
  const forms = parseWire('(p (sx:hole "1" "x"))').flatMap((form) => (isFrame(form) ? [] : [form]));
  const root = testDocument.createDocumentFragment();
  root.appendChild(dom.build(forms));
  assert.equal(dom.fill("2", ["y"]), false);
  assert.equal(dom.fill("1", ["y", "z"]), true);
  assert.equal(dom.fill("1", ["y"]), false);
  assert.equal(outline(root), '<p>\n  "yz"\n');
});

test("a call that was left has no place in a document", () => {
  const nodes = parseWire("(p (~card))").flatMap((form) => (isFrame(form) ? [] : [form]));
  assert.throws(() => new Dom(testDocument).build(nodes), { kind: "wire/unexpanded" });
});
