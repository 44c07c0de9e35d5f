// What the blog answers: addresses on the left, pages on the right. Earlier rows win; the last two rows are
// every other address, which may be a post or a page below a page.

import { get, post, type Route, type ServiceParts } from "@rose-ash/platform/app";
import type { BlogSettings } from "./config.ts";
import { authorPage } from "./pages/author.ts";
import { atomFeed, rssFeed } from "./pages/feed.ts";
import { frontPage, numberedPage } from "./pages/front.ts";
import { postPage, unlockPage } from "./pages/post.ts";
import { robots } from "./pages/robots.ts";
import { searchPage } from "./pages/search.ts";
import { sitemap } from "./pages/sitemap.ts";
import { tagPage } from "./pages/tag.ts";
import type { BlogStore } from "./store.ts";

export type BlogParts = ServiceParts<BlogSettings, BlogStore>;

export function routes(blog: BlogParts): Route[] {
  return [
    get("/", frontPage(blog)),
    get("/page/:number/", numberedPage),
    get("/tag/:slug/", tagPage(blog, "tag")),
    get("/category/:slug/", tagPage(blog, "category")),
    get("/author/:slug/", authorPage(blog)),
    get("/search/", searchPage(blog)),
    get("/rss.xml", rssFeed(blog)),
    get("/atom.xml", atomFeed(blog)),
    get("/sitemap.xml", sitemap(blog)),
    get("/robots.txt", robots(blog)),
    get("/*", postPage(blog)),
    post("/*", unlockPage(blog)),
  ];
}
