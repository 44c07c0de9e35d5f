// What stands around posts, through the editors' pages: tags and their addresses, the menus, pictures; and what
// members and guests get of posts: gates that open, and likes.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { deflateSync } from "node:zlib";
import { forEachDriver } from "@rose-ash/platform/store/test-database";
import type { Tables } from "../tables.ts";
import { stagedPost, stagedSite } from "./blog-site.ts";
import { ann, type Desk, member, openDesk } from "./desk.ts";
import { fieldsOf, idOf, newPost, typedIn } from "./desk-forms.ts";
import { elementsOf, faultsOf } from "./page-outline.ts";

const mia = member("Mia Member", "member");
const sue = member("Sue Supporter", "member", "supporter");

async function tagId(desk: Desk, name: string): Promise<number> {
  const tag = (await desk.parts.store.allTags()).find((one) => one.name === name);
  assert.ok(tag, name);
  return tag.id;
}

/** The menu as visitors see it: labels, indented by level. */
async function menuOf(desk: Desk): Promise<string[]> {
  const rows = await desk.parts.store.menu(new Date("2026-06-10T09:00:00Z"));
  const below = (parentId: number | null, indent: string): string[] =>
    rows
      .filter((row) => row.place === "primary" && row.parentId === parentId)
      .flatMap((row) => [`${indent}${row.label} ${row.href}`, ...below(row.id, `${indent}> `)]);
  return below(null, "");
}

/** A PNG of one colour; `claims` writes another size into its header. */
function png(side: number, claims?: readonly [number, number]): Uint8Array {
  const [width, height] = claims ?? [side, side];
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const rows = Buffer.alloc((side * 3 + 1) * side, 0);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc(body), body.length + 4);
  return framed;
}

/** CRC-32 as PNG has it (ISO 3309). */
function crc(bytes: Buffer): number {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}

const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');

await forEachDriver<Tables>(join(import.meta.dirname, "../migrations"), (fresh) => {
  const { driver } = fresh;

  test(`${driver}: a tag that is renamed, renamed again and merged is found at all its old addresses`, async (t) => {
    const desk = await openDesk(t, fresh);
    await newPost(desk, ann, { title: "One", tags: "Bread", text: "w", do: "publish" });
    await newPost(desk, ann, { title: "Two", tags: "Rye, Bread", text: "w", do: "publish" });
    const bread = await tagId(desk, "Bread");
    const rye = await tagId(desk, "Rye");
    for (const slug of ["loaves", "хлеб"]) {
      const reply = await desk.post(
        `/admin/tags/${bread}/`,
        { name: "Loaves", slug, description: "All of them.", do: "save" },
        ann,
      );
      assert.equal(reply.status, 303);
    }
    const address = `/tag/${encodeURIComponent("хлеб")}/`;
    assert.match((await desk.get(address)).text, /All of them\./);
    for (const old of ["/tag/bread/", "/tag/loaves/"]) assert.equal((await desk.get(old)).location, address);

    await desk.post(`/admin/tags/${bread}/`, { into: String(rye), do: "merge" }, ann);
    for (const old of ["/tag/bread/", "/tag/loaves/", address]) {
      assert.equal((await desk.get(old)).location, "/tag/rye/", old);
    }
    const page = (await desk.get("/tag/rye/")).text;
    assert.ok(page.includes("One") && page.includes("Two"));
    assert.deepEqual(
      (await desk.parts.store.allTags()).map(({ name, posts }) => [name, posts]),
      [["Rye", 2]],
    );
  });

  test(`${driver}: a tag's address can be used again, and renaming back goes in no circle`, async (t) => {
    const desk = await openDesk(t, fresh);
    await newPost(desk, ann, { title: "One", tags: "Bread", text: "w", do: "publish" });
    const id = await tagId(desk, "Bread");
    const rename = (slug: string) =>
      desk.post(`/admin/tags/${id}/`, { name: "Bread", slug, description: "", do: "save" }, ann);
    await rename("loaves");
    await rename("bread");
    assert.equal((await desk.get("/tag/bread/")).status, 200);
    assert.equal((await desk.get("/tag/loaves/")).location, "/tag/bread/");
    const refused = await desk.post(
      `/admin/tags/${id}/`,
      { name: "", slug: "No Address", description: "kept words", do: "save" },
      ann,
    );
    assert.equal(refused.status, 422);
    assert.deepEqual(faultsOf(refused.text), []);
    assert.equal(typedIn(refused.text, "description"), "kept words");
    await desk.post(`/admin/tags/${id}/delete/`, {}, ann);
    assert.equal((await desk.get("/tag/bread/")).status, 404);
  });

  test(`${driver}: the menu is built, moved about and taken apart by buttons`, async (t) => {
    const desk = await openDesk(
      t,
      fresh,
      stagedSite([
        stagedPost("about", { kind: "page" }),
        stagedPost("draft", { kind: "page", status: "draft", publishedAt: null }),
      ]),
    );
    const add = (label: string, address: string) =>
      desk.post("/admin/menu/add/", { place: "primary", label, address }, ann);
    for (const [label, address] of [
      ["About", "/about"],
      ["Draft", "/draft/"],
      ["Out", "https://other.example.org/x"],
    ] as const) {
      assert.equal((await add(label, address)).status, 303, label);
    }
    assert.deepEqual(await menuOf(desk), ["About /about/", "Out https://other.example.org/x"]);
    for (const wrong of ["javascript:alert(1)", "about", "//evil.example.org/", "/\\evil.example.org"]) {
      const reply = await add("Wrong", wrong);
      assert.equal(reply.status, 422, wrong);
      assert.equal(typedIn(reply.text, "address"), wrong);
    }
    const entries = await desk.parts.store.menuEntries(new Date());
    const idBy = (label: string) => entries.find((entry) => entry.label === label)!.id;
    const press = (button: string, labels = {}) => desk.post("/admin/menu/", { ...labels, do: button }, ann);

    await press(`up ${idBy("Out")}`, { [`label-${idBy("About")}`]: "About us" });
    await press(`up ${idBy("Out")}`);
    assert.deepEqual(
      await menuOf(desk),
      ["Out https://other.example.org/x", "About us /about/"],
      "labels typed are kept",
    );
    await press(`indent ${idBy("About")}`);
    assert.deepEqual(await menuOf(desk), ["Out https://other.example.org/x", "> About us /about/"]);
    const page = await desk.get("/admin/menu/", ann);
    assert.deepEqual(faultsOf(page.text), []);
    assert.match(page.text, /visitors do not see it/);
    await press(`outdent ${idBy("About")}`);
    await press(`indent ${idBy("About")}`);
    await press(`remove ${idBy("Out")}`);
    assert.deepEqual(await menuOf(desk), ["About us /about/"], "what was below moves up");
    await press("up 4711");
    await press("nonsense");

    const form = await desk.get("/admin/posts/1/", ann);
    await desk.post("/admin/posts/1/", { ...fieldsOf(form.text), slug: "who-we-are", do: "publish" }, ann);
    assert.deepEqual(await menuOf(desk), ["About us /who-we-are/"], "an entry follows its page");
  });

  test(`${driver}: a picture is sent with its words, shown, found where it is used`, async (t) => {
    const desk = await openDesk(t, fresh);
    const file = { name: 'loaf "<b>".png', bytes: png(600) };
    const without = await desk.post("/admin/media/", { alt: "" }, ann, file);
    assert.equal(without.status, 422);
    assert.deepEqual(faultsOf(without.text), []);
    assert.match(without.text, /id="alt-error"/);
    assert.equal((await desk.post("/admin/media/", { alt: "A [loaf]" }, ann, file)).status, 303);
    const list = (await desk.get("/admin/media/", ann)).text;
    assert.deepEqual(faultsOf(list), []);
    assert.match(list, /Used nowhere/);
    const { pictures } = await desk.parts.store.pictures(1, 9);
    const name = pictures[0]!.name;
    const line = `![A \\[loaf\\]](/media/${name})`;
    assert.ok(
      elementsOf(list).some(({ attributes }) => attributes.value === line),
      "a line to copy",
    );

    await newPost(desk, ann, {
      title: "With it",
      text: line,
      image: `/media/${name}`,
      imageAlt: "Lead",
      do: "publish",
    });
    const page = (await desk.get("/with-it/")).text;
    assert.match(page, new RegExp(`<img src="/media/${name}"[^>]*srcset=`));
    assert.ok(elementsOf(page).some(({ attributes }) => attributes.alt === "A [loaf]"));
    assert.match((await desk.get("/admin/media/", ann)).text, />With it</);
    const kept = await desk.post(`/admin/media/${name}/`, { do: "delete" }, ann);
    assert.equal(kept.status, 422, "a picture that is shown somewhere stays");
    await desk.post(`/admin/media/${name}/`, { alt: "", decorative: "yes", do: "save" }, ann);
    assert.equal((await desk.parts.store.picture(name))?.alt, "");
  });

  test(`${driver}: what is no sound picture is refused with a sentence beside the field`, async (t) => {
    const desk = await openDesk(t, fresh);
    const gif = Buffer.from(`GIF89a/*${"x".repeat(50)}*/=1;alert(1)//`);
    const attacks: readonly (readonly [string, Uint8Array, RegExp])[] = [
      ["drawing.svg", svg, /SVG drawings can carry scripts/],
      ["drawing.png", svg, /SVG drawings can carry scripts/],
      ["script.gif", gif, /damaged/],
      ["huge.png", png(4, [8192, 8193]), /at most 8192 on a side/],
      ["page.jpg", Buffer.from("<!doctype html><script>alert(1)</script>"), /not a PNG, JPEG/],
      ["empty.png", Buffer.alloc(0), /Choose a picture to send/],
    ];
    for (const [name, bytes, sentence] of attacks) {
      const reply = await desk.post("/admin/media/", { alt: "Typed words" }, ann, { name, bytes });
      assert.equal(reply.status, 422, name);
      assert.match(reply.text, sentence, name);
      assert.match(reply.text, /id="file-error"/, name);
      assert.equal(typedIn(reply.text, "alt"), "Typed words", name);
      assert.deepEqual(faultsOf(reply.text), [], name);
    }
    assert.equal((await desk.parts.store.pictures(1, 9)).total, 0);
    const hidden = Buffer.concat([png(20), Buffer.from("<script>alert(1)</script>")]);
    assert.equal(
      (await desk.post("/admin/media/", { alt: "Fine" }, ann, { name: "../../etc/passwd", bytes: hidden }))
        .status,
      303,
    );
    const { pictures } = await desk.parts.store.pictures(1, 9);
    assert.match(pictures[0]?.name ?? "", /^[0-9a-f]{32}\.png$/);
  });

  test(`${driver}: members read what is for members, supporters what is for supporters, guests are asked to sign in`, async (t) => {
    const gated = (slug: string, visibility: "members" | "paid") =>
      stagedPost(slug, { visibility, html: `<p>secret of ${slug}</p>`, summary: "", searchBody: "" });
    const desk = await openDesk(
      t,
      fresh,
      stagedSite([gated("inner", "members"), gated("paid", "paid"), stagedPost("open")]),
    );
    const reads = async (path: string, viewer?: typeof mia) =>
      /secret of/.test((await desk.get(path, viewer)).text);
    assert.deepEqual(
      [await reads("/inner/"), await reads("/inner/", mia), await reads("/inner/", sue)],
      [false, true, true],
    );
    assert.deepEqual(
      [await reads("/paid/"), await reads("/paid/", mia), await reads("/paid/", sue)],
      [false, false, true],
    );
    const asked = await desk.get("/inner/");
    assert.match(asked.text, /href="\/auth\/sign-in\/\?next=%2Finner%2F"/);
    assert.deepEqual(faultsOf(asked.text), []);
    for (const path of ["/inner/", "/open/", "/", "/search/?q=a"]) {
      assert.equal((await desk.get(path)).cache, "public", path);
      assert.equal((await desk.get(path, mia)).cache, "private", path);
    }
    for (const path of ["/rss.xml", "/atom.xml", "/search/?q=secret", "/sitemap.xml", "/"]) {
      assert.ok(!(await reads(path, sue)), path);
    }
  });

  test(`${driver}: a member likes a post, takes it back and likes it again; a guest is asked to sign in`, async (t) => {
    const desk = await openDesk(t, fresh, stagedSite([stagedPost("good")]));
    assert.match((await desk.get("/good/")).text, /<a href="\/auth\/sign-in\/\?next=%2Fgood%2F"[^>]*>Like</);
    assert.equal(
      (await desk.post("/like/", { object: "/good/", do: "like" })).location,
      "/auth/sign-in/?next=%2Fgood%2F",
    );
    const press = (action: string, viewer = mia) =>
      desk.post("/like/", { object: "/good/", do: action }, viewer);
    assert.equal((await press("like")).location, "/good/#likes");
    assert.match((await desk.get("/good/", mia)).text, /You like this\./);
    assert.match((await desk.get("/good/")).text, /1 person likes this\./);
    await press("unlike");
    assert.match((await desk.get("/good/", mia)).text, /Nobody has liked this yet\./);
    await press("like");
    await press("like", sue);
    assert.match((await desk.get("/good/", mia)).text, /You and 1 other like this\./);
    assert.equal((await desk.post("/like/", { object: "/nothing/", do: "like" }, mia)).status, 404);
  });

  test(`${driver}: a list asks for all its likes at once, and pages are there when likes are not`, async (t) => {
    const posts = ["a", "b", "c"].map((slug) => stagedPost(slug, { authorKeys: ["test author ann"] }));
    const desk = await openDesk(t, fresh, stagedSite(posts));
    await desk.post("/like/", { object: "/b/", do: "like" }, mia);
    desk.likes.asked.length = 0;
    assert.match((await desk.get("/")).text, />1 like</);
    assert.deepEqual(
      desk.likes.asked.map((objects) => objects.length),
      [3],
    );

    desk.likes.answers = false;
    for (const path of ["/", "/b/", "/author/ann/"]) {
      const { status, text } = await desk.get(path, mia);
      assert.equal(status, 200, path);
      assert.doesNotMatch(text, /likes? this|>1 like</, path);
      assert.deepEqual(faultsOf(text), [], path);
    }
    const failed = await desk.post("/like/", { object: "/b/", do: "like" }, mia);
    assert.equal(failed.status, 503);
    assert.equal(failed.cache, "none");
    assert.match(failed.text, /could not be kept just now/);
    assert.match(failed.text, /The body of b\./);

    desk.likes.installed = false;
    desk.likes.asked.length = 0;
    assert.doesNotMatch((await desk.get("/b/", mia)).text, /action="\/like\/"/);
    assert.deepEqual(desk.likes.asked, []);
  });

  test(`${driver}: the list of posts is found through by state, by words and in pages`, async (t) => {
    const many = Array.from({ length: 31 }, (_, index) =>
      stagedPost(`number-${index}`, { status: "draft", publishedAt: null }),
    );
    const desk = await openDesk(
      t,
      fresh,
      stagedSite([...many, stagedPost("shown", { html: "<p>a Quokka, 100% real_</p>" })]),
    );
    const list = async (query: string) => (await desk.get(`/admin/posts/?${query}`, ann)).text;
    assert.match(await list("state=draft"), /31 posts and pages/);
    assert.match(await list("state=published"), /1 post or page/);
    assert.match(await list("q=quokka+100%25+real_"), /1 post or page/);
    assert.match(await list("q=%25%25%25"), /0 posts and pages/);
    assert.match(await list("page=2&order=title"), /Title of shown/);
    assert.equal((await desk.get("/admin/posts/?page=9", ann)).status, 404);
    assert.equal((await desk.get("/admin/posts/?page=x", ann)).status, 400);
    const text = await list("state=draft&q=number");
    assert.match(text, /\?q=number&amp;state=draft&amp;page=2|\?q=number&state=draft&page=2/);
    const roles = elementsOf(text).flatMap(({ attributes }) => attributes.role ?? []);
    for (const role of ["table", "row", "columnheader", "cell"]) assert.ok(roles.includes(role), role);
    assert.equal(idOf({ ...(await desk.get("/admin/posts/?q=quokka", ann)) }), 32);
  });
});
