// A client for tests: starts the real `sx lsp`, speaks the protocol with it, and keeps folders of files for it.
// Marks in the texts are places: `|` is the cursor. `stop` ends the process and removes the files.

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { FrameReader, frame } from "../framing.ts";
import { Lines, type Position, type Range } from "../positions.ts";

const program = join(import.meta.dirname, "../../cli/sx.mjs");

interface Message {
  readonly id?: string | number | null;
  readonly method?: string;
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for
  readonly params?: any;
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for
  readonly result?: any;
  readonly error?: { readonly code: number; readonly message: string };
}

export interface Edit {
  readonly range: Range;
  readonly newText: string;
}

export class Client {
  readonly root: string;
  private readonly process: ChildProcess;
  private readonly reader = new FrameReader(64 * 1024 * 1024);
  private readonly received: Message[] = [];
  private readonly waiting = new Set<() => void>();
  private requests = 0;
  private folders = 0;
  private complaints = "";

  constructor() {
    this.root = realpathSync(mkdtempSync(join(tmpdir(), "sx-lsp-")));
    this.process = spawn(process.execPath, [program, "lsp"], { stdio: "pipe" });
    this.process.stdout?.on("data", (chunk: Buffer) => {
      for (const framed of this.reader.push(chunk)) {
        assert.equal(framed.kind, "message", "the server sent bytes that are no message");
        if (framed.kind === "message") this.received.push(JSON.parse(framed.text));
      }
      for (const look of this.waiting) look();
    });
    this.process.stderr?.on("data", (chunk: Buffer) => {
      this.complaints += chunk;
    });
    this.process.on("exit", () => {
      for (const look of this.waiting) look();
    });
  }

  /** Starts a session, the folder of the test files being its workspace. */
  async initialize(capabilities: object = {}): Promise<Message> {
    const rootUri = pathToFileURL(this.root).href;
    const answer = await this.ask("initialize", { processId: process.pid, rootUri, capabilities });
    this.tell("initialized", {});
    return answer;
  }

  write(bytes: Buffer): void {
    this.process.stdin?.write(bytes);
  }

  send(message: object): void {
    this.write(frame(JSON.stringify({ jsonrpc: "2.0", ...message })));
  }

  tell(method: string, params: unknown): void {
    this.send({ method, params });
  }

  /** Sends a request and waits for its answer, whatever that is. */
  ask(method: string, params: unknown): Promise<Message> {
    const id = ++this.requests;
    this.send({ id, method, params });
    return this.next((message) => message.id === id && message.method === undefined);
  }

  /** The result of a request; an error fails the test. */
  async result(method: string, params: unknown) {
    const answer = await this.ask(method, params);
    assert.equal(answer.error, undefined, `${method}: ${answer.error?.message}`);
    return answer.result;
  }

  /** The next message that fits, and takes it out of those received. */
  next(fits: (message: Message) => boolean): Promise<Message> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const at = this.received.findIndex(fits);
        if (at < 0 && this.process.exitCode === null) return;
        this.waiting.delete(look);
        const [found] = at < 0 ? [] : this.received.splice(at, 1);
        if (found) resolve(found);
        else reject(new Error(`the server ended while something was awaited: ${this.complaints}`));
      };
      this.waiting.add(look);
      look();
    });
  }

  /** What the server says of a file the next time it does. */
  async diagnostics(uri: string): Promise<{ version?: number; diagnostics: Told[] }> {
    const { params } = await this.next(
      ({ method, params }) => method === "textDocument/publishDiagnostics" && params.uri === uri,
    );
    return params;
  }

  /** Forgets what has been received and nobody asked for. */
  forget(): void {
    this.received.length = 0;
  }

  /** Writes files below a new folder; each is one text, and may hold a `|`. */
  folder(files: Readonly<Record<string, string>>): Folder {
    this.folders++;
    return new Folder(this, join(this.root, `f${this.folders}`), files);
  }

  /** Ends the input without a word; gives the exit code. */
  async hangUp(): Promise<number | null> {
    this.process.stdin?.end();
    return this.ended();
  }

  /** Ends the session as the protocol wants it. */
  async stop(): Promise<number | null> {
    if (this.process.exitCode === null) {
      await this.ask("shutdown", null);
      this.tell("exit", null);
    }
    return this.ended();
  }

  async ended(): Promise<number | null> {
    if (this.process.exitCode === null) await once(this.process, "exit");
    rmSync(this.root, { recursive: true, force: true });
    assert.equal(this.complaints, "", "the server wrote to its error stream");
    return this.process.exitCode;
  }
}

export interface Told {
  readonly range: Range;
  readonly severity: number;
  readonly code: string;
  readonly message: string;
}

/** Files of one test, all open in the client; the one with the mark is where requests point. */
export class Folder {
  private readonly client: Client;
  private readonly texts = new Map<string, string>();
  private readonly versions = new Map<string, number>();
  private readonly path: string;
  private marked = "";
  private mark = 0;

  constructor(client: Client, path: string, files: Readonly<Record<string, string>>) {
    this.client = client;
    this.path = path;
    const all = { "package.json": "{}", ...files };
    for (const [name, text] of Object.entries(all)) {
      const isSource = name.endsWith(".sx");
      const plain = isSource ? text.replace("|", "") : text;
      if (isSource && plain !== text) this.point(name, text.indexOf("|"));
      mkdirSync(dirname(join(path, name)), { recursive: true });
      writeFileSync(join(path, name), plain);
      if (isSource) this.texts.set(name, plain);
    }
  }

  uri(name: string): string {
    return pathToFileURL(join(this.path, name)).href;
  }

  text(name: string): string {
    return this.texts.get(name) ?? assert.fail(`there is no ${name}`);
  }

  /** Puts the cursor somewhere else. */
  point(name: string, offset: number): void {
    this.marked = name;
    this.mark = offset;
  }

  open(...names: string[]): this {
    for (const name of names.length > 0 ? names : this.texts.keys()) {
      this.versions.set(name, 1);
      const textDocument = { uri: this.uri(name), languageId: "sx", version: 1, text: this.text(name) };
      this.client.tell("textDocument/didOpen", { textDocument });
    }
    return this;
  }

  /** Replaces a stretch of an open file, in the client and in what is kept here. */
  edit(name: string, start: number, end: number, text: string): number {
    const before = this.text(name);
    const version = (this.versions.get(name) ?? 0) + 1;
    this.versions.set(name, version);
    this.texts.set(name, before.slice(0, start) + text + before.slice(end));
    this.client.tell("textDocument/didChange", {
      textDocument: { uri: this.uri(name), version },
      contentChanges: [{ range: new Lines(before).rangeOf({ start, end }), text }],
    });
    return version;
  }

  /** Changes a file on disk alone, as another program does. */
  write(name: string, text: string): void {
    writeFileSync(join(this.path, name), text);
  }

  /** The parameters of a request at the mark. */
  here(): { textDocument: { uri: string }; position: Position } {
    const position = new Lines(this.text(this.marked)).positionAt(this.mark);
    return { textDocument: { uri: this.uri(this.marked) }, position };
  }

  /** What a request at the mark gives. */
  result(method: string, more: object = {}) {
    return this.client.result(`textDocument/${method}`, { ...this.here(), ...more });
  }

  ask(method: string, more: object = {}) {
    return this.client.ask(`textDocument/${method}`, { ...this.here(), ...more });
  }

  /** The texts after the edits of a rename, those without a change left out. */
  edited(changes: Readonly<Record<string, readonly Edit[]>>): Record<string, string> {
    const names = [...this.texts.keys()].filter((name) => changes[this.uri(name)]);
    assert.equal(
      names.length,
      Object.keys(changes).length,
      `an edit of an unknown file: ${Object.keys(changes)}`,
    );
    return Object.fromEntries(
      names.map((name) => [name, applyEdits(this.text(name), changes[this.uri(name)] ?? [])]),
    );
  }

  /** The text that a range covers, with the name of its file, such as `a.sx:title`. */
  show({ uri, range }: { readonly uri: string; readonly range: Range }): string {
    const name = [...this.texts.keys()].find((one) => this.uri(one) === uri) ?? uri;
    const { start, end } = new Lines(this.text(name)).stretchOf(range);
    return `${name}:${start}:${this.text(name).slice(start, end)}`;
  }
}

export function applyEdits(text: string, edits: readonly Edit[]): string {
  const lines = new Lines(text);
  const inOrder = edits
    .map(({ range, newText }) => ({ ...lines.stretchOf(range), newText }))
    .sort((a, b) => b.start - a.start);
  return inOrder.reduce(
    (out, { start, end, newText }) => out.slice(0, start) + newText + out.slice(end),
    text,
  );
}
