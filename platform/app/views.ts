// Views: the SX side of an app, as a port: a component's name and props in, HTML out.
// Promise: in production the libraries are read once, at start; with `reload` a changed file shows on the next
// request, and while one of them has an error every page shows the explanation instead.
// A service's own library is its sx/ folder; the shared components are platform/ui.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { createRealm, explain, type Realm, SxError, type Value } from "@rose-ash/sx";
import { jsEngine } from "@rose-ash/sx/js";
import { contentHash } from "./assets.ts";
import { Refusal, systemCode } from "./refusal.ts";

/** A stylesheet ready to be served. */
export interface Stylesheet {
  /** The name with its content hash, such as "style.1f3a….css". */
  readonly name: string;
  readonly body: string;
}

export interface Views {
  /** Draws a component as HTML. Throws what the language throws. */
  render(component: string, props: Record<string, unknown>): string;
  /** The one stylesheet; another one after a `refresh` that found changes. */
  readonly stylesheet: Stylesheet;
  /** Looks for changed files where reloading is on. Answers the explanation of an error in them, or null. */
  refresh(): string | null;
  /** The explanation of a rendering error with its place in the source, for a developer's eyes; null in production. */
  explain(error: unknown): string | null;
}

export interface ViewsRequest {
  /** Folders of .sx files, each seeing those before it. One that does not exist is an empty library. */
  readonly libraries: readonly string[];
  readonly reload: boolean;
  /** Makes the one stylesheet from the same folders and every `class` value that is written in them. */
  readonly buildStylesheet: (libraries: readonly string[], classStrings: readonly string[]) => string;
  /** Further folders of .css files that the stylesheet is made of: a change in them shows too. */
  readonly stylesheetFolders?: readonly string[];
  /** File names in explanations are relative to this folder. */
  readonly root: string;
}

interface Loaded {
  readonly realm: Realm;
  readonly stylesheet: Stylesheet;
}

/** Reads and links the libraries. Throws a `Refusal` with the explanation when one of them has an error. */
export function createViews(request: ViewsRequest): Views {
  const { libraries, reload } = request;
  const watched = [...libraries, ...(request.stylesheetFolders ?? [])];
  let fingerprint = reload ? fingerprintOf(watched) : "";
  let broken: string | null = null;
  let loaded: Loaded | null = null;
  try {
    loaded = load(request);
  } catch (error) {
    if (!(error instanceof SxError)) throw error;
    broken = explain(error);
    // A developer sees it in the browser and mends it there; anybody else must not start like this.
    if (!reload) throw new Refusal(`The views cannot be loaded; mend this and start again.\n${broken}`);
  }

  return {
    render: (component, props) => current().realm.render(component, props as Record<string, Value>, "html"),
    get stylesheet() {
      return loaded?.stylesheet ?? { name: "style.none.css", body: "" };
    },
    refresh() {
      if (!reload) return null;
      const now = fingerprintOf(watched);
      if (now === fingerprint) return broken;
      fingerprint = now;
      try {
        loaded = load(request);
        broken = null;
      } catch (error) {
        if (!(error instanceof SxError)) throw error;
        broken = explain(error);
      }
      return broken;
    },
    explain: (error) => (reload && error instanceof SxError ? explain(error) : null),
  };

  function current(): Loaded {
    if (loaded) return loaded;
    throw new Error("The views were never loaded: an error in them has to be mended first.");
  }
}

function load({ libraries, buildStylesheet, root, reload }: ViewsRequest): Loaded {
  let realm: Realm | undefined;
  const classStrings: string[] = [];
  for (const folder of libraries) {
    const parents: Realm[] = realm ? [realm] : [];
    realm = createRealm({ engine: jsEngine(), parents, checkHostValues: reload });
    for (const file of filesOf(folder, ".sx")) {
      realm.load(readFileSync(file, "utf8"), { file: relative(root, file) });
    }
    realm.link();
    classStrings.push(...realm.classStrings());
  }
  const body = buildStylesheet(libraries, classStrings);
  const stylesheet = { name: `style.${contentHash(body)}.css`, body };
  return { realm: realm ?? createRealm({ engine: jsEngine() }), stylesheet };
}

/** The .css files of the folders, one after the other. */
export function joinStylesheets(libraries: readonly string[]): string {
  return libraries
    .flatMap((folder) => filesOf(folder, ".css").map((file) => readFileSync(file, "utf8")))
    .join("\n");
}

/** Changes whenever a view or stylesheet below the folders is changed, added or removed. */
function fingerprintOf(folders: readonly string[]): string {
  return folders
    .flatMap((folder) => [...filesOf(folder, ".sx"), ...filesOf(folder, ".css")])
    .map((file) => {
      const found = statSync(file, { throwIfNoEntry: false });
      return `${file} ${found?.mtimeMs} ${found?.size}`;
    })
    .join("\n");
}

/** The files of a folder with this ending, in order of name. */
function filesOf(folder: string, ending: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(ending))
      .sort()
      .map((name) => join(folder, name));
  } catch (error) {
    if (systemCode(error) === "ENOENT") return [];
    throw error;
  }
}
