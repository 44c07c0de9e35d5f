// The rule "a component is used by its own library and those above it": a service's views see platform/ui and
// themselves, never another service's; platform/ui sees itself. The language refuses an unbound name anyway;
// this rule says where the name lives, and also of views that are not loaded together.
import { DictForm, type Form, ListForm } from "../../sx/core/form.ts";
import { readForms } from "../../sx/core/reader.ts";
import { Source } from "../../sx/core/source.ts";
import { SxSymbol } from "../../sx/core/values.ts";
import type { Finding } from "./finding.ts";
import { lineAt, listFiles, listServices, readText } from "./project-files.ts";

interface Library {
  readonly folder: string;
  readonly defined: ReadonlySet<string>;
  readonly used: readonly (Omit<Finding, "sentence"> & { readonly name: string })[];
}

const shared = "platform/ui";

/** Finds the uses of components that another, unseen library defines. */
export function checkViewLayers(root: string): Finding[] {
  const folders = [shared, ...listServices(root).map((name) => `services/${name}/sx`)];
  const views = listFiles(root, ".sx");
  const libraries = folders.map((folder) =>
    readLibrary(
      root,
      folder,
      views.filter((file) => file.startsWith(`${folder}/`)),
    ),
  );
  return libraries.flatMap((library) => {
    const seen = libraries.filter(({ folder }) => folder === library.folder || folder === shared);
    return library.used.flatMap(({ name, ...place }) => {
      if (seen.some(({ defined }) => defined.has(name))) return [];
      const owner = libraries.find(({ defined }) => defined.has(name));
      return owner
        ? [
            {
              ...place,
              sentence: `${name} belongs to ${owner.folder}, which ${library.folder} does not see.`,
            },
          ]
        : [];
    });
  });
}

function readLibrary(root: string, folder: string, files: readonly string[]): Library {
  const defined = new Set<string>();
  const used: Library["used"][number][] = [];
  for (const file of files) {
    const text = readText(root, file);
    const visit = (form: Form): void => {
      if (form instanceof SxSymbol && form.name.startsWith("~")) {
        used.push({ name: form.name, file, line: lineAt(text, form.start) });
      }
      if (form instanceof DictForm) form.values.forEach(visit);
      if (form instanceof ListForm) form.items.forEach(visit);
    };
    for (const form of readForms(new Source(file, text))) {
      if (
        form instanceof ListForm &&
        isSymbol(form.items[0], "defcomp") &&
        form.items[1] instanceof SxSymbol
      ) {
        defined.add(form.items[1].name);
      }
      visit(form);
    }
  }
  return { folder, defined, used };
}

function isSymbol(form: Form | undefined, name: string): boolean {
  return form instanceof SxSymbol && form.name === name;
}
