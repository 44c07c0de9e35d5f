// The language server: which method of the protocol is answered by what. It keeps no state besides the workspace
// and how far the session has come; the features are pure functions in files of their own.

import { type Candidate, type CandidateKind, complete } from "./completion.ts";
import { codes, RpcError, type Sender, type Session } from "./connection.ts";
import { type Description, describe } from "./description.ts";
import { Diagnoser, type Further } from "./diagnostics.ts";
import { formatDocument, formatStretch, type TextChange } from "./formatting.ts";
import { type Occurrence, occurrenceAt } from "./names.ts";
import type { Range, Stretch } from "./positions.ts";
import { bindingOf, findReferences, type SeenFile, seenFile, targetOf } from "./references.ts";
import { reasonNotToRename, rename } from "./rename.ts";
import {
  lookUp,
  readAddress,
  readChanges,
  readObject,
  readPosition,
  readRange,
  readString,
  readVersion,
} from "./requests.ts";
import { signatureAt } from "./signature.ts";
import { outlineOf } from "./symbols.ts";
import { type Document, Workspace } from "./workspace.ts";

const capabilities = {
  positionEncoding: "utf-16",
  textDocumentSync: { openClose: true, change: 2, save: { includeText: false } },
  hoverProvider: true,
  definitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  renameProvider: { prepareProvider: true },
  completionProvider: { triggerCharacters: ["(", ":", "~"] },
  signatureHelpProvider: { triggerCharacters: [" "] },
  documentSymbolProvider: true,
  documentFormattingProvider: true,
  documentRangeFormattingProvider: true,
};

/** The protocol's numbers for kinds of completion. */
const completionKinds: Readonly<Record<CandidateKind, number>> = {
  local: 6,
  function: 3,
  component: 7,
  macro: 3,
  value: 21,
  primitive: 3,
  special: 14,
  tag: 22,
  prop: 5,
  attribute: 10,
  word: 14,
};

/** What is nearest to the place comes first. */
const completionOrder: readonly (readonly CandidateKind[])[] = [
  ["prop", "attribute", "word", "local"],
  ["function", "component", "macro", "value"],
  ["primitive"],
  ["special", "tag"],
];

type Handler = (params: unknown) => unknown;

export class LanguageServer implements Session {
  exitCode: number | null = null;
  private readonly sender: Sender;
  private readonly further: Further;
  private state: "new" | "ready" | "shut down" = "new";
  private client: unknown = null;
  private workspace = new Workspace([]);
  private diagnoser: Diagnoser;

  /** `further` says what a library sees besides what it says itself, as tests see the words of a test. */
  constructor(sender: Sender, further: Further = () => ({})) {
    this.sender = sender;
    this.further = further;
    this.diagnoser = new Diagnoser(this.workspace, sender, further);
  }

  private readonly requests: ReadonlyMap<string, Handler> = new Map<string, Handler>([
    ["shutdown", () => this.shutDown()],
    ["textDocument/hover", (params) => this.hover(params)],
    ["textDocument/definition", (params) => this.definition(params)],
    ["textDocument/references", (params) => this.references(params)],
    ["textDocument/documentHighlight", (params) => this.highlights(params)],
    ["textDocument/prepareRename", (params) => this.prepareRename(params)],
    ["textDocument/rename", (params) => this.rename(params)],
    ["textDocument/completion", (params) => this.completion(params)],
    ["textDocument/signatureHelp", (params) => this.signatureHelp(params)],
    ["textDocument/documentSymbol", (params) => this.symbols(params)],
    ["textDocument/formatting", (params) => this.formatting(params)],
    ["textDocument/rangeFormatting", (params) => this.rangeFormatting(params)],
  ]);

  private readonly notifications: ReadonlyMap<string, Handler> = new Map<string, Handler>([
    ["initialized", () => this.watchFiles()],
    ["textDocument/didOpen", (params) => this.opened(params)],
    ["textDocument/didChange", (params) => this.changed(params)],
    ["textDocument/didClose", (params) => this.closed(params)],
    ["textDocument/didSave", () => this.refresh()],
    ["workspace/didChangeWatchedFiles", () => this.refresh()],
  ]);

  answer(method: string, params: unknown): unknown {
    if (method === "initialize") return this.initialize(params);
    if (this.state === "new") throw new RpcError(codes.notInitialized, "The first request is initialize.");
    if (this.state === "shut down") throw new RpcError(codes.invalidRequest, "The server was shut down.");
    const handler = this.requests.get(method);
    if (!handler) throw new RpcError(codes.methodNotFound, `There is no method ${method}.`);
    return handler(params);
  }

  take(method: string, params: unknown): void {
    if (method === "exit") this.exitCode = this.state === "shut down" ? 0 : 1;
    else if (this.state === "ready") this.notifications.get(method)?.(params);
  }

  private initialize(params: unknown): unknown {
    if (this.state !== "new") throw new RpcError(codes.invalidRequest, "initialize was answered already.");
    const given = readObject(params);
    const { workspaceFolders, rootUri } = given;
    const addresses = Array.isArray(workspaceFolders)
      ? workspaceFolders.map((folder) =>
          readString(readObject(folder, "workspaceFolders").uri, "workspaceFolders.uri"),
        )
      : typeof rootUri === "string"
        ? [rootUri]
        : [];
    const finder = new Workspace([]);
    this.workspace = new Workspace(addresses.map((address) => finder.fileOf(address)));
    this.diagnoser = new Diagnoser(this.workspace, this.sender, this.further);
    this.client = given.capabilities;
    this.state = "ready";
    return { capabilities, serverInfo: { name: "sx" } };
  }

  private shutDown(): null {
    this.state = "shut down";
    this.diagnoser.stop();
    return null;
  }

  /** Asks to be told when files change on disk, where the client can do that. */
  private watchFiles(): void {
    if (lookUp(this.client, "workspace", "didChangeWatchedFiles", "dynamicRegistration") !== true) return;
    const watchers = [{ globPattern: "**/*.sx" }, { globPattern: "**/package.json" }];
    const method = "workspace/didChangeWatchedFiles";
    const registrations = [{ id: "files", method, registerOptions: { watchers } }];
    this.sender.request("client/registerCapability", { registrations });
  }

  private opened(params: unknown): void {
    const text = readString(lookUp(params, "textDocument", "text"), "textDocument.text");
    this.workspace.keep(this.workspace.fileOf(readAddress(params)), text, readVersion(params));
    this.diagnoser.schedule();
  }

  private changed(params: unknown): void {
    const file = this.workspace.fileOf(readAddress(params));
    if (!this.workspace.isOpen(file)) throw new RpcError(codes.invalidParams, `${file} is not open.`);
    const version = readVersion(params);
    for (const { range, text } of readChanges(params)) {
      const document = this.workspace.document(file) as Document; // it is open
      const { start, end } = range
        ? document.lines.stretchOf(range)
        : { start: 0, end: document.text.length };
      this.workspace.keep(file, document.text.slice(0, start) + text + document.text.slice(end), version);
    }
    this.diagnoser.schedule();
  }

  private closed(params: unknown): void {
    this.workspace.close(this.workspace.fileOf(readAddress(params)));
    this.diagnoser.schedule();
  }

  private refresh(): void {
    this.workspace.refresh();
    this.diagnoser.schedule();
  }

  /** The document that a request is about; one that is not open is read from disk. */
  private documentOf(params: unknown): Document {
    const file = this.workspace.fileOf(readAddress(params));
    const document = this.workspace.document(file);
    if (!document) throw new RpcError(codes.invalidParams, `${file} is not open and cannot be read.`);
    return document;
  }

  /** The name that a request points at. */
  private pointedAt(params: unknown): { file: SeenFile; occurrence: Occurrence } | null {
    const document = this.documentOf(params);
    const offset = document.lines.offsetAt(readPosition(readObject(params).position));
    const file = seenFile(this.workspace, document);
    const occurrence = occurrenceAt(file.names, offset);
    return occurrence && { file, occurrence };
  }

  private hover(params: unknown): unknown {
    const found = this.pointedAt(params);
    if (!found) return null;
    const { file, occurrence } = found;
    const description = describe(file.document.code, occurrence.name, occurrence.meaning);
    if (!description) return null;
    return { contents: this.contents(description), range: file.document.lines.rangeOf(occurrence) };
  }

  private contents({ code, text }: Description): unknown {
    const formats = lookUp(this.client, "textDocument", "hover", "contentFormat");
    if (Array.isArray(formats) && !formats.includes("markdown"))
      return { kind: "plaintext", value: `${code}\n\n${text}`.trim() };
    return { kind: "markdown", value: `\`\`\`sx\n${code}\n\`\`\`\n\n${text}`.trim() };
  }

  private location(document: Document, place: Stretch): { uri: string; range: Range } {
    return { uri: this.workspace.addressOf(document.file), range: document.lines.rangeOf(place) };
  }

  private definition(params: unknown): unknown {
    const found = this.pointedAt(params);
    const binding = found && bindingOf(this.workspace, found.file.document, found.occurrence);
    return binding && this.location(binding.document, binding.place);
  }

  private references(params: unknown): unknown {
    const found = this.pointedAt(params);
    const target = found && targetOf(this.workspace, found.file, found.occurrence);
    if (!target) return [];
    const withBinding = lookUp(params, "context", "includeDeclaration") !== false;
    return findReferences(this.workspace, target)
      .filter(({ occurrence }) => withBinding || occurrence.role !== "binding")
      .map(({ file, occurrence }) => this.location(file.document, occurrence));
  }

  private highlights(params: unknown): unknown {
    const found = this.pointedAt(params);
    const target = found && targetOf(this.workspace, found.file, found.occurrence);
    if (!target) return [];
    const { document } = found.file;
    return findReferences(this.workspace, target)
      .filter(({ file, occurrence }) => file.document === document && occurrence.role !== "implicit")
      .map(({ occurrence }) => ({
        range: document.lines.rangeOf(occurrence),
        kind: occurrence.role === "read" ? 2 : 3,
      }));
  }

  private prepareRename(params: unknown): unknown {
    const found = this.pointedAt(params);
    if (!found) return null;
    const reason = reasonNotToRename(this.workspace, found.file, found.occurrence);
    if (reason !== null) throw new RpcError(codes.requestFailed, reason);
    return { range: found.file.document.lines.rangeOf(found.occurrence), placeholder: found.occurrence.name };
  }

  private rename(params: unknown): unknown {
    const to = readString(readObject(params).newName, "newName");
    const found = this.pointedAt(params);
    if (!found) throw new RpcError(codes.requestFailed, "There is no name here.");
    const renaming = rename(this.workspace, found.file, found.occurrence, to);
    if (renaming.kind === "refused") throw new RpcError(codes.requestFailed, renaming.reason);
    const edits = renaming.edits.map(({ document, places }) => ({
      textDocument: { uri: this.workspace.addressOf(document.file), version: document.version },
      edits: places.map((place) => ({ range: document.lines.rangeOf(place), newText: to })),
    }));
    if (lookUp(this.client, "workspace", "workspaceEdit", "documentChanges") === true)
      return { documentChanges: edits };
    return { changes: Object.fromEntries(edits.map(({ textDocument, edits }) => [textDocument.uri, edits])) };
  }

  private completion(params: unknown): unknown {
    const document = this.documentOf(params);
    const position = readPosition(readObject(params).position);
    const offset = document.lines.offsetAt(position);
    const environment = this.workspace.environmentOf(this.workspace.libraryOf(document.file));
    const { start, candidates } = complete(
      document.code,
      this.workspace.namesOf(document),
      environment,
      offset,
    );
    const range = document.lines.rangeOf({ start, end: offset });
    return { isIncomplete: false, items: candidates.map((candidate) => completionItem(candidate, range)) };
  }

  private signatureHelp(params: unknown): unknown {
    const document = this.documentOf(params);
    const offset = document.lines.offsetAt(readPosition(readObject(params).position));
    const signature = signatureAt(document.code, this.workspace.namesOf(document), offset);
    if (!signature) return null;
    const { label, doc, parts, active } = signature;
    const parameters = parts.map((part) => ({ label: part }));
    return {
      signatures: [{ label, documentation: doc, parameters }],
      activeSignature: 0,
      activeParameter: active ?? parts.length,
    };
  }

  private symbols(params: unknown): unknown {
    const document = this.documentOf(params);
    const outline = outlineOf(document, this.workspace.namesOf(document));
    if (lookUp(this.client, "textDocument", "documentSymbol", "hierarchicalDocumentSymbolSupport") === true)
      return outline;
    const uri = this.workspace.addressOf(document.file);
    return outline.map(({ name, kind, range }) => ({ name, kind, location: { uri, range } }));
  }

  private formatting(params: unknown): unknown {
    const document = this.documentOf(params);
    return this.textEdits(document, formatDocument(document));
  }

  private rangeFormatting(params: unknown): unknown {
    const document = this.documentOf(params);
    const range = readRange(readObject(params).range, "range");
    return this.textEdits(document, formatStretch(document, document.lines.stretchOf(range)));
  }

  private textEdits({ lines }: Document, change: TextChange | null): unknown {
    return change ? [{ range: lines.rangeOf(change), newText: change.text }] : [];
  }
}

function completionItem({ name, kind, description }: Candidate, range: Range): unknown {
  const order = completionOrder.findIndex((row) => row.includes(kind));
  return {
    label: name,
    kind: completionKinds[kind],
    detail: description?.code,
    documentation: description?.text ? { kind: "markdown", value: description.text } : undefined,
    sortText: `${order} ${name}`,
    filterText: name,
    textEdit: { range, newText: name },
  };
}
