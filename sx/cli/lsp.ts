// `sx lsp`: the language server over the standard streams, until the client says `exit` or closes them.

import { testOptions } from "../deftest/test-names.ts";
import { MessageWriter, serve } from "../lsp/connection.ts";
import { LanguageServer } from "../lsp/server.ts";
import { parseArguments, WrongUsage } from "./options.ts";
import type { Streams } from "./programs.ts";

/** Serves one client. Editors add --stdio; there is no other way to talk. */
export function serveEditor(line: readonly string[], { input, out }: Streams): Promise<number> {
  if (parseArguments(line, [], ["stdio"]).words.length > 0) throw new WrongUsage("sx lsp takes no words.");
  const writer = new MessageWriter(out);
  return serve(input, writer, new LanguageServer(writer, (library) => testOptions(library)));
}
