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

/** The views of a whole installation: the shared library, one per service, and the one stylesheet for all. */
export interface ViewLibrary {
  /** The views of the service whose library is in this folder. */
  of(folder: string): Views;
}

export interface ViewLibraryRequest {
  /** The folder of the components that all services share. */
  readonly shared: string;
  /** Each service's own folder of .sx files, also of services that another process runs: their pieces of page
   * appear in the pages of others, so all processes make the same stylesheet. One that does not exist is empty. */
  readonly folders: readonly string[];
  readonly reload: boolean;
  /** Makes the one stylesheet from the folders and every `class` value that is written in them. */
  readonly buildStylesheet: (folders: readonly string[], classStrings: readonly string[]) => string;
  /** Further folders of .css files that the stylesheet is made of: a change in them shows too. */
  readonly stylesheetFolders?: readonly string[];
  /** File names in explanations are relative to this folder. */
  readonly root: string;
}

/** A library as it was last read: linked, or with the explanation of what is wrong. */
type Library =
  | { readonly kind: "linked"; readonly realm: Realm; readonly classStrings: readonly string[] }
  | { readonly kind: "broken"; readonly explanation: string };

interface Loaded {
  readonly libraries: ReadonlyMap<string, Library>;
  readonly stylesheet: Stylesheet;
}

/** Reads and links the libraries. Throws a `Refusal` with the explanation when one of them has an error. */
export function createViewLibrary(request: ViewLibraryRequest): ViewLibrary {
  const { shared, folders, reload } = request;
  const watched = [shared, ...folders, ...(request.stylesheetFolders ?? [])];
  let fingerprint = reload ? fingerprintOf(watched) : "";
  let loaded = load(request);
  const [first] = [...loaded.libraries.values()].filter((library) => library.kind === "broken");
  // A developer sees it in the browser and mends it there; anybody else must not start like this.
  if (first && !reload) {
    throw new Refusal(`The views cannot be loaded; mend this and start again.\n${first.explanation}`);
  }

  return {
    of: (folder) => ({
      render: (component, props) => realmOf(folder).render(component, props as Record<string, Value>, "html"),
      get stylesheet() {
        return loaded.stylesheet;
      },
      refresh() {
        if (!reload) return null;
        const now = fingerprintOf(watched);
        if (now !== fingerprint) {
          fingerprint = now;
          loaded = load(request);
        }
        const library = loaded.libraries.get(folder);
        return library?.kind === "broken" ? library.explanation : null;
      },
      explain: (error) => (reload && error instanceof SxError ? explain(error) : null),
    }),
  };

  function realmOf(folder: string): Realm {
    const library = loaded.libraries.get(folder);
    if (library?.kind === "linked") return library.realm;
    throw new Error(`The views in ${folder} are not loaded: an error in them has to be mended first.`);
  }
}

function load(request: ViewLibraryRequest): Loaded {
  const { shared, folders, buildStylesheet } = request;
  const common = loadLibrary(shared, null, request);
  const libraries = new Map(folders.map((folder) => [folder, loadLibrary(folder, common, request)] as const));
  const classStrings = [common, ...libraries.values()].flatMap((library) =>
    library.kind === "linked" ? library.classStrings : [],
  );
  const body = buildStylesheet([shared, ...folders], classStrings);
  return { libraries, stylesheet: { name: `style.${contentHash(body)}.css`, body } };
}

function loadLibrary(folder: string, common: Library | null, { root, reload }: ViewLibraryRequest): Library {
  if (common?.kind === "broken") return common;
  try {
    const parents = common ? [common.realm] : [];
    const realm = createRealm({ engine: jsEngine(), parents, checkHostValues: reload });
    for (const file of filesOf(folder, ".sx")) {
      realm.load(readFileSync(file, "utf8"), { file: relative(root, file) });
    }
    realm.link();
    return { kind: "linked", realm, classStrings: realm.classStrings() };
  } catch (error) {
    if (!(error instanceof SxError)) throw error;
    return { kind: "broken", explanation: explain(error) };
  }
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
