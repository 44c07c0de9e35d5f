// What an editor writes, through the pages: drafts, publishing, the addresses, and that nothing typed is lost.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { forEachDriver } from "@rose-ash/platform/store/test-database";
import type { Tables } from "../tables.ts";
import { stagedPost, stagedSite } from "./blog-site.ts";
import { ann, type Desk, type DeskReply, formToken, member, openDesk } from "./desk.ts";
import { fieldsOf, idOf, newPost, typedIn } from "./desk-forms.ts";
import { elementsOf, faultsOf } from "./page-outline.ts";

async function followed(desk: Desk, reply: DeskReply): Promise<DeskReply> {
  assert.equal(reply.status, 303, reply.text.slice(0, 2000));
  return desk.get(reply.location, ann);
}

await forEachDriver<Tables>(join(import.meta.dirname, "../migrations"), (fresh) => {
  const { driver } = fresh;

  test(`${driver}: a draft is saved, seen by nobody, published, and seen by everybody`, async (t) => {
    const desk = await openDesk(t, fresh);
    const form = await desk.get("/admin/posts/new/", ann);
    assert.equal(form.status, 200);
    const fields = {
      ...fieldsOf(form.text),
      title: "Bread on Friday",
      text: "We bake **again**.",
      tags: "Bread, Oven",
      do: "save",
    };
    const saved = await followed(desk, await desk.post("/admin/posts/new/", fields, ann));
    assert.match(saved.text, /The draft is saved\./);
    assert.equal((await desk.get("/bread-on-friday/")).status, 404);
    assert.deepEqual(await desk.told(), []);

    const again = { ...fieldsOf(saved.text), do: "publish" };
    const published = await followed(desk, await desk.post(`/admin/posts/${idOf(saved)}/`, again, ann));
    assert.match(published.text, /It is published/);
    const page = await desk.get("/bread-on-friday/");
    assert.match(page.text, /<p>We bake <strong>again<\/strong>\.<\/p>/);
    assert.match(page.text, /href="\/tag\/oven\/"/);
    assert.match(page.text, /Ann Example/);
    assert.deepEqual(
      (await desk.told()).map(({ fact, type, actor, visibility, data }) => ({
        fact,
        type,
        actor,
        visibility,
        path: data.path,
      })),
      [
        {
          fact: "blog/post-published",
          type: "Create",
          actor: `account/member/${ann.id}`,
          visibility: "public",
          path: "/bread-on-friday/",
        },
      ],
    );
  });

  test(`${driver}: sending a new post's form twice makes one post`, async (t) => {
    const desk = await openDesk(t, fresh);
    const form = await desk.get("/admin/posts/new/", ann);
    const fields = { ...fieldsOf(form.text), title: "Once", text: "Only once.", do: "publish" };
    const first = await desk.post("/admin/posts/new/", fields, ann);
    const second = await desk.post("/admin/posts/new/", fields, ann);
    assert.equal(idOf(first), idOf(second));
    assert.equal(
      (
        await desk.parts.store.deskPosts({
          now: new Date(),
          state: null,
          words: [],
          order: "title",
          page: 1,
          perPage: 9,
        })
      ).total,
      1,
    );
    assert.equal((await desk.told()).length, 1);
  });

  test(`${driver}: what is wrong stands beside its field, and everything typed is kept`, async (t) => {
    const desk = await openDesk(t, fresh);
    const typed = {
      title: "",
      slug: "Not An Address",
      text: "  spaces and\n\nlines <b>stay</b>",
      excerpt: "An excerpt",
      publishAt: "2026-03-29T01:30",
      language: "klingonese!",
      visibility: "password",
      image: "/media/nothing.jpg",
      tags: "One, Two",
      version: "1",
      format: "markdown",
      key: "00000000-0000-4000-8000-000000000001",
      do: "publish",
    };
    const reply = await desk.post("/admin/posts/new/", typed, ann);
    assert.equal(reply.status, 422);
    assert.deepEqual(faultsOf(reply.text), []);
    for (const field of ["title", "slug", "publishAt", "language", "password"]) {
      const element = elementsOf(reply.text).find(({ attributes }) => attributes.id === field);
      assert.equal(element?.attributes["aria-invalid"], "true", field);
      assert.match(element?.attributes["aria-describedby"] ?? "", new RegExp(`${field}-error`), field);
    }
    assert.match(reply.text, /clocks go forward/);
    for (const field of ["slug", "text", "excerpt", "publishAt", "tags", "language", "image"] as const) {
      assert.equal(typedIn(reply.text, field), typed[field], field);
    }
    // The browser may be closed now: the text is there for the next time.
    const id = idOf(reply);
    const later = await desk.get(`/admin/posts/${id}/`, ann);
    assert.equal(typedIn(later.text, "text"), typed.text);
    assert.match(later.text, /Your unsaved text/);
  });

  test(`${driver}: titles of any script make addresses, and the same title another one`, async (t) => {
    const desk = await openDesk(t, fresh);
    await newPost(desk, ann, { title: "Хлеб по пятницам", do: "publish" });
    await newPost(desk, ann, { title: "Хлеб по пятницам", do: "publish" });
    await newPost(desk, ann, { title: "ขนมปัง", do: "publish" });
    await newPost(desk, ann, { title: "Like", do: "publish" });
    const read = async (path: string) => (await desk.get(encodeURI(path))).status;
    assert.equal(await read("/хлеб-по-пятницам/"), 200);
    assert.equal(await read("/хлеб-по-пятницам-2/"), 200);
    assert.equal(await read("/like-post/"), 200, "addresses of the blog itself are not given away");
    const told = await desk.told();
    assert.equal(told.length, 4);
    for (const { data } of told) assert.equal(await read(String(data.path)), 200, String(data.path));
  });

  test(`${driver}: an address that somebody chose and that is taken is refused`, async (t) => {
    const desk = await openDesk(t, fresh, stagedSite([stagedPost("taken")]));
    const reply = await newPost(desk, ann, { title: "Another", slug: "taken", do: "save" });
    assert.equal(reply.status, 422);
    assert.match(reply.text, /Another post or page is at \/taken\//);
  });

  test(`${driver}: a new address is led to from the old one, pages below move along`, async (t) => {
    const desk = await openDesk(
      t,
      fresh,
      stagedSite([
        stagedPost("above", { kind: "page" }),
        stagedPost("below", { kind: "page", parentKey: "test post above" }),
      ]),
    );
    const id = await postId(desk, "/above/");
    const form = await desk.get(`/admin/posts/${id}/`, ann);
    await followed(
      desk,
      await desk.post(`/admin/posts/${id}/`, { ...fieldsOf(form.text), slug: "over", do: "publish" }, ann),
    );
    assert.equal((await desk.get("/over/below/")).status, 200);
    assert.equal((await desk.get("/above/")).location, "/over/");
    assert.equal((await desk.get("/above/below/")).location, "/over/below/");
  });

  test(`${driver}: the text of a published post is kept for later without changing what visitors see`, async (t) => {
    const desk = await openDesk(t, fresh);
    const id = idOf(await newPost(desk, ann, { title: "Public", text: "old words", do: "publish" }));
    const form = await desk.get(`/admin/posts/${id}/`, ann);
    for (const action of ["keep", "save", "preview"]) {
      const fields = {
        ...fieldsOf(form.text),
        text: `secret words by ${action}`,
        title: "Secret title",
        do: action,
      };
      const reply = await desk.post(`/admin/posts/${id}/`, fields, ann);
      if (action === "preview") assert.match(reply.text, /secret words by preview/);
      const everywhere = await Promise.all(
        ["/public/", "/", "/rss.xml", "/atom.xml", "/search/?q=secret", "/sitemap.xml"].map((path) =>
          desk.get(path),
        ),
      );
      assert.ok(
        !everywhere.some(({ text }) =>
          /secret/i.test(text.replace('value="secret"', "").replace(/“secret”|Search: secret/g, "")),
        ),
        action,
      );
      assert.match(everywhere[0]?.text ?? "", /old words/);
    }
    assert.equal((await desk.told()).length, 1, "nothing was told of it");
  });

  test(`${driver}: autosaving keeps the text and answers when, and never shows it to visitors`, async (t) => {
    const desk = await openDesk(t, fresh);
    const id = idOf(await newPost(desk, ann, { title: "Public", text: "old words", do: "publish" }));
    const form = await desk.get(`/admin/posts/${id}/`, ann);
    const fields = { ...fieldsOf(form.text), text: "typed words" };
    const reply = await desk.post(`/admin/posts/${id}/autosave/`, fields, ann);
    assert.equal(reply.status, 200);
    assert.equal(reply.cache, "none");
    assert.deepEqual(JSON.parse(reply.text), {
      kind: "kept",
      savedAt: "2026-06-10T09:00:00.000Z",
      version: 2,
      basedOn: 2,
    });
    assert.match((await desk.get("/public/")).text, /old words/);
    assert.equal(typedIn((await desk.get(`/admin/posts/${id}/`, ann)).text, "text"), "typed words");

    assert.equal((await desk.post(`/admin/posts/${id}/autosave/`, { text: "no version" }, ann)).status, 400);
    assert.equal((await desk.post("/admin/posts/999/autosave/", fields, ann)).status, 410);
  });

  test(`${driver}: a text that is put away is found among the revisions`, async (t) => {
    const desk = await openDesk(t, fresh);
    const id = idOf(await newPost(desk, ann, { title: "Public", text: "old words", do: "publish" }));
    const form = await desk.get(`/admin/posts/${id}/`, ann);
    await desk.post(
      `/admin/posts/${id}/`,
      { ...fieldsOf(form.text), text: "a whole evening's work", do: "keep" },
      ann,
    );
    await followed(desk, await desk.post(`/admin/posts/${id}/discard/`, {}, ann));
    assert.equal(typedIn((await desk.get(`/admin/posts/${id}/`, ann)).text, "text"), "old words");
    assert.match((await desk.get(`/admin/posts/${id}/revisions/`, ann)).text, /Put away unsaved/);
    await desk.post(`/admin/posts/${id}/revisions/2/restore/`, { version: "2" }, ann);
    assert.match((await desk.get("/public/")).text, /a whole evening/);
  });

  test(`${driver}: a text of two megabytes is saved, read and edited; a longer one is refused and handed back`, async (t) => {
    const desk = await openDesk(t, fresh);
    const line = "Ein Laib für jedes Haus, jeden Samstag. ";
    const text = `${line.repeat(50)}\n\n`
      .repeat(1100)
      .slice(0, 2 * 1024 * 1024)
      .trimEnd();
    const id = idOf(await newPost(desk, ann, { title: "Long", text, do: "publish" }));
    assert.ok((await desk.get("/long/")).text.length > 2 * 1024 * 1024);
    assert.equal(typedIn((await desk.get(`/admin/posts/${id}/`, ann)).text, "text"), text);
    const longer = `${text}${text}`;
    const form = await desk.get(`/admin/posts/${id}/`, ann);
    const refused = await desk.post(
      `/admin/posts/${id}/`,
      { ...fieldsOf(form.text), text: longer, do: "publish" },
      ann,
    );
    assert.equal(refused.status, 422);
    assert.ok(refused.text.includes(longer), "what was typed is in the form");
    assert.match(refused.text, /at most 3000000 are kept/);
  });

  test(`${driver}: an imported post is edited as cleaned HTML, and its document is kept`, async (t) => {
    const document = JSON.stringify({ root: { children: [] } });
    const desk = await openDesk(
      t,
      fresh,
      stagedSite([
        stagedPost("imported", {
          sourceFormat: "lexical",
          sourceText: document,
          html: "<p>From <em>elsewhere</em>.</p>",
        }),
      ]),
    );
    const id = await postId(desk, "/imported/");
    const form = await desk.get(`/admin/posts/${id}/`, ann);
    assert.equal(typedIn(form.text, "text"), "<p>From <em>elsewhere</em>.</p>");
    assert.match(form.text, /In HTML\./);

    await desk.post(`/admin/posts/${id}/`, { ...fieldsOf(form.text), title: "Renamed", do: "publish" }, ann);
    const renamed = await desk.parts.store.deskPost(id);
    assert.equal(renamed?.sourceFormat, "lexical", "a change of the title leaves the document");

    const hostile =
      '<p onclick="alert(1)">Mine</p><script>alert(2)</script><img src="https://elsewhere.example.org/a.jpg">';
    const second = { ...fieldsOf((await desk.get(`/admin/posts/${id}/`, ann)).text), text: hostile };
    const preview = await desk.post(`/admin/posts/${id}/`, { ...second, do: "preview" }, ann);
    assert.match(preview.text, /Taken out: script element/);
    assert.match(preview.text, /is not on this site and becomes a link/);
    await desk.post(`/admin/posts/${id}/`, { ...second, do: "publish" }, ann);
    const page = await desk.get("/imported/");
    assert.match(page.text, /<p>Mine<\/p>/);
    assert.doesNotMatch(page.text, /alert\(|onclick/);
    const first = await desk.parts.store.revision(id, 1);
    assert.equal(first?.sourceText, document, "the first revision has the document as it came in");
  });

  test(`${driver}: a preview is the post's page, for nobody to keep or list`, async (t) => {
    const desk = await openDesk(t, fresh, stagedSite([stagedPost("other")]));
    const fields = { title: "Seen <before>", text: "## Head\n\nwords", tags: "Bread, #inner", do: "preview" };
    const reply = await newPost(desk, ann, fields);
    assert.equal(reply.status, 200);
    assert.equal(reply.cache, "none");
    assert.match(reply.text, /<meta name="robots" content="noindex">/);
    assert.match(reply.text, /This is a preview\./);
    assert.match(reply.text, /<h1 [^>]*>Seen &lt;before&gt;<\/h1>/);
    assert.ok(!reply.text.includes("#inner"), "internal tags are not shown");
    assert.deepEqual(faultsOf(reply.text), []);
    const id = /\/admin\/posts\/(\d+)\//.exec(reply.text)?.[1];
    assert.match((await desk.get(`/admin/posts/${id}/preview/`, ann)).text, /Seen &lt;before&gt;/);
  });

  test(`${driver}: deleting asks first, takes the post away, and can be taken back for 30 days`, async (t) => {
    const desk = await openDesk(t, fresh);
    const id = idOf(await newPost(desk, ann, { title: "Going", text: "words", do: "publish" }));
    assert.match((await desk.get(`/admin/posts/${id}/delete/`, ann)).text, /Delete “Going”\?/);
    assert.equal((await desk.get("/going/")).status, 200, "asking deletes nothing");
    await desk.post(`/admin/posts/${id}/delete/`, {}, ann);
    assert.equal((await desk.get("/going/")).status, 404);
    assert.equal((await desk.told()).at(-1)?.fact, "blog/post-deleted");

    await newPost(desk, ann, { title: "Going", do: "publish" });
    desk.setNow("2026-07-09T09:00:00Z");
    assert.match((await desk.get("/admin/deleted/", ann)).text, /Going/);
    await followed(desk, await desk.post("/admin/deleted/", { id: String(id) }, ann));
    const back = await desk.parts.store.deskPost(id);
    assert.deepEqual([back?.status, back?.path], ["draft", "/going-2/"]);

    await desk.post(`/admin/posts/${id}/delete/`, {}, ann);
    desk.setNow("2026-08-12T09:00:00Z");
    assert.doesNotMatch((await desk.get("/admin/deleted/", ann)).text, /going-2/);
    assert.equal((await desk.post("/admin/deleted/", { id: String(id) }, ann)).status, 404);
  });

  test(`${driver}: a post that was deleted while somebody wrote gives the text back`, async (t) => {
    const desk = await openDesk(t, fresh);
    const id = idOf(await newPost(desk, ann, { title: "Going", text: "words", do: "save" }));
    const form = await desk.get(`/admin/posts/${id}/`, ann);
    await desk.post(`/admin/posts/${id}/delete/`, {}, ann);
    const reply = await desk.post(
      `/admin/posts/${id}/`,
      { ...fieldsOf(form.text), text: "a long evening", do: "save" },
      ann,
    );
    assert.equal(reply.status, 410);
    assert.match(reply.text, /a long evening/);
  });

  test(`${driver}: every page below /admin/ asks for an editor, and every form carries the token`, async (t) => {
    const desk = await openDesk(t, fresh, stagedSite([stagedPost("one", { tagKeys: ["test tag bread"] })]));
    const id = await postId(desk, "/one/");
    const pages = [
      "/admin/",
      "/admin/posts/",
      "/admin/posts/new/",
      `/admin/posts/${id}/`,
      `/admin/posts/${id}/delete/`,
    ];
    pages.push(
      `/admin/posts/${id}/revisions/`,
      "/admin/deleted/",
      "/admin/tags/",
      "/admin/tags/1/",
      "/admin/menu/",
      "/admin/media/",
    );
    for (const path of pages) {
      assert.equal((await desk.get(path)).status, 401, path);
      assert.equal((await desk.get(path, member("Mia Member", "member"))).status, 403, path);
      const { status, text, cache } = await desk.get(path, ann);
      assert.equal(status, 200, path);
      assert.equal(cache, "none", path);
      assert.deepEqual(faultsOf(text), [], path);
      assert.match(text, /<meta name="robots" content="noindex">/, path);
      const forms = text
        .split("<form ")
        .slice(1)
        .filter((form) => form.startsWith('method="post"'));
      for (const form of forms)
        assert.ok(form.split("</form>")[0]?.includes(formToken), `${path}: ${form.slice(0, 80)}`);
    }
    assert.match((await desk.get("/one/", ann)).text, /href="\/admin\/"/);
    assert.doesNotMatch((await desk.get("/one/", member("Mia Member", "member"))).text, /\/admin\//);
  });
});

async function postId(desk: Desk, path: string): Promise<number> {
  const post = await desk.parts.store.findPost(path, new Date("2026-06-10T09:00:00Z"));
  assert.ok(post, path);
  return post.id;
}
