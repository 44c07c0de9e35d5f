// What the checker must know of test files: the words of a test, what the runner brings, and the files that a test
// file loads first.

import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { CheckOptions } from "../check/check.ts";
import { chapterOptions, type LibraryFiles, type ReadText, readFromDisk } from "../check/folders.ts";
import { SxError } from "../core/errors.ts";
import { chapterOf, chapterPlatform } from "./chapter.ts";
import { mayHoldTests, readTestFile } from "./test-text.ts";

const words = { file: "deftest.sx", text: readFileSync(new URL("deftest.sx", import.meta.url), "utf8") };

/** What the tests of a library see besides: the words of a test, and the files that a test file loads. */
export function testOptions({ files }: LibraryFiles, readText: ReadText = readFromDisk): CheckOptions {
  const tests = files.filter((file) => mayHoldTests(readText(file) ?? ""));
  if (tests.length === 0) return {};
  const loaded = tests.flatMap((file) => loadsOf(file, readText));
  const chapters = loaded.map((file) => chapterOf(file)).filter((chapter) => chapter !== null);
  const { rows, definitions } = chapterPlatform(chapters);
  const dependencies = loaded.flatMap((file) => [
    { files: [{ file, text: readText(file) ?? "" }] },
    ...(chapterOptions(file, readText)?.dependencies ?? []),
  ]);
  return {
    dependencies: [
      { files: [words] },
      { files: [{ file: "<chapters>", text: definitions }] },
      ...dependencies,
    ],
    platform: ["count-assertion", "page-text", ...rows.map(({ name }) => name)],
  };
}

/** The files that a test file names to be loaded first; none where it cannot be read. */
function loadsOf(file: string, readText: ReadText): string[] {
  try {
    return readTestFile(file, readText(file) ?? "").loads.map((path) => resolve(dirname(file), path));
  } catch (error) {
    if (error instanceof SxError) return [];
    throw error;
  }
}
