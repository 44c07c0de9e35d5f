// The rule "imports go down, never up and never sideways": between workspaces, inside sx and platform, and
// between services only by a contract. The tables it goes by are in floors.ts; the root's own files (the
// launcher, scripts, bench) stand on no floor: they may import anything and nothing imports them.
import { posix } from "node:path";
import type { Finding } from "./finding.ts";
import { heightOf, mayEnter, partOrder } from "./floors.ts";
import { type Import, readImports } from "./module-text.ts";
import { listFiles, readText } from "./project-files.ts";
import { readWorkspaces, type Workspace, workspaceOf } from "./workspaces.ts";

/** Finds every import and every declared dependency that leads up or sideways. */
export function checkLayers(root: string): Finding[] {
  const workspaces = readWorkspaces(root);
  const declared = workspaces.flatMap((workspace) => checkManifest(workspace, workspaces));
  const imported = listFiles(root, ".ts").flatMap((file) => {
    const home = workspaceOf(file, workspaces);
    if (!home) return [];
    return readImports(file, readText(root, file)).flatMap((found) => {
      const sentence = checkImport(file, found, home, workspaces);
      return sentence === null ? [] : [{ file, line: found.line, sentence }];
    });
  });
  return [...declared, ...imported];
}

function checkManifest(from: Workspace, workspaces: readonly Workspace[]): Finding[] {
  const file = `${from.folder}/package.json`;
  if (mayEnter(from.folder, "sx") === undefined) {
    return [
      { file, sentence: `${from.folder} stands on no floor: give it a row in scripts/check/floors.ts.` },
    ];
  }
  return workspaces
    .filter((to) => from.dependencies.includes(to.name) && !mayDeclare(from, to))
    .map((to) => ({
      file,
      sentence: `${from.folder} must not depend on ${to.folder}, which is above or beside it.`,
    }));
}

/** A service may depend on another for its contract. */
function mayDeclare(from: Workspace, to: Workspace): boolean {
  return mayEnter(from.folder, to.folder) === true || (isService(from) && isService(to));
}

/** What is wrong with an import, or null. */
function checkImport(
  file: string,
  { specifier }: Import,
  home: Workspace,
  workspaces: readonly Workspace[],
): string | null {
  if (specifier.startsWith(".")) {
    const target = posix.join(posix.dirname(file), specifier);
    if (workspaceOf(target, workspaces) === home) return checkParts(file, target, home);
    return `${specifier} leaves ${home.folder}: import another workspace by its name, and nothing from the root.`;
  }
  const to = workspaces.find(({ name }) => specifier === name || specifier.startsWith(`${name}/`));
  if (!to || to === home) return null;
  if (isService(home) && isService(to)) {
    return specifier === `${to.name}/contract`
      ? null
      : `of ${to.folder} only ${to.name}/contract may be imported.`;
  }
  if (!mayEnter(home.folder, to.folder))
    return `${home.folder} must not import ${to.folder}, which is above or beside it.`;
  const isView = home.folder === "platform" && partOf(file, home.folder) === "ui";
  return isView && to.folder !== "sx" ? `platform/ui may import only sx, not ${specifier}.` : null;
}

/** Inside a workspace that has an order: only lower parts. */
function checkParts(file: string, target: string, { folder }: Workspace): string | null {
  const order = partOrder(folder);
  if (!order) return null;
  const [from, to] = [partOf(file, folder), partOf(target, folder)];
  // A test beside the workspace's door is of the whole workspace.
  if (from === to || from.endsWith(".test.ts")) return null;
  const [height, targetHeight] = [heightOf(from, order), heightOf(to, order)];
  if (height < 0) return `${folder}/${from} has no place in the order: add it in scripts/check/floors.ts.`;
  if (targetHeight >= 0 && targetHeight < height) return null;
  const where = targetHeight === height ? "beside" : "above";
  return `${folder}/${from} must not import ${folder}/${to}, which stands ${where} it.`;
}

function partOf(path: string, folder: string): string {
  return path.slice(folder.length + 1).split("/")[0] ?? "";
}

function isService({ folder }: Workspace): boolean {
  return folder.startsWith("services/");
}
