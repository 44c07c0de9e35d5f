// What the blog answers: addresses on the left, pages on the right. Earlier rows win; the last two rows are
// every other address, which may be a post or a page below a page.

import { get, post, type Route, type ServiceParts } from "@rose-ash/platform/app";
import type { BlogSettings } from "./config.ts";
import { autosavePage } from "./pages/admin/autosave.ts";
import { askDeletePage, deletePostPage } from "./pages/admin/delete-post.ts";
import { deletedPage, undeletePage } from "./pages/admin/deleted.ts";
import { discardPage } from "./pages/admin/discard.ts";
import { beginPostPage, editPostPage, newPostPage, savePostPage } from "./pages/admin/edit-post.ts";
import { changePicturePage, mediaPage, picturePage, sendPicturePage } from "./pages/admin/media.ts";
import { addMenuEntryPage, changeMenuPage, menuPage } from "./pages/admin/menu.ts";
import { postsPage } from "./pages/admin/posts.ts";
import { previewPage } from "./pages/admin/preview.ts";
import { comparePage, restorePage, revisionPage, revisionsPage } from "./pages/admin/revisions.ts";
import { askDeleteTagPage, deleteTagPage, editTagPage, saveTagPage, tagsPage } from "./pages/admin/tags.ts";
import { authorPage } from "./pages/author.ts";
import { atomFeed, rssFeed } from "./pages/feed.ts";
import { frontPage, numberedPage } from "./pages/front.ts";
import { likePage } from "./pages/like.ts";
import { postPage, unlockPage } from "./pages/post.ts";
import { robots } from "./pages/robots.ts";
import { searchPage } from "./pages/search.ts";
import { sitemap } from "./pages/sitemap.ts";
import { tagPage } from "./pages/tag.ts";
import type { BlogStore } from "./store.ts";

export type BlogParts = ServiceParts<BlogSettings, BlogStore>;

/** Who may come to the pages for editors. */
const desk = { role: "editor" } as const;
/** What a post's form may weigh: the longest text, percent-encoded or as it is. */
const longForm = { ...desk, formBytes: 20 * 1024 * 1024 } as const;
/** A picture and the words for it. */
const pictureForm = { ...desk, formBytes: 21 * 1024 * 1024 } as const;

export function routes(blog: BlogParts): Route[] {
  return [
    ...deskRoutes(blog),
    post("/like/", likePage(blog)),
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

function deskRoutes(blog: BlogParts): Route[] {
  return [
    get("/admin/", postsPage(blog), desk),
    get("/admin/posts/", postsPage(blog), desk),
    get("/admin/posts/new/", newPostPage(blog), desk),
    post("/admin/posts/new/", beginPostPage(blog), longForm),
    get("/admin/posts/:id/", editPostPage(blog), desk),
    post("/admin/posts/:id/", savePostPage(blog), longForm),
    get("/admin/posts/:id/preview/", previewPage(blog), desk),
    post("/admin/posts/:id/autosave/", autosavePage(blog), longForm),
    post("/admin/posts/:id/discard/", discardPage(blog), desk),
    get("/admin/posts/:id/delete/", askDeletePage(blog), desk),
    post("/admin/posts/:id/delete/", deletePostPage(blog), desk),
    get("/admin/posts/:id/revisions/", revisionsPage(blog), desk),
    get("/admin/posts/:id/revisions/compare/", comparePage(blog), desk),
    get("/admin/posts/:id/revisions/:number/", revisionPage(blog), desk),
    post("/admin/posts/:id/revisions/:number/restore/", restorePage(blog), desk),
    get("/admin/deleted/", deletedPage(blog), desk),
    post("/admin/deleted/", undeletePage(blog), desk),
    get("/admin/tags/", tagsPage(blog), desk),
    get("/admin/tags/:id/", editTagPage(blog), desk),
    post("/admin/tags/:id/", saveTagPage(blog), desk),
    get("/admin/tags/:id/delete/", askDeleteTagPage(blog), desk),
    post("/admin/tags/:id/delete/", deleteTagPage(blog), desk),
    get("/admin/menu/", menuPage(blog), desk),
    post("/admin/menu/", changeMenuPage(blog), { ...desk, formBytes: 512 * 1024 }),
    post("/admin/menu/add/", addMenuEntryPage(blog), desk),
    get("/admin/media/", mediaPage(blog), desk),
    post("/admin/media/", sendPicturePage(blog), pictureForm),
    get("/admin/media/:name/", picturePage(blog), desk),
    post("/admin/media/:name/", changePicturePage(blog), desk),
  ];
}
