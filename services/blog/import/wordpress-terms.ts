// The categories and tags of a WordPress export, and the names of its menus.
// Terms are known by taxonomy and slug; a term that a post uses without the file declaring it is made up from the
// post. Parents that are missing, or that go in a circle, are dropped.

import { plainText } from "../clean-html.ts";
import { type ImportedTag, noSeo } from "./imported-site.ts";
import { childLine, childText, type XmlElement } from "./wordpress-file.ts";
import type { WordpressItem } from "./wordpress-item.ts";
import type { MenuTerm } from "./wordpress-menus.ts";
import { decodeSlug } from "./wordpress-post.ts";

interface Term {
  readonly taxonomy: string;
  readonly slug: string;
  readonly termId: string | null;
  readonly name: string;
  readonly description: string | null;
  readonly parentSlug: string | null;
}

/** Gathers terms while the file is read. */
export class WordpressTerms {
  readonly #terms = new Map<string, Term>();

  /** Takes a <wp:category>, <wp:tag> or <wp:term> element. */
  add(element: XmlElement): void {
    const [slugName, nameName, about, parent] =
      element.name === "wp:category"
        ? ["wp:category_nicename", "wp:cat_name", "wp:category_description", "wp:category_parent"]
        : element.name === "wp:tag"
          ? ["wp:tag_slug", "wp:tag_name", "wp:tag_description", "wp:tag_parent"]
          : ["wp:term_slug", "wp:term_name", "wp:term_description", "wp:term_parent"];
    const slug = childText(element, slugName).trim();
    if (slug === "") return;
    const taxonomy =
      element.name === "wp:category"
        ? "category"
        : element.name === "wp:tag"
          ? "post_tag"
          : childText(element, "wp:term_taxonomy").trim();
    this.#remember({
      taxonomy,
      slug,
      termId: childLine(element, "wp:term_id"),
      name: plainText(childText(element, nameName)) || decodeSlug(slug),
      description: plainText(childText(element, about)) || null,
      parentSlug: childLine(element, parent),
    });
  }

  /** Takes the terms that an item names, for exports that do not declare them. */
  addFromItem(item: WordpressItem): void {
    for (const { taxonomy, slug, name } of item.terms) {
      const plainName = plainText(name) || decodeSlug(slug);
      this.#remember({ taxonomy, slug, termId: null, name: plainName, description: null, parentSlug: null });
    }
  }

  /** Keeps the fuller of two mentions: files list categories twice. */
  #remember(term: Term): void {
    const key = sourceIdOf(term.taxonomy, term.slug);
    const known = this.#terms.get(key);
    if (known === undefined || (known.termId === null && term.termId !== null)) this.#terms.set(key, term);
  }

  /** The import's id of a category or tag, or null for a term of another taxonomy. */
  sourceId(taxonomy: string, slug: string): string | null {
    const key = sourceIdOf(taxonomy, slug);
    return kindOf(taxonomy) !== null && this.#terms.has(key) ? key : null;
  }

  /** All categories and tags, in the order of the file. */
  tags(): ImportedTag[] {
    const tags: ImportedTag[] = [];
    for (const term of this.#terms.values()) {
      const kind = kindOf(term.taxonomy);
      if (kind === null) continue;
      tags.push({
        sourceId: sourceIdOf(term.taxonomy, term.slug),
        kind,
        slug: decodeSlug(term.slug),
        name: term.name,
        description: term.description,
        parentSourceId: this.#parentOf(term),
        image: null,
        internal: false,
        seo: noSeo,
      });
    }
    return tags;
  }

  #parentOf(term: Term): string | null {
    if (term.parentSlug === null) return null;
    const parentId = sourceIdOf(term.taxonomy, term.parentSlug);
    const seen = new Set([sourceIdOf(term.taxonomy, term.slug)]);
    let above = this.#terms.get(parentId);
    // Deeper than any real tree, and the walk stays short for a long chain.
    for (let steps = 0; above !== undefined && steps < 50; steps += 1) {
      const id = sourceIdOf(above.taxonomy, above.slug);
      if (seen.has(id)) return null;
      seen.add(id);
      if (above.parentSlug === null) return parentId;
      above = this.#terms.get(sourceIdOf(above.taxonomy, above.parentSlug));
    }
    return above === undefined && this.#terms.has(parentId) ? parentId : null;
  }

  /** The menus by name, in the order of the file. */
  menus(): MenuTerm[] {
    return [...this.#terms.values()].filter((term) => term.taxonomy === "nav_menu");
  }

  /** Categories and tags by WordPress's number for them. */
  byTermId(): Map<string, { sourceId: string; name: string }> {
    const found = new Map<string, { sourceId: string; name: string }>();
    for (const term of this.#terms.values()) {
      if (term.termId === null || kindOf(term.taxonomy) === null) continue;
      found.set(term.termId, { sourceId: sourceIdOf(term.taxonomy, term.slug), name: term.name });
    }
    return found;
  }

  /** Taxonomies of plugins and themes, with the number of their terms. */
  otherTaxonomies(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { taxonomy } of this.#terms.values()) {
      if (kindOf(taxonomy) !== null || taxonomy === "nav_menu" || taxonomy === "post_format") continue;
      counts.set(taxonomy, (counts.get(taxonomy) ?? 0) + 1);
    }
    return counts;
  }
}

function kindOf(taxonomy: string): "category" | "tag" | null {
  if (taxonomy === "category") return "category";
  return taxonomy === "post_tag" || taxonomy === "tag" ? "tag" : null;
}

/** One id for both names of the taxonomy of tags. */
function sourceIdOf(taxonomy: string, slug: string): string {
  return `${kindOf(taxonomy) ?? taxonomy}:${slug}`;
}
