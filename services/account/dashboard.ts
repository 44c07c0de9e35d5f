// The dashboard: who asks for a page of it, what such a page says of itself, and how it writes moments.
// The routes ask for the role; this asks once more, so that a route without its terms shows nothing.
import type { Answer, PageRequest, SiteSettings } from "@rose-ash/platform/app";
import { type Member, mayAct, type Role } from "@rose-ash/platform/auth";

/** Who is looking. Throws when the route let in somebody without the role. */
export function memberOf({ viewer }: Pick<PageRequest, "viewer">, role: Role = "member"): Member {
  if (!mayAct(viewer, role)) {
    throw new Error(
      `A page for the role ${role} was reached by somebody else: give its route terms { role }.`,
    );
  }
  return viewer;
}

/** A page for one person: nobody keeps a copy of it and no robot lists it. */
export function dashboardPage(
  component: string,
  title: string,
  props: Readonly<Record<string, unknown>>,
  status = 200,
): Extract<Answer, { kind: "page" }> {
  return {
    kind: "page",
    component,
    props: { head: { title, noindex: true }, ...props },
    status,
    cache: "none",
  };
}

/** On to a page of this service, after a form was taken. */
export function goTo(path: string): Answer {
  return { kind: "redirect", to: path, status: 303 };
}

/** Writes a moment with its clock time, in the site's language and time zone. */
export function momentWriter({ language, timeZone }: SiteSettings): (at: Date) => string {
  const format = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short", timeZone });
  return (at) => format.format(at);
}

/** Is this the text of a UUID, as ids of members and erasures are? */
export function isUuid(text: string | null | undefined): text is string {
  return typeof text === "string" && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}
