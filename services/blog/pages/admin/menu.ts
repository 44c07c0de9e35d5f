// The menu editor: both menus with buttons that move their entries, and a form that adds one. Every button also
// keeps the labels that were typed, so nothing typed is lost by pressing another one.

import { type Answer, goOn, type PageRequest, privatePage } from "@rose-ash/platform/app";
import { safeHref } from "../../clean-attributes.ts";
import { editorOf, lineOf, numberIn } from "../../editor.ts";
import { childrenOf, menuMoves } from "../../menu-tree.ts";
import type { BlogParts } from "../../routes.ts";
import type { MenuEntryRow } from "../../store-shelves.ts";

const places = [
  ["primary", "Main menu"],
  ["secondary", "Further links"],
] as const;

const doneWords: Readonly<Record<string, string>> = {
  saved: "The menus are saved.",
  added: "The entry is added, at the end.",
  removed: "The entry is removed.",
};

interface TypedEntry {
  readonly place: string;
  readonly label: string;
  readonly address: string;
}

const nothingTyped: TypedEntry = { place: "primary", label: "", address: "" };

export function menuPage(blog: BlogParts) {
  const draw = createMenuForm(blog);
  return (request: PageRequest): Promise<Answer> => {
    editorOf(request);
    return draw(nothingTyped, {}, doneWords[request.query.get("done") ?? ""] ?? null);
  };
}

/** Takes labels and the press of a button. */
export function changeMenuPage({ store }: BlogParts) {
  return async (request: PageRequest): Promise<Answer> => {
    editorOf(request);
    const { form } = request;
    const labels = new Map<number, string>();
    for (const field of form?.keys() ?? []) {
      const id = field.startsWith("label-") ? numberIn(field.slice("label-".length)) : null;
      const label = lineOf(form, field).slice(0, 200);
      if (id !== null && label !== "") labels.set(id, label);
    }
    await store.nameMenuEntries(labels);
    const [word = "", number] = lineOf(form, "do").split(" ");
    const id = numberIn(number);
    const move = menuMoves.find((one) => one === word);
    if (id !== null && move !== undefined) {
      await store.moveMenuEntry(id, move);
      return goOn(`/admin/menu/?done=saved#entry-${id}`);
    }
    if (id !== null && word === "remove") {
      await store.removeMenuEntry(id);
      return goOn("/admin/menu/?done=removed");
    }
    return goOn("/admin/menu/?done=saved");
  };
}

export function addMenuEntryPage(blog: BlogParts) {
  const draw = createMenuForm(blog);
  return async (request: PageRequest): Promise<Answer> => {
    editorOf(request);
    const { form } = request;
    const typed = {
      place: lineOf(form, "place"),
      label: lineOf(form, "label"),
      address: lineOf(form, "address"),
    };
    const place = places.find(([name]) => name === typed.place)?.[0];
    const address = addressOf(typed.address, blog.origin);
    const errors = {
      ...(place === undefined ? { place: "Choose a menu." } : {}),
      ...(typed.label === "" ? { label: "Write what the entry is called." } : {}),
      ...(typed.label.length > 200 ? { label: "At most 200 characters fit." } : {}),
      ...(address === null
        ? {
            address:
              "Write an address of this site, such as /about/, or a whole one that begins with https://.",
          }
        : {}),
    };
    if (place === undefined || address === null || Object.keys(errors).length > 0)
      return draw(typed, errors, null);
    await blog.store.addMenuEntry({ place, label: typed.label, address });
    return goOn("/admin/menu/?done=added");
  };
}

/** The address as it is kept: decoded where it is of this site, so that a post or a tag is found by it. */
function addressOf(typed: string, origin: string): string | null {
  // "//host" and "/\host" look like paths of this site and lead elsewhere.
  if (!/^(?:\/(?![/\\])|#|https?:\/\/|mailto:|tel:)/i.test(typed) || typed.length > 2000) return null;
  const own = typed.startsWith(`${origin}/`) ? typed.slice(origin.length) : typed;
  const safe = safeHref(own, origin);
  if (safe === null || !safe.startsWith("/")) return safe;
  try {
    const path = decodeURI(safe);
    return /[?#]/.test(path) || path.endsWith("/") ? path : `${path}/`;
  } catch {
    return safe;
  }
}

function createMenuForm({ store, now }: BlogParts) {
  return async (
    typed: TypedEntry,
    errors: Readonly<Record<string, string>>,
    done: string | null,
  ): Promise<Answer> => {
    const entries = await store.menuEntries(now());
    const menus = places.map(([place, title]) => {
      const mine = entries.filter((entry) => entry.place === place);
      return { place, title, entries: branch(mine, null) };
    });
    return privatePage(
      "~admin-menu-page",
      "Menus",
      {
        menus,
        typed,
        errors,
        done,
        places: places.map(([value, label]) => ({ value, label, selected: value === typed.place })),
        addresses: (await store.knownAddresses(now())).map(({ path, title }) => ({
          value: path,
          label: title,
        })),
      },
      Object.keys(errors).length > 0 ? 422 : 200,
    );
  };
}

interface EntryView {
  readonly id: number;
  readonly label: string;
  readonly leadsTo: string;
  readonly hidden: boolean;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly isTop: boolean;
  readonly children: EntryView[];
}

function branch(entries: readonly MenuEntryRow[], parentId: number | null): EntryView[] {
  const here = childrenOf(entries, parentId);
  return here.map(({ id, label, href, hidden }, index) => ({
    id,
    label,
    leadsTo: href,
    hidden,
    isFirst: index === 0,
    isLast: index === here.length - 1,
    isTop: parentId === null,
    children: branch(entries, id),
  }));
}
