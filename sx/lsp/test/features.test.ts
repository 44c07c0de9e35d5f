// What an editor can ask of a file: each feature through the real process, with a `|` where the cursor is.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { applyEdits, Client, type Edit, type Folder } from "./client.ts";

const client = new Client();
before(() => client.initialize({ workspace: { workspaceEdit: { documentChanges: false } } }));
after(() => client.stop());

function open(files: Readonly<Record<string, string>>): Folder {
  return client.folder(files).open();
}

/** The hover at the cursor of one file. */
async function hover(text: string): Promise<string | null> {
  const found = await open({ "a.sx": text }).result("hover");
  return found?.contents.value ?? null;
}

/** The names that are offered at the cursor. */
async function offered(files: Readonly<Record<string, string>>): Promise<string[]> {
  const { items } = await open(files).result("completion");
  return items.map(({ label }: { label: string }) => label);
}

const card = `;;; Cards.

;; Something to open.
(defcomp ~card (&key (title :type string :required true :doc "Its name.") lead &rest children)
  (div (h2 title) (when lead (p lead)) children))
`;

test("diagnostics tell what is wrong, where, and are gone when it is mended", async () => {
  const folder = open({ "a.sx": "(define (f x)\r\n  (list 😀 (uper x)))\r\n".replace("😀", '"😀"') });
  const uri = folder.uri("a.sx");
  const { diagnostics, version } = await client.diagnostics(uri);
  assert.equal(version, 1);
  assert.deepEqual(
    diagnostics.map(({ code, severity, range }) => ({ code, severity, place: folder.show({ uri, range }) })),
    [{ code: "name/unbound", severity: 1, place: `a.sx:${folder.text("a.sx").indexOf("uper")}:uper` }],
  );
  assert.match(diagnostics[0]?.message ?? "", /uper\n.*upper/s);
  const at = folder.text("a.sx").indexOf("uper");
  folder.edit("a.sx", at, at + 4, "upper");
  assert.deepEqual((await client.diagnostics(uri)).diagnostics, []);
});

test("a file that cannot be read says so, and makes no errors in the files that use it", async () => {
  const folder = open({ "card.sx": card, "page.sx": '(define page (~card :title "x"))\n' });
  assert.deepEqual((await client.diagnostics(folder.uri("card.sx"))).diagnostics, []);
  assert.deepEqual((await client.diagnostics(folder.uri("page.sx"))).diagnostics, []);
  const end = folder.text("card.sx").lastIndexOf(")");
  folder.edit("card.sx", end, end + 1, "");
  const { diagnostics } = await client.diagnostics(folder.uri("card.sx"));
  assert.deepEqual(
    diagnostics.map(({ code }) => code),
    ["read/unclosed"],
  );
  assert.deepEqual((await client.diagnostics(folder.uri("page.sx"))).diagnostics, []);
});

test("a file sees the libraries that its package depends on, and only those", async () => {
  const page = "(define page (~card :title 1))\n";
  const folder = open({
    "package.json": "{}",
    "ui/package.json": '{"name": "ui"}',
    "ui/card.sx": card,
    "shop/package.json": '{"name": "shop", "dependencies": {"ui": "*"}}',
    "shop/node_modules/ui/package.json": '{"name": "ui"}',
    "shop/node_modules/ui/card.sx": card,
    "shop/page.sx": page,
    "other/package.json": '{"name": "other"}',
    "other/page.sx": page,
  });
  const codesOf = async (name: string) =>
    (await client.diagnostics(folder.uri(name))).diagnostics.map(({ code }) => code);
  assert.deepEqual(await codesOf("shop/page.sx"), ["component/prop-type"]);
  assert.deepEqual(await codesOf("other/page.sx"), ["name/unbound"]);
});

test("a file outside of libraries and a text that was never saved have answers too", async () => {
  const loose = open({ "package.json": "{}", "notes/a.sx": "(define x 1)\n(define y |x)\n" });
  assert.deepEqual((await client.diagnostics(loose.uri("notes/a.sx"))).diagnostics, []);
  assert.equal(loose.show(await loose.result("definition")), "notes/a.sx:8:x");
  const uri = "untitled:Untitled-1";
  const textDocument = { uri, languageId: "sx", version: 1, text: "(define x 1)\n(list x zz)" };
  client.tell("textDocument/didOpen", { textDocument });
  const { diagnostics } = await client.diagnostics(uri);
  assert.deepEqual(
    diagnostics.map(({ code }) => code),
    ["name/unbound"],
  );
  const position = { line: 1, character: 7 };
  const found = await client.result("textDocument/definition", { textDocument: { uri }, position });
  assert.deepEqual(found.range.start, { line: 0, character: 8 });
});

test("a file of tests sees the words of a test", async () => {
  const folder = open({ "a.sx": '(deftest "one is one" (assert= 1 1))\n' });
  assert.deepEqual((await client.diagnostics(folder.uri("a.sx"))).diagnostics, []);
});

test("hover shows how a name is called and what it is", async () => {
  assert.match((await hover("(|join xs)")) ?? "", /^```sx\n\(join .*\) -> string\n```\n\n\S/);
  assert.match((await hover("(|let ((a 1)) a)")) ?? "", /```sx\n\(let \(\(name value\)/);
  assert.match((await hover("(|div)")) ?? "", /```sx\n<div>/);
  assert.match((await hover("(define (f x)\n  |x)")) ?? "", /A parameter\./);
  assert.match((await hover("(|find odd? xs)")) ?? "", /\(find test\? xs\)/);
  const component = await hover(`${card}(define page (~|card :title "x"))`);
  assert.match(
    component ?? "",
    /```sx\n\(~card :title string :lead &rest children\)\n```\n\nSomething to open\./,
  );
  assert.match(component ?? "", /- `:title` string, required: Its name\./);
  assert.match((await hover(`${card}(~card :ti|tle "x")`)) ?? "", /`:title` string, required/);
  for (const nothing of ['"te|xt"', "; no|te", "12|3", "(quote na|me)", "|"])
    assert.equal(await hover(nothing), null);
});

test("a definition is found across files, and behind letters of two units", async () => {
  const folder = open({ "card.sx": card, "page.sx": '(define page (list "😀😀" (~ca|rd :title "x")))' });
  assert.equal(folder.show(await folder.result("definition")), `card.sx:${card.indexOf("~card")}:~card`);
  const prop = open({ "card.sx": card, "page.sx": '(~card :tit|le "x")' });
  assert.equal(prop.show(await prop.result("definition")), `card.sx:${card.indexOf("title :type")}:title`);
  assert.equal(await open({ "a.sx": "(|map inc xs)" }).result("definition"), null);
});

test("references are all places of one thing and of no other of its name", async () => {
  const folder = open({
    "a.sx": "(define (si|ze x) x)\n(define (g size) (list size))\n'size\n",
    "b.sx": "(define all (map size (list 1)))\n",
  });
  const context = { includeDeclaration: true };
  const places = (await folder.result("references", { context })).map(folder.show, folder);
  assert.deepEqual(places.sort(), ["a.sx:9:size", "b.sx:17:size"]);
  const uses = await folder.result("references", { context: { includeDeclaration: false } });
  assert.deepEqual(uses.map(folder.show, folder), ["b.sx:17:size"]);
  const marks = await folder.result("documentHighlight");
  assert.equal(marks.length, 1);
});

test("rename changes every place of the thing, in every file", async () => {
  const folder = open({
    "card.sx": card,
    "page.sx": '(define page (~card :tit|le "x" (p "title")))\r\n(define title-of (fn (title) title))\r\n',
  });
  const { changes } = await folder.result("rename", { newName: "heading" });
  assert.deepEqual(folder.edited(changes), {
    "card.sx": card.replace("(title :type", "(heading :type").replace("(h2 title)", "(h2 heading)"),
    "page.sx": '(define page (~card :heading "x" (p "title")))\r\n(define title-of (fn (title) title))\r\n',
  });
  const { range, placeholder } = await folder.result("prepareRename");
  assert.equal(placeholder, "title");
  assert.equal(folder.show({ uri: folder.uri("page.sx"), range }), "page.sx:21:title");
});

test("a rename that would change a meaning is refused with the reason", async () => {
  const cases: readonly (readonly [string, string, RegExp])[] = [
    ["(define (f |a b) (list a b))", "b", /b/],
    ["(define (f |a) (let ((b 1)) (list a b)))", "b", /b has a meaning already/],
    ["(define |x 1)\n(define y 2)", "y", /y is defined already/],
    ["(define |a 1)", "map", /map is a primitive/],
    ["(define |a 1)", "if", /if is a special form/],
    ["(define |a 1)", "div", /div is an element/],
    ["(define |a 1)", "two words", /is not a name/],
    ["(|map inc xs)", "each", /map is a primitive/],
    ["(|if a b)", "when", /if is a special form/],
    ["(define a |zz)", "b", /Nothing here defines zz/],
    ["(defcomp ~|c () 1)", "c", /begins with ~/],
  ];
  for (const [text, newName, reason] of cases) {
    const { error } = await open({ "a.sx": text }).ask("rename", { newName });
    assert.match(error?.message ?? "", reason, text);
  }
});

test("completion offers what may stand at a place", async () => {
  const has = async (text: string, wanted: readonly string[], unwanted: readonly string[]) => {
    const names = await offered({ "card.sx": card, "a.sx": text });
    for (const name of wanted) assert.ok(names.includes(name), `${text}: ${name}`);
    for (const name of unwanted) assert.ok(!names.includes(name), `${text}: not ${name}`);
  };
  await has(
    "(define (f some-thing) (|",
    ["some-thing", "~card", "map", "if", "div", "f"],
    ["circle", ":title"],
  );
  await has("(define (f some-thing) (list s|", ["some-thing", "str"], ["div", "if"]);
  await has("(define page (~card :|", [":title", ":lead"], [":class", "map"]);
  await has('(define page (~card :title "x" :|', [":lead"], [":title"]);
  await has("(define page (a :|", [":href", ":class"], [":title-of"]);
  await has("(svg (|", ["circle"], []);
  await has("(defcomp ~x (&key (a :type |", ["string", "number"], ["map"]);
  await has("(defcomp ~x (&|", ["&key", "&rest"], ["map"]);
  for (const nothing of ['(p "te|xt")', "; no|te\n(p)", "(define na|", "'(a |b)", "(let ((na|"])
    assert.deepEqual(await offered({ "a.sx": nothing }), [], nothing);
});

test("a completion replaces what is typed, also behind letters of two units", async () => {
  const folder = open({ "a.sx": '(list "😀" uppe|)' });
  const { items } = await folder.result("completion");
  const item = items.find(({ label }: { label: string }) => label === "upper");
  assert.equal(applyEdits(folder.text("a.sx"), [item.textEdit]), '(list "😀" upper)');
  assert.match(item.detail, /^\(upper /);
});

test("signature help follows the argument at the cursor", async () => {
  const folder = open({ "a.sx": "(define (move from to) 1)\n(move 1 |" });
  const { signatures, activeParameter } = await folder.result("signatureHelp");
  assert.equal(signatures[0].label, "(move from to)");
  assert.equal(activeParameter, 1);
  const prop = open({ "card.sx": card, "a.sx": '(~card :lead "x|")' });
  assert.equal((await prop.result("signatureHelp")).activeParameter, 1);
  assert.equal(await open({ "a.sx": "|(list 1)" }).result("signatureHelp"), null);
});

test("symbols are the definitions of a file, half-typed ones too", async () => {
  const text =
    "(define (f x)\n  (define (inner y) y)\n  x)\n(defmacro m (x) x)\n(defcomp ~c (&key a)\n  (p a\n(define last 1)|";
  const folder = open({ "a.sx": text });
  const found = await client.result("textDocument/documentSymbol", {
    textDocument: { uri: folder.uri("a.sx") },
  });
  assert.deepEqual(
    found.map(({ name, kind, location }: { name: string; kind: number; location: { range: unknown } }) => [
      name,
      kind,
      JSON.stringify(location.range).match(/"line":\d+/)?.[0],
    ]),
    [
      ["f", 12, '"line":0'],
      ["m", 25, '"line":3'],
      ["~c", 5, '"line":4'],
      ["last", 14, '"line":6'],
    ],
  );
});

test("formatting gives the edits that make the text what sx fmt writes, in the file's line breaks", async () => {
  const folder = open({ "a.sx": "(define  a\r\n 1)\r\n; kept\r\n( list a )\r\n|" });
  const edits: Edit[] = await folder.result("formatting", { options: { tabSize: 2, insertSpaces: true } });
  assert.equal(applyEdits(folder.text("a.sx"), edits), "(define a\r\n  1)\r\n; kept\r\n(list a)\r\n");
  assert.deepEqual(await open({ "a.sx": "(list 1)\n|" }).result("formatting", { options: {} }), []);
});

test("a half-typed file is not formatted, but a stretch of it can be", async () => {
  const text = "(define  a 1)\n( list\n a )\n(define (f\n";
  const folder = open({ "a.sx": `${text}|` });
  const { error } = await folder.ask("formatting", { options: {} });
  assert.match(error?.message ?? "", /cannot be formatted yet/);
  const range = { start: { line: 1, character: 3 }, end: { line: 1, character: 4 } };
  const edits: Edit[] = await folder.result("rangeFormatting", { range, options: {} });
  assert.equal(applyEdits(text, edits), "(define  a 1)\n(list\n  a)\n(define (f\n");
});

test("what is written outside of the editor counts once the client says so", async () => {
  const folder = client.folder({ "card.sx": card, "page.sx": '(define page (~card :title "x"))' });
  folder.open("page.sx");
  assert.deepEqual((await client.diagnostics(folder.uri("page.sx"))).diagnostics, []);
  folder.write("card.sx", card.replaceAll("title", "heading"));
  client.tell("workspace/didChangeWatchedFiles", { changes: [{ uri: folder.uri("card.sx"), type: 2 }] });
  const { diagnostics } = await client.diagnostics(folder.uri("page.sx"));
  assert.ok(
    diagnostics.some(({ code }) => code === "component/unknown-prop"),
    JSON.stringify(diagnostics),
  );
});
