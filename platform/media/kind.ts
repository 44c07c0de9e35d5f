// What an image file is, told from its first bytes alone: a name or a claimed type proves nothing.
// Promise: bytes that are not one of the five kinds never reach the decoder, whose other loaders (SVG, TIFF, PDF)
// are a wider door than a web site needs.

export type ImageKind = "png" | "jpeg" | "gif" | "webp" | "avif";
export type Recognised = ImageKind | "svg" | "unknown";

/** How far into a text an `<svg` element may start: comments and a DOCTYPE may stand before it. */
const svgSearchBytes = 4_096;

/** The kind of `bytes` by their signature. A recognised kind may still be damaged. */
export function recogniseImage(bytes: Uint8Array): Recognised {
  const head = Buffer.from(
    bytes.buffer,
    bytes.byteOffset,
    Math.min(bytes.byteLength, svgSearchBytes),
  ).toString("latin1");
  if (head.startsWith("\x89PNG\r\n\x1a\n")) return "png";
  if (head.startsWith("\xff\xd8\xff")) return "jpeg";
  if (head.startsWith("GIF87a") || head.startsWith("GIF89a")) return "gif";
  if (head.startsWith("RIFF") && head.startsWith("WEBP", 8)) return "webp";
  if (head.startsWith("ftyp", 4) && /^avi[fs]$/.test(head.slice(8, 12))) return "avif";
  if (/<svg[\s>]/i.test(head)) return "svg";
  return "unknown";
}
