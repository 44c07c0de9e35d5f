// Re-encoding: from the bytes somebody sent to files this site made itself.
// Promise: nothing of the sent file survives but its pixels. Metadata (camera, place, comments), colour profiles
// and anything hidden before or after the image are gone; the turn a camera recorded has been applied. The size
// is judged from the header before a pixel is decoded. Sharp is loaded at the first image.
import type { Sharp, SharpOptions } from "sharp";
import type { ImageKind } from "./kind.ts";

/** Longest side, and pixels of all frames together: bounds on what one image may cost to decode. */
export const largestSide = 8_192;
export const largestPixels = 50_000_000;

/** Widths made for `srcset` of images that are wider. */
const variantWidths = [480, 960, 1600] as const;

const encodeSeconds = 60;

export type Encoded = {
  /** Width of the variant, or undefined for the whole image. */
  readonly variant: number | undefined;
  readonly extension: "jpg" | "png" | "webp";
  readonly bytes: Uint8Array;
};

export type EncodeOutcome =
  | {
      readonly kind: "encoded";
      readonly width: number;
      readonly height: number;
      readonly files: readonly Encoded[];
    }
  | {
      readonly kind: "too-many-pixels";
      readonly width: number;
      readonly height: number;
      readonly frames: number;
    }
  | { readonly kind: "damaged"; readonly reason: string };

/**
 * Makes the whole image and its variants from `bytes`, which have been recognised as `kind`. Photographs stay
 * JPEG and drawings PNG, which every reader and feed understands; the rest, and all variants, become WebP.
 * Moving images stay moving.
 */
export async function encodeImage(bytes: Uint8Array, kind: ImageKind): Promise<EncodeOutcome> {
  const { default: sharp } = await import("sharp");
  try {
    // The header only; the limit is checked below, where the answer can say the size.
    const header = await sharp(bytes, { limitInputPixels: false }).metadata();
    const { width, height } = header;
    // GIF and WebP frames are counted; in an AVIF or PNG sequence the first one is taken.
    const frames = kind === "gif" || kind === "webp" ? (header.pages ?? 1) : 1;
    if (width > largestSide || height > largestSide || width * height * frames > largestPixels) {
      return { kind: "too-many-pixels", width, height, frames };
    }
    const options: SharpOptions = {
      limitInputPixels: largestPixels,
      failOn: "truncated",
      animated: frames > 1,
    };
    const decode = () => {
      const image = sharp(bytes, options).timeout({ seconds: encodeSeconds });
      return frames > 1 ? image : image.autoOrient(); // a moving image cannot be turned, and none records a turn
    };
    return await encodeAll(decode, kind, frames > 1);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { kind: "damaged", reason: error.message.split("\n")[0]?.trim() ?? "unreadable" };
  }
}

async function encodeAll(decode: () => Sharp, kind: ImageKind, moving: boolean): Promise<EncodeOutcome> {
  const whole = await encodeWhole(decode(), kind, moving).toBuffer({ resolveWithObject: true });
  const { width } = whole.info;
  const height = whole.info.pageHeight ?? whole.info.height;
  const extension = moving ? "webp" : wholeExtension[kind];
  const files: Encoded[] = [];
  for (const variant of variantWidths) {
    if (variant >= width) continue;
    const resized = decode()
      .resize({ width: variant })
      .webp({ quality: kind === "png" ? 90 : 80 });
    files.push({ variant, extension: "webp", bytes: await resized.toBuffer() });
  }
  files.push({ variant: undefined, extension, bytes: whole.data });
  return { kind: "encoded", width, height, files };
}

const wholeExtension = { jpeg: "jpg", png: "png", gif: "png", webp: "webp", avif: "webp" } as const;

function encodeWhole(image: Sharp, kind: ImageKind, moving: boolean): Sharp {
  if (moving) return image.webp({ quality: 80 });
  switch (wholeExtension[kind]) {
    case "jpg":
      return image.jpeg({ quality: 85, progressive: true });
    case "png":
      return image.png({ compressionLevel: 9 });
    case "webp":
      return image.webp({ quality: 85 });
  }
}
