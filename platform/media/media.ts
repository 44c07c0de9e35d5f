// The media store: images as content-addressed files under one directory, re-encoded before they are kept.
// Promise: a name stands for one sent image for ever, so it may be cached for ever; a file appears whole or not at
// all; storing the same bytes again does no work. An image exists once its record (`<hash>.json`) does: the record
// is written last and removed first. Bytes as sent are never kept. Kinds are in kind.ts, encoding in encode.ts.
import { createHash, randomUUID } from "node:crypto";
import { lstat, mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Encoded, encodeImage, largestPixels, largestSide } from "./encode.ts";
import { recogniseImage } from "./kind.ts";

export type MediaType = "image/jpeg" | "image/png" | "image/webp";

/** One file for `srcset`: `name` is served, `width` is in pixels. */
export type Variant = { readonly name: string; readonly width: number };

export type StoredImage = {
  readonly kind: "stored";
  /** The first 128 bits of the SHA-256 of the bytes as sent, in hex. */
  readonly hash: string;
  /** The file of the whole image. */
  readonly name: string;
  /** Pixels as seen, after turning. */
  readonly width: number;
  readonly height: number;
  readonly type: MediaType;
  /** Size of the whole image's file. */
  readonly bytes: number;
  /** Every width there is, narrowest first; the last is the whole image. */
  readonly variants: readonly Variant[];
};

export type ImageRefused = {
  readonly kind: "refused";
  readonly why: "svg" | "not-an-image" | "too-many-bytes" | "too-many-pixels" | "damaged";
  readonly sentence: string;
};

export type ServedFile = { readonly path: string; readonly type: MediaType; readonly bytes: number };

/** A file of the store: `path` is relative to the directory and restores the store when copied back to it. */
export type KeptFile = { readonly path: string; readonly bytes: number };

export type MediaStore = {
  /** Re-encodes and keeps an image. Throws only when the disk fails. */
  storeImage(bytes: Uint8Array): Promise<StoredImage | ImageRefused>;
  /** What was stored under this name of a whole image or a variant, or null. */
  describe(name: string): Promise<StoredImage | null>;
  /** Where a served file lies, or null for a name the store did not give out. Any text is safe to ask. */
  open(name: string): Promise<ServedFile | null>;
  /** Removes an image with its variants, named by any of its files. False when it was not there. */
  remove(name: string): Promise<boolean>;
  /** Every file a backup must carry, in order of path. */
  list(): Promise<readonly KeptFile[]>;
};

const largestBytes = 40_000_000;
const servedName = /^([0-9a-f]{32})(?:-(?:480|960|1600))?\.(jpg|png|webp)$/;
const keptName = /^[0-9a-f]{32}(?:(?:-\d+)?\.(?:jpg|png|webp)|\.json)$/;
const typeOf = { jpg: "image/jpeg", png: "image/png", webp: "image/webp" } as const;

/** The store in `directory`, which is made when the first image comes. */
export function createMediaStore(directory: string): MediaStore {
  const lanes = new Map<string, Promise<unknown>>();

  /** One thing at a time for each image, so that two senders of the same bytes encode them once. */
  async function inLane<T>(hash: string, work: () => Promise<T>): Promise<T> {
    const before = lanes.get(hash) ?? Promise.resolve();
    const mine = before.then(work, work);
    lanes.set(hash, mine);
    try {
      return await mine;
    } finally {
      if (lanes.get(hash) === mine) lanes.delete(hash);
    }
  }

  const pathOf = (name: string) => join(directory, name.slice(0, 2), name);

  async function readRecord(hash: string): Promise<StoredImage | null> {
    const path = pathOf(`${hash}.json`);
    const text = await unlessMissing(readFile(path, "utf8"));
    if (text === null) return null;
    try {
      return JSON.parse(text) as StoredImage; // written by storeNew and by nothing else
    } catch (cause) {
      throw new Error(
        `reading the image record ${path}: it is not JSON; delete it and store the image again`,
        { cause },
      );
    }
  }

  /** Whether every file of the record is there: a backup may have been copied back in part. */
  async function isComplete(record: StoredImage): Promise<boolean> {
    const found = await Promise.all(record.variants.map(({ name }) => unlessMissing(lstat(pathOf(name)))));
    return found.every((file) => file?.isFile());
  }

  async function storeNew(hash: string, bytes: Uint8Array): Promise<StoredImage | ImageRefused> {
    const recognised = recogniseImage(bytes);
    if (recognised === "svg" || recognised === "unknown") return refusalOf(recognised);
    const outcome = await encodeImage(bytes, recognised);
    if (outcome.kind !== "encoded") return refusalOf(outcome);

    const whole = outcome.files.find((file) => file.variant === undefined);
    if (!whole) throw new Error(`encoding image ${hash} made no whole image`);
    const stored: StoredImage = {
      kind: "stored",
      hash,
      name: nameOf(hash, whole),
      width: outcome.width,
      height: outcome.height,
      type: typeOf[whole.extension],
      bytes: whole.bytes.byteLength,
      variants: outcome.files.map((file) => ({
        name: nameOf(hash, file),
        width: file.variant ?? outcome.width,
      })),
    };
    for (const file of outcome.files) await writeWhole(directory, pathOf(nameOf(hash, file)), file.bytes);
    await writeWhole(directory, pathOf(`${hash}.json`), Buffer.from(`${JSON.stringify(stored)}\n`));
    return stored;
  }

  return {
    async storeImage(bytes) {
      if (bytes.byteLength > largestBytes) {
        const sentence = `This file has ${bytes.byteLength} bytes; at most ${largestBytes} are taken. Make it smaller.`;
        return { kind: "refused", why: "too-many-bytes", sentence };
      }
      const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 32);
      return inLane(hash, async () => {
        const known = await readRecord(hash);
        return known && (await isComplete(known)) ? known : storeNew(hash, bytes);
      });
    },

    async describe(name) {
      const hash = servedName.exec(name)?.[1];
      const record = hash === undefined ? null : await readRecord(hash);
      return record?.variants.some((variant) => variant.name === name) ? record : null;
    },

    async open(name) {
      const extension = servedName.exec(name)?.[2] as keyof typeof typeOf | undefined; // the pattern's own three
      if (extension === undefined) return null;
      const path = pathOf(name);
      const found = await unlessMissing(lstat(path)); // lstat: a link planted in the directory is not followed
      return found?.isFile() ? { path, type: typeOf[extension], bytes: found.size } : null;
    },

    async remove(name) {
      const hash = servedName.exec(name)?.[1];
      if (hash === undefined) return false;
      return inLane(hash, async () => {
        const record = await readRecord(hash);
        if (!record) return false;
        await rm(pathOf(`${hash}.json`));
        for (const variant of record.variants) await rm(pathOf(variant.name), { force: true });
        return true;
      });
    },

    async list() {
      const kept: KeptFile[] = [];
      for (const folder of await namesIn(directory)) {
        if (!/^[0-9a-f]{2}$/.test(folder)) continue;
        for (const name of await namesIn(join(directory, folder))) {
          if (!keptName.test(name) || !name.startsWith(folder)) continue;
          const found = await unlessMissing(lstat(pathOf(name)));
          if (found?.isFile()) kept.push({ path: `${folder}/${name}`, bytes: found.size });
        }
      }
      return kept;
    },
  };
}

function nameOf(hash: string, file: Encoded): string {
  return `${hash}${file.variant === undefined ? "" : `-${file.variant}`}.${file.extension}`;
}

type NotEncoded = Exclude<Awaited<ReturnType<typeof encodeImage>>, { kind: "encoded" }>;

function refusalOf(reason: "svg" | "unknown" | NotEncoded): ImageRefused {
  if (reason === "svg") {
    const sentence =
      "SVG drawings can carry scripts and are not kept. Export it as PNG, or link to it where it is.";
    return { kind: "refused", why: "svg", sentence };
  }
  if (reason === "unknown") {
    const sentence = "This file is not a PNG, JPEG, GIF, WebP or AVIF image, whatever its name says.";
    return { kind: "refused", why: "not-an-image", sentence };
  }
  if (reason.kind === "damaged") {
    const sentence = `This image is damaged and cannot be read (${reason.reason}). Send a whole copy.`;
    return { kind: "refused", why: "damaged", sentence };
  }
  const frames = reason.frames > 1 ? ` in ${reason.frames} frames` : "";
  const sentence =
    `This image has ${reason.width} × ${reason.height} pixels${frames}; at most ${largestSide} on a side and ` +
    `${largestPixels / 1_000_000} million in all are taken. Make it smaller.`;
  return { kind: "refused", why: "too-many-pixels", sentence };
}

/** Writes beside the store's folders, flushes, then renames: a reader or a crash never meets half a file. */
async function writeWhole(directory: string, path: string, bytes: Uint8Array): Promise<void> {
  const incoming = join(directory, "incoming");
  await mkdir(incoming, { recursive: true });
  await mkdir(join(path, ".."), { recursive: true });
  const temporary = join(incoming, randomUUID());
  try {
    const file = await open(temporary, "wx", 0o644);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return ((await unlessMissing(readdir(folder))) ?? []).sort();
}

async function unlessMissing<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
