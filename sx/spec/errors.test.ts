// Every kind of error of the language: a case of the corpus raises it at its place and asserts its help, or a test that
// is named here does, because no program of the corpus can reach it. What the messages say is held by core/errors.test.ts.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { kinds } from "../core/error-kinds.ts";
import { corpusFiles, corpusFolder, parseCorpusFile } from "./corpus.ts";

/** Kinds, or whole areas, that belong to a host, to another format or to a mark of the corpus, and where they are raised. */
const elsewhere: Readonly<Record<string, readonly string[]>> = {
  "host/": ["realm.test.ts", "suspense.test.ts"],
  "effect/needs-async": ["spec/waiting.test.ts"],
  "engine/unsupported": ["spec/corpus.test.ts"],
  "module/": ["vm/decode.test.ts", "vm/encode.test.ts", "vm/verify.test.ts"],
  "extension/": ["vm/extensions.test.ts"],
  "wire/": ["render/wire-parser.test.ts", "render/wire.test.ts", "renderers.test.ts"],
  "suspense/": ["suspense.test.ts"],
};

interface Seen {
  /** It stands with line and column, as every error of the corpus does. */
  raised: boolean;
  helped: boolean;
}

const seen = new Map<string, Seen>();

function note(error: string, help: string | null): void {
  const [kind = ""] = error.split(" ");
  const before = seen.get(kind);
  seen.set(kind, { raised: true, helped: help !== null || (before?.helped ?? false) });
}

for (const name of corpusFiles()) {
  const { fileError, fileHelp, cases } = parseCorpusFile(
    readFileSync(join(corpusFolder, name), "utf8"),
    name,
  );
  if (fileError !== null) note(fileError, fileHelp);
  for (const { expectations } of cases) {
    const error = expectations.find(({ kind }) => kind === "error");
    if (error) note(error.text, expectations.find(({ kind }) => kind === "help")?.text ?? null);
  }
}

for (const [kind, entry] of Object.entries(kinds)) {
  const files = Object.entries(elsewhere).find(([area]) =>
    area.endsWith("/") ? kind.startsWith(area) : kind === area,
  );
  if (files && !seen.has(kind)) {
    test(`${kind} is raised by a test of its own`, () => {
      const texts = files[1].map((file) => readFileSync(join(import.meta.dirname, "..", file), "utf8"));
      assert.ok(
        texts.some((text) => text.includes(kind)),
        `none of ${files[1].join(", ")} has ${kind}`,
      );
    });
  } else
    test(`${kind} has a case in the corpus${"help" in entry ? ", and one asserts its help" : ""}`, () => {
      assert.ok(seen.get(kind)?.raised, `no case raises ${kind}`);
      if ("help" in entry) assert.ok(seen.get(kind)?.helped, `no case asserts the help of ${kind}`);
    });
}
