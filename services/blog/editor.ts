// The editor at the desk: who asks for a page below /admin/, and what their forms and addresses say.

import { memberOf, type PageRequest } from "@rose-ash/platform/app";
import type { Editor } from "./desk-post.ts";

/** Who is at the desk. Throws when the route let somebody else in. */
export function editorOf(request: PageRequest): Editor {
  const { id, name } = memberOf(request, "editor");
  return { id, name };
}

/** The number that stands in an address; null for anything else. */
export function numberIn(text: string | undefined | null): number | null {
  return text !== undefined && text !== null && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null;
}

/** One line of a form. */
export function lineOf(form: URLSearchParams | null, field: string): string {
  return (form?.get(field) ?? "").replaceAll("\0", "").toWellFormed().replace(/\s+/g, " ").trim();
}
