// The rule "sx check has nothing to say": no error and no warning in any views of the project, nor in the chapters of
// the language and what its programs see. Notes are not mistakes; a comment may allow a warning where it stands.
import { join, relative, sep } from "node:path";
import { chapterOptions, checkLibrary, type LibraryFiles, readFromDisk } from "../../sx/check/folders.ts";
import type { Finding } from "./finding.ts";
import { listFiles } from "./project-files.ts";

/** The library that all others see. */
const shared = "platform/ui";

/** Files of the language that stand alone without being chapters. */
const languageFiles: ReadonlySet<string> = new Set(["sx/spec/prelude.sx", "sx/deftest/deftest.sx"]);

/** Finds what `sx check` tells of the project's own sources. */
export function checkSx(root: string): Finding[] {
  return librariesOf(root)
    .flatMap((library) => checkLibrary(library, readFromDisk))
    .filter(({ level }) => level !== "note")
    .map(({ file, line, code, message, help }) => ({
      file: relative(root, file).split(sep).join("/"),
      line,
      sentence: `${code}: ${message}${help === null ? "" : ` (${help})`}.`,
    }));
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
