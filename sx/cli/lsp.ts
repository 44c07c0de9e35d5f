// `sx lsp`: the language server over the standard streams, until the client says `exit` or closes them.

import type { Readable, Writable } from "node:stream";
import { MessageWriter, serve } from "../lsp/connection.ts";
import { LanguageServer } from "../lsp/server.ts";

/** Serves one client; gives the exit code. */
export function serveEditor(input: Readable, out: Writable): Promise<number> {
  const writer = new MessageWriter(out);
  return serve(input, writer, new LanguageServer(writer));
}
