// The media store with hostile, damaged and ordinary images, made here and written to a directory of their own.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { crc32, deflateSync } from "node:zlib";
import sharp, { type Sharp } from "sharp";
import { createMediaStore, type ImageRefused, type MediaStore, type StoredImage } from "./media.ts";

async function emptyStore(t: TestContext): Promise<{ directory: string; store: MediaStore }> {
  const directory = await mkdtemp(join(tmpdir(), "media-test-"));
  t.after(() => rm(directory, { recursive: true, force: true }));
  return { directory, store: createMediaStore(directory) };
}

/** A picture with a gradient, so that encoders have something to do. */
function picture(width: number, height: number): Sharp {
  const pixels = Buffer.alloc(width * height * 3);
  for (let at = 0; at < pixels.length; at += 1) pixels[at] = (at * 7 + (at >> 9)) & 255;
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

async function movingGif(width: number, height: number): Promise<Buffer> {
  const frames = ["red", "green", "blue"].map((background) =>
    sharp({ create: { width, height, channels: 3, background } })
      .png()
      .toBuffer(),
  );
  return sharp(await Promise.all(frames), { join: { animated: true } })
    .gif()
    .toBuffer();
}

/** A PNG whose header claims any size; its pixel data is a few bytes. */
function pngClaiming(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const framed = Buffer.alloc(body.length + 8);
    framed.writeUInt32BE(data.length, 0);
    body.copy(framed, 4);
    framed.writeUInt32BE(crc32(body), body.length + 4);
    return framed;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
  const data = deflateSync(Buffer.alloc(1_000));
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", data),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** A moving GIF with a large canvas, of which each frame paints one pixel. */
function gifOfTinyFrames(width: number, height: number, frames: number): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt16LE(width, 0);
  size.writeUInt16LE(height, 2);
  const screen = Buffer.from([0x80, 0, 0, 0, 0, 0, 255, 255, 255]); // a palette of two colours
  const frame = Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0]);
  return Buffer.concat([Buffer.from("GIF89a"), size, screen, ...Array(frames).fill(frame), Buffer.from(";")]);
}

function assertStored(outcome: StoredImage | ImageRefused): StoredImage {
  assert.equal(outcome.kind, "stored", outcome.kind === "refused" ? outcome.sentence : "");
  return outcome as StoredImage; // just asserted
}

async function servedBytes(store: MediaStore, name: string): Promise<Buffer> {
  const file = await store.open(name);
  assert.ok(file, `${name} is not served`);
  const bytes = await readFile(file.path);
  assert.equal(bytes.length, file.bytes);
  return bytes;
}

async function filesUnder(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name);
}

const kinds: readonly (readonly [
  sent: "jpeg" | "png" | "webp" | "avif" | "gif",
  kept: string,
  type: string,
])[] = [
  ["jpeg", "jpg", "image/jpeg"],
  ["png", "png", "image/png"],
  ["webp", "webp", "image/webp"],
  ["avif", "webp", "image/webp"],
  ["gif", "png", "image/png"],
];
for (const [sent, kept, type] of kinds) {
  test(`a ${sent} image is kept as ${type}, under a name made from its bytes`, async (t) => {
    const { store } = await emptyStore(t);
    const stored = assertStored(await store.storeImage(await picture(600, 300).toFormat(sent).toBuffer()));
    assert.equal(stored.name, `${stored.hash}.${kept}`);
    assert.match(stored.hash, /^[0-9a-f]{32}$/);
    assert.equal(stored.type, type);
    assert.deepEqual([stored.width, stored.height], [600, 300]);
    const header = await sharp(await servedBytes(store, stored.name)).metadata();
    assert.equal(`image/${header.format}`, type);
    assert.equal((await store.open(stored.name))?.bytes, stored.bytes);
  });
}

test("variants are made for the widths an image exceeds, narrowest first and the whole image last", async (t) => {
  const { store } = await emptyStore(t);
  const stored = assertStored(await store.storeImage(await picture(1600, 40).jpeg().toBuffer()));
  assert.deepEqual(stored.variants, [
    { name: `${stored.hash}-480.webp`, width: 480 },
    { name: `${stored.hash}-960.webp`, width: 960 },
    { name: `${stored.hash}.jpg`, width: 1600 },
  ]);
  for (const { name, width } of stored.variants) {
    assert.equal((await sharp(await servedBytes(store, name)).metadata()).width, width);
    assert.deepEqual(await store.describe(name), stored);
  }
  assert.equal(await store.describe(`${stored.hash}-1600.webp`), null);
  assert.equal(await store.open(`${stored.hash}-1600.webp`), null);
});

test("a moving GIF stays moving, in every width", async (t) => {
  const { store } = await emptyStore(t);
  const stored = assertStored(await store.storeImage(await movingGif(600, 200)));
  assert.equal(stored.type, "image/webp");
  assert.deepEqual([stored.width, stored.height], [600, 200]);
  assert.deepEqual(
    stored.variants.map(({ width }) => width),
    [480, 600],
  );
  for (const { name } of stored.variants) {
    assert.equal((await sharp(await servedBytes(store, name)).metadata()).pages, 3);
  }
});

test("camera, place and profile are dropped, and the turn the camera recorded is applied", async (t) => {
  const { store } = await emptyStore(t);
  const sent = await picture(800, 200)
    .jpeg()
    .withMetadata({ orientation: 6 })
    .withExif({
      IFD0: { Copyright: "Ada Example" },
      IFD3: { GPSLatitude: "51/1 30/1 0/1", GPSLatitudeRef: "N" },
    })
    .withXmp("<x:xmpmeta xmlns:x='adobe:ns:meta/'>Ada Example</x:xmpmeta>")
    .toBuffer();
  const before = await sharp(sent).metadata();
  assert.ok(
    before.exif && before.xmp && before.icc && before.orientation === 6,
    "the fixture must carry metadata",
  );
  assert.ok(sent.includes("Ada Example"));

  const stored = assertStored(await store.storeImage(sent));
  assert.deepEqual([stored.width, stored.height], [200, 800]);
  const kept = await servedBytes(store, stored.name);
  const after = await sharp(kept).metadata();
  assert.deepEqual([after.width, after.height], [200, 800]);
  assert.deepEqual(
    [after.exif, after.xmp, after.icc, after.iptc, after.orientation],
    Array(5).fill(undefined),
  );
  assert.ok(!kept.includes("Ada Example"));
});

const script = "<script>alert(document.domain)</script>";
test("a script hidden after or inside an image does not survive", async (t) => {
  const { store } = await emptyStore(t);
  const gif = await picture(20, 20).gif().toBuffer();
  const jpeg = await picture(20, 20).jpeg().toBuffer();
  const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, script.length + 2]), Buffer.from(script)]);
  const polyglots = [
    Buffer.concat([gif, Buffer.from(script)]),
    Buffer.concat([jpeg, Buffer.from(script)]),
    Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)]),
  ];
  for (const polyglot of polyglots) {
    assert.ok(polyglot.includes(script));
    const stored = assertStored(await store.storeImage(polyglot));
    assert.ok(!(await servedBytes(store, stored.name)).includes(script));
  }
});

const refusals: readonly (readonly [claim: string, why: string, bytes: () => Buffer | Promise<Buffer>])[] = [
  ["an image claiming 8192 × 8193 pixels", "too-many-pixels", () => pngClaiming(8192, 8193)],
  ["an image claiming 8192 × 8192 pixels", "too-many-pixels", () => pngClaiming(8192, 8192)],
  ["an image claiming 900,000 pixels on a side", "too-many-pixels", () => pngClaiming(900_000, 900_000)],
  ["an image claiming more than a PNG may", "damaged", () => pngClaiming(2 ** 31 - 1, 2 ** 31 - 1)],
  ["a small image with too little data", "damaged", () => pngClaiming(500, 500)],
  ["a JPEG cut in half", "damaged", async () => half(await picture(300, 300).jpeg().toBuffer())],
  ["a PNG cut in half", "damaged", async () => half(await picture(300, 300).png().toBuffer())],
  ["a GIF cut in half", "damaged", async () => half(await picture(300, 300).gif().toBuffer())],
  ["a WebP cut in half", "damaged", async () => half(await picture(300, 300).webp().toBuffer())],
  ["an AVIF cut in half", "damaged", async () => half(await picture(300, 300).avif().toBuffer())],
  ["a signature and nothing more", "damaged", () => Buffer.from("\x89PNG\r\n\x1a\n", "latin1")],
  ["a script dressed as a GIF", "damaged", () => Buffer.from(`GIF89a/*${"x".repeat(50)}*/=1;alert(1)//`)],
  ["an SVG drawing", "svg", () => Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${script}</svg>`)],
  [
    "an SVG drawing behind a prologue",
    "svg",
    () => Buffer.from(`\ufeff<?xml version="1.0"?><!-- a -->\n<SVG\n/>`),
  ],
  ["a web page", "not-an-image", () => Buffer.from(`<!doctype html>${script}`)],
  ["an archive", "not-an-image", () => Buffer.from("PK\x03\x04 and a GIF89a later on")],
  ["a TIFF image", "not-an-image", () => picture(20, 20).tiff().toBuffer()],
  ["nothing", "not-an-image", () => Buffer.alloc(0)],
  ["more bytes than are taken", "too-many-bytes", () => Buffer.alloc(40_000_001)],
];
for (const [claim, why, bytes] of refusals) {
  test(`${claim} is refused as ${why}, and leaves nothing behind`, async (t) => {
    const { store, directory } = await emptyStore(t);
    const outcome = await store.storeImage(await bytes());
    assert.ok(outcome.kind === "refused");
    assert.equal(outcome.why, why);
    assert.match(outcome.sentence, /^[A-Z].*\.$/);
    assert.deepEqual(await filesUnder(directory), []);
  });
}

test("a moving image is refused for the pixels of all its frames together", async (t) => {
  const { store } = await emptyStore(t);
  const sent = gifOfTinyFrames(2_000, 2_000, 13);
  assert.ok(sent.length < 300, "a few bytes are enough to ask for all those pixels");
  const outcome = await store.storeImage(sent);
  assert.ok(outcome.kind === "refused" && outcome.why === "too-many-pixels");
  assert.match(outcome.sentence, /13 frames/);
});

test("the same bytes give the same answer and are not encoded again, also in a later process", async (t) => {
  const { store, directory } = await emptyStore(t);
  const sent = await picture(500, 100).png().toBuffer();
  const stored = assertStored(await store.storeImage(sent));
  const path = (await store.open(stored.name))?.path ?? "";
  await writeFile(path, "marked"); // a second encoding would overwrite the mark
  assert.deepEqual(await store.storeImage(sent), stored);
  assert.deepEqual(await createMediaStore(directory).storeImage(sent), stored);
  assert.equal(await readFile(path, "utf8"), "marked");
});

test("an image sent several times at once is encoded once, and each sender gets the same answer", async (t) => {
  const { store, directory } = await emptyStore(t);
  const sent = await picture(500, 100).webp().toBuffer();
  const answers = [1, 2, 3, 4].map(() => store.storeImage(Buffer.from(sent)));
  const first = assertStored(await Promise.race(answers));
  const path = (await store.open(first.name))?.path ?? "";
  writeFileSync(path, "marked"); // another encoding still under way would overwrite the mark
  for (const answer of await Promise.all(answers)) assert.deepEqual(answer, first);
  assert.equal(await readFile(path, "utf8"), "marked");
  const { hash } = first;
  assert.deepEqual((await filesUnder(directory)).sort(), [
    `${hash}-480.webp`,
    `${hash}.json`,
    `${hash}.webp`,
  ]);
});

test("two stores on one directory can take the same image at the same time", async (t) => {
  const { store, directory } = await emptyStore(t);
  const sent = await picture(500, 100).png().toBuffer();
  const [one, two] = await Promise.all([
    store.storeImage(sent),
    createMediaStore(directory).storeImage(sent),
  ]);
  assert.deepEqual(one, two);
  await sharp(await servedBytes(store, assertStored(one).name)).stats();
});

test("names the store did not give out are not opened, described or removed, whatever they point at", async (t) => {
  const { store, directory } = await emptyStore(t);
  const { hash, name } = assertStored(await store.storeImage(await picture(20, 20).png().toBuffer()));
  await writeFile(join(directory, "secret.png"), "secret");
  await mkdir(join(directory, "aa"));
  await symlink(join(directory, "secret.png"), join(directory, "aa", `${"a".repeat(32)}.png`));
  const hostile = [
    ...[
      "",
      ".",
      "..",
      "/",
      "../secret.png",
      "secret.png",
      "/etc/passwd",
      "..%2fsecret.png",
      "..\\secret.png",
    ],
    ...[
      `${hash}.json`,
      `${hash}.html`,
      `${hash}`,
      `${name}\n`,
      `${name}\0`,
      `${name}/`,
      `./${name}`,
      `../${hash.slice(0, 2)}/${name}`,
    ],
    ...[
      `${hash.toUpperCase()}X.png`,
      `${hash}-481.webp`,
      `${hash}-.webp`,
      `${hash.slice(1)}.png`,
      `${"a".repeat(32)}.png`,
    ],
    ...[`${"0".repeat(32)}.png`, "__proto__", "constructor"],
  ];
  for (const text of hostile) {
    assert.equal(await store.open(text), null, JSON.stringify(text));
    assert.equal(await store.describe(text), null, JSON.stringify(text));
    assert.equal(await store.remove(text), false, JSON.stringify(text));
  }
  assert.ok(await store.open(name));
});

test("removing an image by any of its names removes all of its files, once", async (t) => {
  const { store, directory } = await emptyStore(t);
  const sent = await picture(1000, 20).jpeg().toBuffer();
  const stored = assertStored(await store.storeImage(sent));
  const other = assertStored(await store.storeImage(await picture(30, 20).jpeg().toBuffer()));
  assert.equal(await store.remove(`${stored.hash}-480.webp`), true);
  assert.equal(await store.remove(stored.name), false);
  assert.deepEqual((await filesUnder(directory)).sort(), [other.name, `${other.hash}.json`].sort());
  assert.deepEqual(await store.storeImage(sent), stored);
  assert.ok(await store.open(stored.name));
});

test("the list carries all that is needed to restore the store elsewhere, and nothing unfinished", async (t) => {
  const { store, directory } = await emptyStore(t);
  assert.deepEqual(await store.list(), []);
  const sent = await picture(500, 20).png().toBuffer();
  const stored = assertStored(await store.storeImage(sent));
  await writeFile(join(directory, "incoming", "half-written"), "half");
  const kept = await store.list();
  const folder = stored.hash.slice(0, 2);
  assert.deepEqual(
    kept.map(({ path }) => path),
    [`${stored.hash}-480.webp`, `${stored.hash}.json`, stored.name].map((name) => `${folder}/${name}`).sort(),
  );

  const copy = await emptyStore(t);
  for (const { path, bytes } of kept) {
    await cp(join(directory, path), join(copy.directory, path));
    assert.equal((await stat(join(copy.directory, path))).size, bytes);
  }
  assert.deepEqual(await copy.store.describe(stored.name), stored);
  assert.deepEqual(await servedBytes(copy.store, stored.name), await servedBytes(store, stored.name));
});

test("an image whose files were restored in part is made again when it is sent again", async (t) => {
  const { store } = await emptyStore(t);
  const sent = await picture(500, 20).png().toBuffer();
  const stored = assertStored(await store.storeImage(sent));
  await rm((await store.open(`${stored.hash}-480.webp`))?.path ?? "");
  assert.deepEqual(await store.storeImage(sent), stored);
  assert.ok(await store.open(`${stored.hash}-480.webp`));
});

function half(bytes: Buffer): Buffer {
  return bytes.subarray(0, Math.floor(bytes.length / 2));
}
