// Forms of the editors' pages for tests: what a browser would send back of a page, and a new post in one line.

import assert from "node:assert/strict";
import type { Viewer } from "@rose-ash/platform/auth";
import type { Desk, DeskReply } from "./desk.ts";

const postFields = [
  "version",
  "format",
  "kind",
  "key",
  "title",
  "text",
  "excerpt",
  "publishAt",
  "visibility",
  "slug",
  "tags",
  "categories",
  "authors",
  "language",
  "image",
  "imageAlt",
  "imageCaption",
] as const;

/** The fields of a post's form with what they hold. */
export function fieldsOf(page: string): Record<string, string> {
  return Object.fromEntries(
    postFields.flatMap((field) => {
      const value = typedIn(page, field);
      return value === null ? [] : [[field, value] as const];
    }),
  );
}

/** What a field holds: an input's value, an area's text, a select's choice. Null when there is no such field. */
export function typedIn(page: string, name: string): string | null {
  const input = new RegExp(`<input [^>]*\\bname="${name}"[^>]*>`).exec(page)?.[0];
  if (input !== undefined) return decoded(/ value="([^"]*)"/.exec(input)?.[1] ?? "");
  const area = new RegExp(`<textarea [^>]*\\bid="${name}"[^>]*>([^]*?)</textarea>`).exec(page)?.[1];
  if (area !== undefined) return decoded(area.replace(/^\n/, ""));
  const select = new RegExp(`<select [^>]*\\bid="${name}"[^>]*>([^]*?)</select>`).exec(page)?.[1];
  if (select === undefined) return null;
  const chosen = /<option [^>]*\bselected\b[^>]*>/.exec(select)?.[0] ?? "";
  return decoded(/ ?value="([^"]*)"/.exec(chosen)?.[1] ?? "");
}

function decoded(text: string): string {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&nbsp;", "\u00a0")
    .replaceAll("&amp;", "&");
}

/** Opens the form for a new post and sends it. */
export async function newPost(
  desk: Desk,
  viewer: Viewer,
  fields: Readonly<Record<string, string>>,
): Promise<DeskReply> {
  const form = await desk.get("/admin/posts/new/", viewer);
  return desk.post("/admin/posts/new/", { ...fieldsOf(form.text), ...fields }, viewer);
}

/** The number of the post that a redirect or a page's form is about. */
export function idOf({ location, text }: DeskReply): number {
  const id = /\/admin\/posts\/(\d+)\//.exec(location === "" ? text : location)?.[1];
  assert.ok(id, `no post in ${location}${text.slice(0, 300)}`);
  return Number(id);
}
