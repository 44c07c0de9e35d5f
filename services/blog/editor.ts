// The editor at the desk: who asks for a page below /admin/, what such a page says of itself, and when it is.
// The routes ask for the role; this asks once more, so that a route without its terms shows nothing.

import type { Answer, PageRequest, SiteSettings } from "@rose-ash/platform/app";
import { mayAct } from "@rose-ash/platform/auth";
import type { Editor } from "./desk-post.ts";

/** Who is at the desk. Throws when the route let somebody else in. */
export function editorOf({ viewer }: PageRequest): Editor {
  if (!mayAct(viewer, "editor")) {
    throw new Error("Showing a page for editors: the visitor is none; give the route its terms { role }.");
  }
  return { id: viewer.id, name: viewer.name };
}

/** A page for editors: nobody keeps a copy of it and no robot lists it. */
export function deskPage(
  component: string,
  title: string,
  props: Readonly<Record<string, unknown>>,
  status = 200,
): Answer {
  return {
    kind: "page",
    component,
    props: { head: { title, noindex: true }, ...props },
    status,
    cache: "none",
  };
}

/** On to a page for editors, after a form was taken. */
export function goOn(to: string): Answer {
  return { kind: "redirect", to, status: 303 };
}

/** The number that stands in an address; null for anything else. */
export function numberIn(text: string | undefined | null): number | null {
  return text !== undefined && text !== null && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null;
}

/** One line of a form. */
export function lineOf(form: URLSearchParams | null, field: string): string {
  return (form?.get(field) ?? "").replaceAll("\0", "").toWellFormed().replace(/\s+/g, " ").trim();
}

/** Writes a moment with its clock time, in the site's language and time zone. */
export function momentWriter({ language, timeZone }: SiteSettings): (at: Date) => string {
  const format = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short", timeZone });
  return (at) => format.format(at);
}
