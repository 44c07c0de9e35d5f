// The reference as it is committed: current, whole, and with links that lead somewhere.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { kinds } from "../sx/core/error-kinds.ts";
import { nativeRows, rows } from "../sx/core/primitives/rows.ts";
import { formDocs } from "../sx/lsp/special-forms.ts";
import { referencePages } from "./reference/pages.ts";

const folder = join(import.meta.dirname, "../docs/reference");
const command = join(import.meta.dirname, "reference.ts");

test("the committed pages are what npm run reference writes", () => {
  assert.equal(
    execFileSync(process.execPath, ["--stack-size=6000", command, "--check"], { encoding: "utf8" }),
    "",
  );
});

test("every form, function and kind of error has a heading on some page", () => {
  const headings = new Set(
    [...referencePages().values()].flatMap((text) =>
      [...text.matchAll(/^###? `(.+)`$/gm)].map(([, name]) => name),
    ),
  );
  for (const name of [
    ...formDocs.keys(),
    ...Object.keys(rows),
    ...Object.keys(nativeRows),
    ...Object.keys(kinds),
  ])
    assert.ok(headings.has(name), `${name} is on no page`);
});

test("every link of a page leads to a file", () => {
  for (const [name, text] of referencePages())
    for (const [, target] of text.matchAll(/\]\((?!https?:)([^)#]+)/g))
      assert.ok(existsSync(join(folder, target ?? "")), `${name} links to ${target}`);
});

test("an unknown option is wrong usage", () => {
  const { status, stderr } = spawnSync(process.execPath, [command, "--chek"], { encoding: "utf8" });
  assert.equal(status, 2);
  assert.match(stderr, /usage/);
});
