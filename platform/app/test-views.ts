// The views of services for tests and measurements: from the real files, checked as in development unless said,
// with no stylesheet, since nothing looks at it.
import { join } from "node:path";
import { createViewLibrary, type ViewLibrary, type Views } from "./views.ts";

const root = join(import.meta.dirname, "../..");

/** The views of the services whose sx/ folders these are. */
export function viewLibraryForTests(folders: readonly string[], reload = true): ViewLibrary {
  const shared = join(root, "platform/ui/sx");
  return createViewLibrary({ shared, folders, reload, buildStylesheet: () => "", root });
}

/** The views of one service. */
export function viewsForTests(folder: string, reload = true): Views {
  return viewLibraryForTests([folder], reload).of(folder);
}
