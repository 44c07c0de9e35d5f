// The protocol as a client meets it: the real process, its life, its errors, garbage, and a thousand edits.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { frame } from "../framing.ts";
import { Client } from "./client.ts";

const clients: Client[] = [];
after(async () => {
  for (const client of clients) await client.stop();
});

function start(): Client {
  const client = new Client();
  clients.push(client);
  return client;
}

test("a session begins with initialize and ends with exit", async () => {
  const client = start();
  const early = await client.ask("textDocument/hover", {});
  assert.equal(early.error?.code, -32002);
  const { result } = await client.initialize();
  assert.equal(result.capabilities.positionEncoding, "utf-16");
  assert.equal((await client.ask("initialize", {})).error?.code, -32600, "initialize was answered twice");
  assert.equal((await client.ask("shutdown", null)).result, null);
  assert.equal((await client.ask("textDocument/hover", {})).error?.code, -32600);
  client.tell("exit", null);
  assert.equal(await client.ended(), 0);
});

test("exit without shutdown is told by the exit code", async () => {
  const client = start();
  await client.initialize();
  client.tell("exit", null);
  assert.equal(await client.ended(), 1);
});

test("the server ends when its input does, also while something is open and unchecked", async () => {
  const client = start();
  await client.initialize();
  client.folder({ "a.sx": "(define a 1)" }).open();
  assert.equal(await client.hangUp(), 1);
});

test("what cannot be answered gets an error, and the session goes on", async () => {
  const client = start();
  await client.initialize();
  assert.equal((await client.ask("textDocument/paint", {})).error?.code, -32601);
  for (const params of [null, [], {}, { textDocument: 1 }, { textDocument: { uri: "file:///none" } }]) {
    assert.equal(
      (await client.ask("textDocument/hover", params)).error?.code,
      -32602,
      JSON.stringify(params),
    );
  }
  const { here } = { here: client.folder({ "a.sx": "(define |a 1)" }).open().here() };
  for (const position of [
    null,
    { line: -1, character: 0 },
    { line: 0.5, character: 0 },
    { line: "0", character: 0 },
  ]) {
    const answer = await client.ask("textDocument/hover", { ...here, position });
    assert.equal(answer.error?.code, -32602, JSON.stringify(position));
  }
  const far = await client.ask("textDocument/hover", { ...here, position: { line: 1e9, character: 1e9 } });
  assert.equal(far.error, undefined);
  assert.ok((await client.ask("textDocument/hover", here)).result);
});

test("garbage gets an error without an id, and the next message its answer", async () => {
  const client = start();
  await client.initialize();
  const garbage = ["not json", "[]", "7", "null", '{"id":1}', '{"id":{},"method":"x"}', "\u0000", '"', "{"];
  for (const text of garbage) {
    client.write(frame(text));
    const { error } = await client.next((message) => message.error !== undefined);
    assert.ok([-32700, -32600].includes(error?.code ?? 0), text);
  }
  client.write(Buffer.from("GET / HTTP/1.1\r\nHost: example.org\r\n\r\n"));
  assert.equal((await client.next(({ id }) => id === null)).error?.code, -32700);
  assert.equal((await client.ask("textDocument/paint", {})).error?.code, -32601);
  client.write(Buffer.from([0xff, 0xfe, 0x00, 0x0d, 0x0a, 0x0d, 0x0a]));
  assert.equal((await client.next(({ id }) => id === null)).error?.code, -32700);
  assert.equal((await client.ask("textDocument/paint", {})).error?.code, -32601);
});

test("a message of more than 32 megabytes is skipped", async () => {
  const client = start();
  await client.initialize();
  client.write(frame(" ".repeat(33 * 1024 * 1024)));
  assert.equal((await client.next(({ id }) => id === null)).error?.code, -32700);
  assert.equal((await client.ask("textDocument/paint", {})).error?.code, -32601);
});

test("unknown notifications and answers to nothing are passed over in silence", async () => {
  const client = start();
  await client.initialize();
  client.tell("$/cancelRequest", { id: 1 });
  client.tell("workspace/didChangeConfiguration", {});
  client.send({ id: 99, result: null });
  client.tell("textDocument/didChange", {
    textDocument: { uri: "file:///closed.sx", version: 2 },
    contentChanges: [],
  });
  const answer = await client.next(() => true);
  assert.equal(answer.method, "window/logMessage", "only the change of a file that is not open is told");
  assert.equal((await client.ask("textDocument/paint", {})).error?.code, -32601);
});

test("answers come in the order of the requests", async () => {
  const client = start();
  await client.initialize();
  const folder = client.folder({ "a.sx": "(define |a 1)" }).open();
  for (let id = 1000; id < 1050; id++)
    client.send({ id, method: "textDocument/hover", params: folder.here() });
  for (let id = 1000; id < 1050; id++) {
    const answer = await client.next((message) => message.id !== undefined);
    assert.equal(answer.id, id);
  }
});

test("after a thousand edits the server has the text that the client has", async () => {
  const client = start();
  await client.initialize();
  const folder = client.folder({ "a.sx": "(define 😀 1)\r\n(p 😀)\n" }).open();
  const pieces = ["(define b 2)", "\n", "\r\n", "é", "😀", ")", "(", '"', ";x\n", "", ""];
  let seed = 12345;
  const random = (below: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed % below;
  };
  for (let i = 0; i < 1000; i++) {
    const text = folder.text("a.sx");
    const start = wholeCharacter(text, random(text.length + 1));
    const end = wholeCharacter(text, Math.min(text.length, start + random(12)));
    folder.edit("a.sx", start, end, pieces[random(pieces.length)] ?? "");
  }
  const last = "\n(define (last-of-all x) (list x x))\n";
  const before = folder.text("a.sx");
  folder.edit("a.sx", 0, before.length, "");
  folder.edit("a.sx", 0, 0, before.replaceAll(/[()"]/g, "") + last);
  folder.point("a.sx", folder.text("a.sx").lastIndexOf("x x"));
  const places = (await folder.result("references", { context: { includeDeclaration: true } })).map(
    folder.show,
    folder,
  );
  const at = folder.text("a.sx").indexOf("last-of-all");
  assert.deepEqual(places, [`a.sx:${at + 12}:x`, `a.sx:${at + 21}:x`, `a.sx:${at + 23}:x`]);
});

/** The same place, or the one before where it would cut a character or a line break in two. */
function wholeCharacter(text: string, at: number): number {
  return /[\udc00-\udfff]/.test(text[at] ?? "") || (text[at] === "\n" && text[at - 1] === "\r") ? at - 1 : at;
}
