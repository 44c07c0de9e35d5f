// Libraries on disk whose packages are made to mislead: names that lead out of node_modules, and packages that need
// each other in more ways than anybody could walk.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type TestContext, test } from "node:test";
import { type LibraryFolder, librariesBelow, libraryOf } from "./libraries.ts";
import { Workspace } from "./workspace.ts";

/** A folder with some files, gone after the test. */
function folder(t: TestContext, files: Readonly<Record<string, string>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "sx-lsp-")));
  t.after(() => rmSync(root, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

const needing = (...names: string[]) =>
  JSON.stringify({ dependencies: Object.fromEntries(names.map((name) => [name, "*"])) });

test("the name of a package does not lead out of node_modules", (t) => {
  const root = folder(t, {
    "work/package.json": needing("../../secret", "..", ".", "@a/../../../secret", "/etc", "@a/b", "c"),
    "work/a.sx": "",
    "work/node_modules/@a/b/package.json": "{}",
    "work/node_modules/@a/b/b.sx": "",
    "work/node_modules/c/package.json": "{}",
    "work/node_modules/c/c.sx": "",
    "secret/package.json": "{}",
    "secret/s.sx": "",
  });
  const { dependencies } = libraryOf(join(root, "work/a.sx"));
  const found = dependencies.map((library) => library.folder.slice(root.length + 1));
  assert.deepEqual(found, ["work/node_modules/@a/b", "work/node_modules/c"]);
});

test("packages that need each other in very many ways are each looked at once", (t) => {
  const floors = 40;
  const files: Record<string, string> = { "package.json": needing("p0a", "p0b"), "a.sx": "" };
  for (let floor = 0; floor < floors; floor++)
    for (const side of ["a", "b"]) {
      const below = floor + 1 < floors ? needing(`p${floor + 1}a`, `p${floor + 1}b`) : "{}";
      files[`node_modules/p${floor}${side}/package.json`] = below;
      files[`node_modules/p${floor}${side}/x.sx`] = `(define (f${floor}${side}) 1)`;
    }
  const root = folder(t, files);
  const library = libraryOf(join(root, "a.sx"));
  const seen = new Set<LibraryFolder>();
  const visit = (one: LibraryFolder) => {
    if (seen.has(one)) return;
    seen.add(one);
    one.dependencies.forEach(visit);
  };
  visit(library);
  assert.equal(seen.size, 2 * floors + 1);
  assert.equal(librariesBelow(root).length, 1);
  const workspace = new Workspace([root]);
  const own = workspace.libraryOf(join(root, "a.sx"));
  const lowest = workspace.libraryOf(join(root, `node_modules/p${floors - 1}a/x.sx`));
  assert.deepEqual(
    workspace.librariesSeeing(lowest).map((one) => one.folder),
    [lowest.folder, own.folder],
  );
});
