// The rule "sx check has nothing to say": no error and no warning in any views of the project, nor in the chapters of
// the language and what its programs see. Notes are not mistakes; a comment may allow a warning where it stands.
// Views are laid out as sx fmt does it, too; chapters are written to be read as a book.
import { readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { chapterOptions, checkLibrary, type LibraryFiles, readFromDisk } from "../../sx/check/folders.ts";
import { SxError } from "../../sx/core/errors.ts";
import { formatText } from "../../sx/format/format.ts";
import type { Finding } from "./finding.ts";
import { listFiles } from "./project-files.ts";

/** The library that all others see. */
const shared = "platform/ui";

/** Files of the language that stand alone without being chapters. */
const languageFiles: ReadonlySet<string> = new Set(["sx/spec/prelude.sx", "sx/deftest/deftest.sx"]);

/** Finds what `sx check` tells of the project's own sources. */
export function checkSx(root: string): Finding[] {
  const found = librariesOf(root)
    .flatMap((library) => checkLibrary(library, readFromDisk))
    .filter(({ level }) => level !== "note")
    .map(({ file, line, code, message, help }) => ({
      file: relative(root, file).split(sep).join("/"),
      line,
      sentence: `${code}: ${message}${help === null ? "" : ` (${help})`}.`,
    }));
  const views = listFiles(root, ".sx").filter((file) => folderOf(file) !== null);
  return [...found, ...views.filter((file) => !isLaidOut(root, file)).map(toMend)];
}

function toMend(file: string): Finding {
  return { file, line: 1, sentence: "is not laid out: npx sx fmt does it." };
}

/** Whether a file is as the formatter would write it; one that cannot be read was found already. */
function isLaidOut(root: string, file: string): boolean {
  const text = readFileSync(join(root, file), "utf8");
  try {
    return formatText(text, file) === text;
  } catch (error) {
    if (error instanceof SxError) return true;
    throw error;
  }
}

function librariesOf(root: string): LibraryFiles[] {
  const folders = new Map<string, string[]>([[shared, []]]);
  const alone: LibraryFiles[] = [];
  for (const file of listFiles(root, ".sx")) {
    const path = join(root, file);
    const folder = folderOf(file);
    if (folder !== null) folders.set(folder, [...(folders.get(folder) ?? []), path]);
    else if (languageFiles.has(file) || chapterOptions(path, readFromDisk))
      alone.push({ files: [path], dependencies: [] });
  }
  const ui: LibraryFiles = { files: folders.get(shared) ?? [], dependencies: [] };
  const above = [...folders].filter(([folder]) => folder !== shared);
  return [ui, ...above.map(([, files]) => ({ files, dependencies: [ui] })), ...alone];
}

/** The folder whose files are one library: the shared one, or a folder named `sx` in any part of the project. */
function folderOf(file: string): string | null {
  if (file.startsWith(`${shared}/`)) return shared;
  const steps = file.split("/");
  const index = steps.indexOf("sx", 1);
  return index < 0 ? null : steps.slice(0, index + 1).join("/");
}
