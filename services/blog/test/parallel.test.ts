// Several editors at one post, revisions, and posts that wait for their time: nothing is overwritten, nothing
// that was is lost, and what is told is told once.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { refer } from "@rose-ash/platform/rpc";
import { forEachDriver } from "@rose-ash/platform/store/test-database";
import { answers } from "../answers.ts";
import { personalData } from "../personal-data.ts";
import type { Tables } from "../tables.ts";
import { stagedPost, stagedSite } from "./blog-site.ts";
import { ann, bob, type Desk, openDesk } from "./desk.ts";
import { fieldsOf, idOf, newPost, typedIn } from "./desk-forms.ts";
import { elementsOf, faultsOf } from "./page-outline.ts";

async function formOf(desk: Desk, id: number, viewer = ann): Promise<Record<string, string>> {
  return fieldsOf((await desk.get(`/admin/posts/${id}/`, viewer)).text);
}

const factsOf = async (desk: Desk) => (await desk.told()).map(({ fact }) => fact.replace("blog/post-", ""));

await forEachDriver<Tables>(join(import.meta.dirname, "../migrations"), (fresh) => {
  const { driver } = fresh;

  test(`${driver}: who saves second is shown both texts, and overwrites nothing`, async (t) => {
    const desk = await openDesk(t, fresh);
    const text = "One line.\n\nA second line.";
    const id = idOf(await newPost(desk, ann, { title: "Shared", text, do: "publish" }));
    const [mine, theirs] = [await formOf(desk, id, ann), await formOf(desk, id, bob)];
    desk.setNow("2026-06-10T09:05:00Z");
    await desk.post(
      `/admin/posts/${id}/`,
      { ...theirs, text: "One line.\n\nA second line by Bob.", do: "publish" },
      bob,
    );
    desk.setNow("2026-06-10T09:06:00Z");
    const conflict = await desk.post(
      `/admin/posts/${id}/`,
      { ...mine, text: "One line by Ann.\n\nA second line.", do: "publish" },
      ann,
    );
    assert.equal(conflict.status, 409);
    assert.deepEqual(faultsOf(conflict.text), []);
    assert.match(conflict.text, /Bob Example saved it at 10 Jun 2026, 10:05/, "in the site's time");
    assert.equal(typedIn(conflict.text, "text"), "One line by Ann.\n\nA second line.");
    assert.equal(typedIn(conflict.text, "stored-text"), "One line.\n\nA second line by Bob.");
    assert.match(conflict.text, /What they changed since you began/);
    assert.match(conflict.text, /<button [^>]*value="publish"[^>]*>Save mine as the new version</);
    assert.match(conflict.text, />Discard mine</);
    assert.match((await desk.get("/shared/")).text, /by Bob/);
    assert.doesNotMatch((await desk.get("/shared/")).text, /by Ann/);

    const merged = {
      ...fieldsOf(conflict.text),
      text: "One line by Ann.\n\nA second line by Bob.",
      do: "publish",
    };
    assert.equal((await desk.post(`/admin/posts/${id}/`, merged, ann)).status, 303);
    const page = (await desk.get("/shared/")).text;
    assert.ok(page.includes("by Ann") && page.includes("by Bob"));
    assert.deepEqual(await factsOf(desk), ["published", "updated", "updated"]);
  });

  test(`${driver}: of forms that are sent at the same moment one is saved and the others are told`, async (t) => {
    const desk = await openDesk(t, fresh);
    const id = idOf(await newPost(desk, ann, { title: "Race", text: "start", do: "publish" }));
    const form = await formOf(desk, id);
    const replies = await Promise.all(
      [1, 2, 3, 4, 5].map((n) =>
        desk.post(
          `/admin/posts/${id}/`,
          { ...form, text: `text number ${n}`, do: "publish" },
          n % 2 ? ann : bob,
        ),
      ),
    );
    assert.deepEqual(replies.map(({ status }) => status).sort(), [303, 409, 409, 409, 409]);
    const revisions = await desk.parts.store.revisions(id);
    assert.equal(revisions.length, 2);
    assert.deepEqual(await factsOf(desk), ["published", "updated"]);
  });

  test(`${driver}: discarding mine leaves the stored text and keeps mine among the revisions`, async (t) => {
    const desk = await openDesk(t, fresh);
    const id = idOf(await newPost(desk, ann, { title: "Shared", text: "start", do: "publish" }));
    const mine = await formOf(desk, id);
    await desk.post(`/admin/posts/${id}/`, { ...mine, text: "by Bob", do: "publish" }, bob);
    await desk.post(`/admin/posts/${id}/`, { ...mine, text: "by Ann", do: "publish" }, ann);
    await desk.post(`/admin/posts/${id}/discard/`, {}, ann);
    assert.equal((await formOf(desk, id)).text, "by Bob");
    const kept = await desk.parts.store.revision(id, 3);
    assert.deepEqual(
      [kept?.kind, kept?.sourceText, kept?.authorName],
      ["autosaved", "by Ann", "Ann Example"],
    );
  });

  test(`${driver}: who opens a post at which somebody is typing is told so, for fifteen minutes`, async (t) => {
    const desk = await openDesk(t, fresh);
    const id = idOf(await newPost(desk, ann, { title: "Shared", text: "start", do: "save" }));
    await desk.post(`/admin/posts/${id}/autosave/`, { ...(await formOf(desk, id)), text: "more" }, ann);
    desk.setNow("2026-06-10T09:14:00Z");
    assert.match((await desk.get(`/admin/posts/${id}/`, bob)).text, /Ann Example was typing here at/);
    assert.equal((await formOf(desk, id, bob)).text, "start", "each has their own unsaved text");
    desk.setNow("2026-06-10T09:16:00Z");
    assert.doesNotMatch((await desk.get(`/admin/posts/${id}/`, bob)).text, /was typing here/);
    assert.equal((await formOf(desk, id, ann)).text, "more", "Ann's text is still hers");
  });

  test(`${driver}: an import that changes a post meanwhile is not overwritten, nor is the editor's text lost`, async (t) => {
    const desk = await openDesk(t, fresh, stagedSite([stagedPost("both", { html: "<p>start</p>" })]));
    const id = 1;
    const form = await formOf(desk, id);
    await desk.parts.store.applyImport(
      stagedSite([stagedPost("both", { html: "<p>imported</p>", hash: "other" })]),
    );
    const reply = await desk.post(
      `/admin/posts/${id}/`,
      { ...form, text: "<p>edited</p>", do: "publish" },
      ann,
    );
    assert.equal(reply.status, 409);
    assert.match(reply.text, /by an import or a command/);
    assert.match((await desk.get("/both/")).text, /imported/);
    await desk.post(`/admin/posts/${id}/`, { ...fieldsOf(reply.text), do: "publish" }, ann);
    assert.match(
      (await desk.parts.store.revision(id, 1))?.html ?? "",
      /imported/,
      "what the import brought is kept",
    );
  });

  test(`${driver}: revisions are compared in words and signs, and restoring one makes another`, async (t) => {
    const desk = await openDesk(t, fresh);
    const id = idOf(
      await newPost(desk, ann, { title: "Recipe", text: "Flour\nWater\nSalt", tags: "Bread", do: "publish" }),
    );
    const fields = {
      ...(await formOf(desk, id)),
      title: "Receipt",
      text: "Flour\nMilk\nSalt",
      tags: "Rye",
      do: "publish",
    };
    await desk.post(`/admin/posts/${id}/`, fields, bob);
    const list = (await desk.get(`/admin/posts/${id}/revisions/`, ann)).text;
    assert.deepEqual(faultsOf(list), []);
    assert.match(list, /Bob Example/);
    const compared = (await desk.get(`/admin/posts/${id}/revisions/compare/?from=1&to=2`, ann)).text;
    assert.deepEqual(faultsOf(compared), []);
    assert.match(compared, /Removed: <\/span><del>.*Water/);
    assert.match(compared, /Added: <\/span><ins>.*Milk/);
    assert.match(compared, /Before: <del>Recipe<\/del>/);
    assert.match(compared, /After: <ins>Rye<\/ins>/);

    await desk.post(`/admin/posts/${id}/revisions/1/restore/`, { version: "3" }, ann);
    const page = (await desk.get("/recipe/")).text;
    assert.match(page, /Water/);
    assert.match(page, /href="\/tag\/bread\/"/);
    const revisions = await desk.parts.store.revisions(id);
    assert.deepEqual(
      revisions.map(({ number, kind, restoredFrom }) => [number, kind, restoredFrom]),
      [
        [3, "restored", 1],
        [2, "published", null],
        [1, "published", null],
      ],
    );
    const old = await desk.post(`/admin/posts/${id}/revisions/2/restore/`, { version: "3" }, bob);
    assert.match(
      old.location,
      /error=meanwhile/,
      "a restoring that began before somebody saved restores nothing",
    );
    assert.equal((await desk.parts.store.revisions(id)).length, 3);
  });

  test(`${driver}: restoring a gated post keeps its members-only mark`, async (t) => {
    const desk = await openDesk(t, fresh);
    const text = "For all.\n\n<!--members-only-->\n\nFor members.";
    const id = idOf(await newPost(desk, ann, { title: "Gated", text, visibility: "members", do: "publish" }));
    await desk.post(
      `/admin/posts/${id}/`,
      { ...(await formOf(desk, id)), text: "Nothing.", do: "publish" },
      ann,
    );
    await desk.post(`/admin/posts/${id}/revisions/1/restore/`, { version: "3" }, ann);
    const guestView = (await desk.get("/gated/")).text;
    assert.match(guestView, /For all\./);
    assert.doesNotMatch(guestView, /For members\.<\/p>/);
  });

  test(`${driver}: a scheduled post is told of once, when its time has come`, async (t) => {
    const desk = await openDesk(t, fresh);
    // 10:30 in London in summer is 09:30 UTC.
    const id = idOf(
      await newPost(desk, ann, {
        title: "Later",
        text: "words",
        publishAt: "2026-06-10T10:30",
        do: "publish",
      }),
    );
    const [due] = await desk.told();
    assert.deepEqual(
      [due?.fact, due?.notBefore, due?.visibility],
      ["blog/post-due", "2026-06-10T09:30:00.000Z", "internal"],
    );
    assert.equal((await desk.get("/later/")).status, 404);
    assert.match((await desk.get("/admin/posts/?state=scheduled", ann)).text, /appears 10 Jun 2026, 10:30/);
    await assert.rejects(desk.react([due!]), /time has not come/, "too early is tried again");

    desk.setNow("2026-06-10T09:30:00Z");
    assert.equal((await desk.get("/later/")).status, 200);
    await desk.react([due!]);
    await desk.react([due!]);
    assert.deepEqual(await factsOf(desk), ["due", "published"]);
    assert.equal((await desk.told())[1]?.actor, "blog");
    await desk.post(`/admin/posts/${id}/`, { ...(await formOf(desk, id)), text: "more", do: "publish" }, ann);
    assert.deepEqual(await factsOf(desk), ["due", "published", "updated"]);
  });

  test(`${driver}: a post that was put to another time, back, or among the drafts is told of once or not at all`, async (t) => {
    const desk = await openDesk(t, fresh);
    const id = idOf(
      await newPost(desk, ann, { title: "Later", publishAt: "2026-06-10T10:30", text: "w", do: "publish" }),
    );
    const reschedule = async (publishAt: string, action = "publish") =>
      desk.post(`/admin/posts/${id}/`, { ...(await formOf(desk, id)), publishAt, do: action }, ann);
    await reschedule("2026-06-10T11:30");
    await reschedule("2026-06-10T10:30");
    await reschedule("2026-06-10T10:30", "unpublish");
    const before = await desk.told();
    assert.deepEqual(await factsOf(desk), ["due", "due", "due"]);
    desk.setNow("2026-06-10T10:31:00Z");
    await desk.react(before);
    assert.deepEqual(await factsOf(desk), ["due", "due", "due"], "a draft is not told of");

    await reschedule("2026-06-10T12:30");
    desk.setNow("2026-06-10T11:30:00Z");
    await desk.react(await desk.told());
    assert.deepEqual(await factsOf(desk), ["due", "due", "due", "due", "published"]);
  });

  test(`${driver}: a due post that is edited before its fact arrives is told of once`, async (t) => {
    const desk = await openDesk(t, fresh);
    const id = idOf(
      await newPost(desk, ann, { title: "Later", publishAt: "2026-06-10T10:30", text: "w", do: "publish" }),
    );
    const due = await desk.told();
    desk.setNow("2026-06-10T09:31:00Z");
    await desk.post(`/admin/posts/${id}/`, { ...(await formOf(desk, id)), text: "x", do: "publish" }, ann);
    await desk.react(due);
    assert.deepEqual(await factsOf(desk), ["due", "published"]);
  });

  test(`${driver}: unpublishing is told, publishing again too, and a gated post only within the installation`, async (t) => {
    const desk = await openDesk(t, fresh);
    const id = idOf(await newPost(desk, ann, { title: "Turn", text: "w", do: "publish" }));
    const send = async (fields: Record<string, string>) =>
      desk.post(`/admin/posts/${id}/`, { ...(await formOf(desk, id)), ...fields }, ann);
    await send({ do: "unpublish" });
    assert.equal((await desk.get("/turn/")).status, 404);
    await send({ do: "publish" });
    await send({ visibility: "members", do: "publish" });
    await send({ text: "more", do: "publish" });
    assert.deepEqual(
      (await desk.told()).map(({ fact, visibility, data }) => [fact, visibility, data.audience]),
      [
        ["blog/post-published", "public", "public"],
        ["blog/post-unpublished", "public", "public"],
        ["blog/post-published", "public", "public"],
        ["blog/post-updated", "public", "members"],
        ["blog/post-updated", "internal", "members"],
      ],
    );
    assert.ok(!JSON.stringify(await desk.told()).includes("more"), "a fact never holds a body");
  });

  test(`${driver}: an imported post that is edited is told of as changed, not as new`, async (t) => {
    const desk = await openDesk(t, fresh, stagedSite([stagedPost("old")]));
    await desk.post(
      "/admin/posts/1/",
      { ...(await formOf(desk, 1)), title: "New title", do: "publish" },
      ann,
    );
    assert.deepEqual(await factsOf(desk), ["updated"]);
  });

  test(`${driver}: other services are told of visible posts only`, async (t) => {
    const desk = await openDesk(t, fresh);
    const shown = refer("blog", "post", idOf(await newPost(desk, ann, { title: "Shown", do: "publish" })));
    const draft = refer("blog", "post", idOf(await newPost(desk, ann, { title: "Hidden", do: "save" })));
    const { posts } = answers(desk.parts).queries;
    const asked = ["likes/like/1", draft, shown, "blog/post/77", "https://elsewhere.example.org/1"];
    assert.deepEqual(await posts({ posts: asked }, { caller: "account", now: new Date() }), [
      { kind: "hidden", post: "likes/like/1" },
      { kind: "hidden", post: draft },
      { kind: "visible", post: shown, title: "Shown", path: "/shown/" },
      { kind: "hidden", post: "blog/post/77" },
      { kind: "hidden", post: "https://elsewhere.example.org/1" },
    ]);
  });

  test(`${driver}: a member has what they wrote, and is a former member when erased`, async (t) => {
    const desk = await openDesk(t, fresh);
    const id = idOf(await newPost(desk, ann, { title: "Mine", text: "w", do: "publish" }));
    await desk.post(`/admin/posts/${id}/autosave/`, { ...(await formOf(desk, id)), text: "unsaved" }, ann);
    await desk.post(
      `/admin/posts/${id}/`,
      { ...(await formOf(desk, id, bob)), text: "bob", do: "publish" },
      bob,
    );
    const gathered = JSON.stringify(await personalData.gather(ann.id, desk.parts));
    assert.match(gathered, /Mine/);
    assert.match(gathered, /unsaved/);
    for (let time = 0; time < 2; time += 1) {
      const kept = await desk.database.transaction((tx) => personalData.erase(ann.id, tx, desk.parts));
      assert.equal(kept.length, time === 0 ? 1 : 0);
    }
    const revisions = await desk.parts.store.revisions(id);
    assert.deepEqual(
      revisions.map(({ authorName }) => authorName),
      ["Bob Example", "a former member"],
    );
    assert.ok(!JSON.stringify(await personalData.gather(ann.id, desk.parts)).includes("Mine"));
    assert.equal((await desk.parts.store.workingCopies(id)).length, 0);
  });

  test(`${driver}: hostile titles, names and texts are words on every page of the desk`, async (t) => {
    const hostile = '</textarea></title></script><script>alert(1)</script>"><img src=x onerror=alert(1)>';
    const desk = await openDesk(t, fresh);
    const mallory = { ...ann, name: hostile };
    const typed = {
      title: hostile,
      text: hostile,
      excerpt: hostile,
      tags: hostile,
      categories: hostile,
      authors: hostile,
      imageAlt: hostile,
      imageCaption: hostile,
    };
    const id = idOf(await newPost(desk, mallory, { ...typed, do: "publish" }));
    const form = await formOf(desk, id);
    await desk.post(`/admin/posts/${id}/`, { ...form, text: `${hostile} two`, do: "publish" }, bob);
    await desk.post(`/admin/posts/${id}/autosave/`, { ...form, version: "3" }, mallory);
    await desk.post("/admin/menu/add/", { place: "primary", label: hostile, address: "/x/" }, mallory);
    const conflict = await desk.post(`/admin/posts/${id}/`, { ...form, text: "other", do: "publish" }, bob);
    assert.equal(conflict.status, 409);
    const broken = await desk.post(
      "/admin/menu/add/",
      { place: hostile, label: hostile, address: hostile },
      ann,
    );
    assert.equal(broken.status, 422);
    const faulty = await newPost(desk, ann, {
      ...typed,
      slug: hostile,
      language: hostile,
      publishAt: hostile,
    });
    assert.equal(faulty.status, 422);
    const paths = [
      "/admin/",
      `/admin/posts/?q=${encodeURIComponent(hostile)}`,
      `/admin/posts/${id}/`,
      `/admin/posts/${id}/preview/`,
    ];
    paths.push(
      `/admin/posts/${id}/delete/`,
      `/admin/posts/${id}/revisions/`,
      `/admin/posts/${id}/revisions/1/`,
    );
    paths.push(
      `/admin/posts/${id}/revisions/compare/?from=1&to=2`,
      "/admin/tags/",
      "/admin/tags/1/",
      "/admin/tags/1/delete/",
    );
    paths.push("/admin/menu/", "/admin/media/", "/admin/deleted/");
    const pages = await Promise.all(
      paths.map(async (path) => [path, (await desk.get(path, bob)).text] as const),
    );
    const sent = [
      ["conflict", conflict.text],
      ["menu", broken.text],
      ["form", faulty.text],
    ] as const;
    await desk.post(`/admin/posts/${id}/delete/`, {}, ann);
    const deleted = [["deleted", (await desk.get("/admin/deleted/", bob)).text]] as const;
    for (const [path, text] of [...pages, ...sent, ...deleted]) {
      assert.deepEqual(faultsOf(text), [], path);
      const elements = elementsOf(text);
      assert.ok(
        !elements.some(
          ({ name, attributes }) => name === "script" || attributes.src === "x" || attributes.onerror,
        ),
        path,
      );
      assert.ok(
        text.includes("alert(1)") || ["/admin/media/", "/admin/deleted/"].includes(path),
        `${path} shows it as words`,
      );
    }
  });
});
