// Views from real .sx files: drawing, reloading after a change, and errors that show until they are mended.
import assert from "node:assert/strict";
import { mkdir, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { ask, type Cleanup, startTestSite, temporaryFolder } from "./test/notes-site.ts";
import { createViewLibrary, joinStylesheets } from "./views.ts";

const greeting = `(defcomp ~note (&key shell text) (p "Note: " text))\n`;
const frame = `(defcomp ~error-page (&key shell status title sentence requestId hint) (h1 title))\n`;

/** A folder with a shared library and one of a service's own, and a way to change a file so that it shows. */
async function prepare(t: Cleanup) {
  const root = await temporaryFolder(t);
  const ui = join(root, "ui");
  const own = join(root, "sx");
  let seconds = 1_000_000;
  const write = async (file: string, text: string) => {
    await writeFile(file, text);
    await utimes(file, ++seconds, seconds); // two changes within one tick of the clock must both be seen
  };
  await mkdir(ui);
  await mkdir(own);
  await write(join(ui, "error-page.sx"), frame);
  await write(join(ui, "style.css"), "body{color:red}");
  await write(join(own, "note.sx"), greeting);
  const make = (reload: boolean) =>
    createViewLibrary({ shared: ui, folders: [own], reload, buildStylesheet: joinStylesheets, root }).of(own);
  return { root, ui, own, write, make };
}

test("a component of either library is drawn, and text is escaped", async (t) => {
  const { make } = await prepare(t);
  const views = make(false);
  assert.equal(views.render("~note", { shell: {}, text: "<b>" }), "<p>Note: &lt;b&gt;</p>");
  assert.match(views.stylesheet.name, /^style\.[0-9a-f]{16}\.css$/);
  assert.equal(views.stylesheet.body, "body{color:red}");
});

test("a changed, added or removed file shows on the next request", async (t) => {
  const { own, ui, write, make } = await prepare(t);
  const views = make(true);
  const { port } = await startTestSite(t, { views });
  assert.match((await ask(port, "GET /first/")).text, /<p>Note: The first note<\/p>/);

  await write(join(own, "note.sx"), greeting.replace("Note: ", "Changed: "));
  assert.match((await ask(port, "GET /first/")).text, /<p>Changed: The first note<\/p>/);

  await write(join(own, "note.sx"), `(defcomp ~note (&key shell text) (~strong :text text))\n`);
  await write(join(own, "strong.sx"), `(defcomp ~strong (&key text) (strong text))\n`);
  assert.match((await ask(port, "GET /first/")).text, /<strong>The first note<\/strong>/);

  const before = views.stylesheet.name;
  await write(join(ui, "style.css"), "body{color:blue}");
  await ask(port, "GET /first/");
  assert.notEqual(views.stylesheet.name, before);

  await rm(join(own, "strong.sx"));
  const { status, text } = await ask(port, "GET /first/");
  assert.equal(status, 500);
  assert.match(text, /~strong/);
});

test("an error in a file shows on every page with its place, until it is mended", async (t) => {
  const { own, write, make } = await prepare(t);
  const { port } = await startTestSite(t, { views: make(true) });
  await write(join(own, "note.sx"), `(defcomp ~note (&key shell text)\n  (p (upcase! text)))\n`);
  for (const path of ["/first/", "/nowhere/", "/search/"]) {
    const { status, text } = await ask(port, `GET ${path}`);
    assert.equal(status, 500, path);
    assert.match(text, /sx\/note\.sx:2:\d+/);
    assert.match(text, /upcase!/);
    assert.match(text, /\^/, "the caret under the place");
    assert.doesNotMatch(text, /at \w+ \(/, "no JavaScript stack");
  }
  assert.equal((await ask(port, "GET /healthz")).status, 200);
  await write(join(own, "note.sx"), greeting);
  assert.equal((await ask(port, "GET /first/")).status, 200);
});

test("an error while drawing is explained to a developer and hidden in production", async (t) => {
  const { own, write, make } = await prepare(t);
  await write(join(own, "note.sx"), `(defcomp ~note (&key shell text)\n  (p (+ 1 text)))\n`);
  const inDevelopment = await startTestSite(t, { views: make(true) });
  const explained = await ask(inDevelopment.port, "GET /first/");
  assert.equal(explained.status, 500);
  assert.match(explained.text, /sx\/note\.sx:2:/);
  const inProduction = await startTestSite(t, { views: make(false) });
  const hidden = await ask(inProduction.port, "GET /first/");
  assert.equal(hidden.status, 500);
  assert.match(hidden.text, /<h1>Something went wrong<\/h1>/);
  assert.doesNotMatch(hidden.text, /note\.sx/);
});

test("in production a broken library keeps the site from starting, and a later change is not read", async (t) => {
  const { own, write, make } = await prepare(t);
  const views = make(false);
  await write(join(own, "note.sx"), "(defcomp ~note (&key");
  assert.equal(views.refresh(), null);
  assert.equal(views.render("~note", { shell: {}, text: "x" }), "<p>Note: x</p>");
  assert.throws(
    () => make(false),
    (error: Error) => error.name === "Refusal" && /sx\/note\.sx:1:/.test(error.message),
  );
});

test("a site can be started for development while a file is broken", async (t) => {
  const { own, write, make } = await prepare(t);
  await write(join(own, "note.sx"), "(defcomp ~note (&key");
  const { port } = await startTestSite(t, { views: make(true) });
  assert.match((await ask(port, "GET /first/")).text, /note\.sx:1:/);
  await write(join(own, "note.sx"), greeting);
  assert.equal((await ask(port, "GET /first/")).status, 200);
});
