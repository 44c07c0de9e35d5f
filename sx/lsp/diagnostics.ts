// Diagnostics: what `sx check` says of the libraries that have open files, told to the client a moment after the
// last change. While a file cannot be read, the rest of its library is checked with its text as it was when it
// could, so that an open bracket here makes no errors elsewhere.

import type { CheckOptions, Diagnostic } from "../check/check.ts";
import { checkLibrary, type LibraryFiles } from "../check/folders.ts";
import { SxError } from "../core/errors.ts";
import { readForms } from "../core/reader.ts";
import { Source } from "../core/source.ts";
import type { Sender } from "./connection.ts";
import type { Range } from "./positions.ts";
import type { Document, Library, Workspace } from "./workspace.ts";

/** How long the client must be quiet before anything is checked. */
const delayMs = 120;

/** The protocol's numbers for how grave a diagnostic is. */
const severities = { error: 1, warning: 2, note: 3 } as const;

/** What a library sees besides what it says itself. */
export type Further = (library: LibraryFiles) => CheckOptions;

interface Told {
  readonly range: Range;
  readonly severity: number;
  readonly code: string;
  readonly source: "sx";
  readonly message: string;
}

export class Diagnoser {
  private readonly workspace: Workspace;
  private readonly sender: Sender;
  private readonly further: Further;
  private timer: NodeJS.Timeout | null = null;
  /** The files that the client was told something about. */
  private told = new Set<string>();
  /** Of each open file, the last text that could be read. */
  private readonly readable = new Map<string, string>();

  constructor(workspace: Workspace, sender: Sender, further: Further) {
    this.workspace = workspace;
    this.sender = sender;
    this.further = further;
  }

  /** Checks again soon; once for many changes. */
  schedule(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = setTimeout(() => this.run(), delayMs);
    // Nobody waits for a check when the client is gone.
    this.timer.unref();
  }

  stop(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }

  private run(): void {
    this.timer = null;
    const libraries = new Set(this.workspace.openFiles().map((file) => this.workspace.libraryOf(file)));
    const found = new Map<string, Told[]>();
    for (const library of libraries) this.check(library, found);
    for (const file of this.workspace.openFiles()) if (!found.has(file)) found.set(file, []);
    const now = new Set(found.keys());
    for (const file of this.told) if (!now.has(file)) found.set(file, []);
    this.told = now;
    for (const [file, diagnostics] of found) this.tell(file, diagnostics);
  }

  private check(library: Library, found: Map<string, Told[]>): void {
    const broken = new Set<string>();
    for (const file of library.files) {
      const document = this.workspace.document(file);
      const error = document && readError(document.text);
      if (error) {
        broken.add(file);
        found.set(file, [tellError(document, error)]);
      } else if (document && this.workspace.isOpen(file)) this.readable.set(file, document.text);
    }
    const readText = (file: string) =>
      broken.has(file) ? (this.readable.get(file) ?? "") : (this.workspace.document(file)?.text ?? null);
    for (const diagnostic of checkLibrary(library, readText, this.further(library))) {
      const { file } = diagnostic;
      const document = this.workspace.document(file);
      if (!document || broken.has(file)) continue;
      const told = found.get(file) ?? [];
      told.push(tellDiagnostic(document, diagnostic));
      found.set(file, told);
    }
  }

  private tell(file: string, diagnostics: readonly Told[]): void {
    const version = this.workspace.document(file)?.version ?? undefined;
    const uri = this.workspace.addressOf(file);
    this.sender.notify("textDocument/publishDiagnostics", { uri, version, diagnostics });
  }
}

/** The error of a text that cannot be read, or null. */
function readError(text: string): SxError | null {
  try {
    readForms(new Source("", text));
    return null;
  } catch (error) {
    if (error instanceof SxError) return error;
    throw error;
  }
}

function tellError({ lines }: Document, { kind, message, help, span }: SxError): Told {
  const range = lines.rangeOf(span ?? { start: 0, end: 0 });
  return { range, severity: severities.error, code: kind, source: "sx", message: withHelp(message, help) };
}

/** The checker counts lines and columns from 1; its lines end in line feeds only. */
function tellDiagnostic(document: Document, diagnostic: Diagnostic): Told {
  const { line, column, endLine, endColumn, level, code, message, help } = diagnostic;
  const start = offsetOf(document.text, line, column);
  const range = document.lines.rangeOf({
    start,
    end: Math.max(start, offsetOf(document.text, endLine, endColumn)),
  });
  return { range, severity: severities[level], code, source: "sx", message: withHelp(message, help) };
}

function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let i = 1; i < line; i++) {
    const next = text.indexOf("\n", start);
    if (next < 0) break;
    start = next + 1;
  }
  return Math.min(text.length, start + column - 1);
}

function withHelp(message: string, help: string | null | undefined): string {
  return help ? `${message}\n${help}` : message;
}
