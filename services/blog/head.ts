// The head of a page: what search engines and link previews are told. Addresses are always those of the
// configured origin. Of a post whose body is not public only what its card shows is told.

import type { SiteSettings } from "@rose-ash/platform/app";
import { imageAddress, imageView } from "./card.ts";
import { excerptOf, gateOf, type Post, type PostImage } from "./post.ts";

export interface HeadRequest {
  readonly title: string;
  readonly description: string | null;
  /** The path of the page, with the query that belongs to it. */
  readonly path: string;
  readonly image?: PostImage | null;
  readonly noindex?: boolean;
  readonly previous?: string | null;
  readonly next?: string | null;
  /** Structured data, to be printed inside a script element. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** The head of an ordinary page. */
export function pageHead(origin: string, request: HeadRequest) {
  const {
    title,
    description,
    path,
    image = null,
    noindex = false,
    previous = null,
    next = null,
    data,
  } = request;
  return {
    title,
    description,
    canonical: origin + path,
    type: "website",
    image: absoluteImage(origin, image),
    publishedAt: null,
    modifiedAt: null,
    jsonLd: data ? scriptJson(data) : null,
    noindex,
    previous,
    next,
    authors: [] as string[],
  };
}

/** The head of a post or page. */
export function postHead(origin: string, site: SiteSettings, post: Post) {
  const { seo } = post;
  const title = seo.title ?? post.title;
  const description = seo.description ?? excerptOf(post);
  const image = seo.ogImage
    ? { src: absolute(origin, imageAddress(seo.ogImage)), width: null, height: null, alt: "" }
    : absoluteImage(origin, post.image);
  const canonical = seo.canonical ?? origin + post.path;
  return {
    ...pageHead(origin, { title, description, path: post.path }),
    canonical,
    type: post.kind === "post" ? "article" : "website",
    ogTitle: seo.ogTitle ?? title,
    ogDescription: seo.ogDescription ?? description,
    image,
    publishedAt: post.publishedAt.toISOString(),
    modifiedAt: post.updatedAt.toISOString(),
    authors: post.authors.map((author) => author.name),
    jsonLd: scriptJson({
      "@context": "https://schema.org",
      "@type": post.kind === "post" ? "BlogPosting" : "WebPage",
      headline: post.title,
      description,
      url: origin + post.path,
      mainEntityOfPage: canonical,
      datePublished: post.publishedAt.toISOString(),
      dateModified: post.updatedAt.toISOString(),
      inLanguage: post.language ?? site.language,
      isAccessibleForFree: gateOf(post) === null,
      image: image ? [image.src] : undefined,
      keywords: post.tags.length > 0 ? post.tags.map((tag) => tag.name).join(", ") : undefined,
      author: post.authors.map((author) => ({
        "@type": "Person",
        name: author.name,
        url: `${origin}/author/${encodeURIComponent(author.slug)}/`,
      })),
      publisher: { "@type": "Organization", name: site.title, url: `${origin}/` },
    }),
  };
}

function absoluteImage(origin: string, image: PostImage | null) {
  const view = imageView(image);
  return view && { ...view, src: absolute(origin, view.src) };
}

function absolute(origin: string, address: string): string {
  return address.startsWith("/") ? origin + address : address;
}

/** JSON that cannot end the script element it stands in. */
function scriptJson(data: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(data).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
