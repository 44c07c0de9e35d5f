// One <item> of a WordPress export: whatever WordPress keeps as a "post", attachments and menu entries included.
// Values are as the file has them, only trimmed; what they mean for the new site is in wordpress-post.ts.

import { childLine, childText, type XmlElement } from "./wordpress-file.ts";

export interface WordpressItem {
  readonly id: string;
  /** "post", "page", "attachment", "nav_menu_item", or a type that some plugin made. */
  readonly type: string;
  readonly title: string;
  readonly link: string | null;
  /** The author's login name. */
  readonly creator: string;
  readonly content: string;
  readonly excerpt: string;
  readonly status: string;
  /** The slug, percent-encoded where WordPress does that; "" for drafts. */
  readonly name: string;
  readonly parent: string;
  readonly password: string | null;
  readonly sticky: boolean;
  readonly menuOrder: number;
  readonly attachmentUrl: string | null;
  readonly postedAt: Date | null;
  readonly updatedAt: Date | null;
  readonly terms: { readonly taxonomy: string; readonly slug: string; readonly name: string }[];
  readonly meta: ReadonlyMap<string, string[]>;
  readonly commentCount: number;
}

/** Reads an <item> element. */
export function readItem(element: XmlElement): WordpressItem {
  const meta = new Map<string, string[]>();
  const terms: WordpressItem["terms"] = [];
  let commentCount = 0;
  for (const child of element.children) {
    if (child.name === "wp:postmeta") {
      const key = childText(child, "wp:meta_key").trim();
      const values = meta.get(key);
      const value = childText(child, "wp:meta_value");
      if (values === undefined) meta.set(key, [value]);
      else values.push(value);
    } else if (child.name === "category") {
      // Old exports repeat each term without its domain and slug.
      const { domain, nicename } = child.attributes;
      if (domain !== undefined && nicename)
        terms.push({ taxonomy: domain, slug: nicename, name: child.text.trim() });
    } else if (child.name === "wp:comment") commentCount += 1;
  }
  return {
    id: childText(element, "wp:post_id").trim(),
    type: childText(element, "wp:post_type").trim() || "post",
    title: childText(element, "title"),
    link: childLine(element, "link"),
    // Some exports have a stray ">" before the name.
    creator: childText(element, "dc:creator").trim().replace(/^>+/, ""),
    content: childText(element, "content:encoded"),
    excerpt: childText(element, "excerpt:encoded"),
    status: childText(element, "wp:status").trim() || "publish",
    name: childText(element, "wp:post_name").trim(),
    parent: childText(element, "wp:post_parent").trim(),
    password: childLine(element, "wp:post_password"),
    sticky: childText(element, "wp:is_sticky").trim() === "1",
    menuOrder: Number.parseInt(childText(element, "wp:menu_order"), 10) || 0,
    attachmentUrl: childLine(element, "wp:attachment_url"),
    postedAt:
      readDate(childText(element, "wp:post_date_gmt")) ?? readDate(childText(element, "wp:post_date")),
    updatedAt:
      readDate(childText(element, "wp:post_modified_gmt")) ??
      readDate(childText(element, "wp:post_modified")),
    terms,
    meta,
    commentCount,
  };
}

/** The first value of a custom field, trimmed, or null when it is missing or blank. */
export function metaLine(item: WordpressItem, key: string): string | null {
  return item.meta.get(key)?.[0]?.trim() || null;
}

/** "2012-01-10 09:05:00" read as UTC; null for WordPress's "0000-00-00 00:00:00" and anything else that is no time. */
function readDate(text: string): Date | null {
  const match = /^\s*(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2}))?)?\s*$/.exec(text);
  if (match === null) return null;
  const [year, month, day, hour, minute, second] = match.slice(1).map((part) => Number(part ?? 0));
  if (year === 0 || month === 0 || day === 0) return null;
  const date = new Date(Date.UTC(year!, month! - 1, day, hour, minute, second));
  // 31 February would roll over into March: such a date says nothing.
  return date.getUTCMonth() === month! - 1 && date.getUTCDate() === day ? date : null;
}
