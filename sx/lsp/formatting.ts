// Formatting for editors: a whole document, or the top-level forms that a stretch of it touches, as one edit of
// what really changes. A text that cannot be read is not formatted; the error says why.

import { SxError } from "../core/errors.ts";
import { formatText } from "../format/format.ts";
import { codes, RpcError } from "./connection.ts";
import type { Stretch } from "./positions.ts";
import type { Document } from "./workspace.ts";

export interface TextChange extends Stretch {
  readonly text: string;
}

/** What makes a document formatted; null where it is. */
export function formatDocument({ text, file }: Document): TextChange | null {
  return differenceOf({ start: 0, end: text.length }, text, formatted(text, file));
}

/** The same for the forms that a stretch touches. The rest of the file may be half-typed. */
export function formatStretch({ text, file, code }: Document, stretch: Stretch): TextChange | null {
  const touched = code.roots.filter(({ start, end }) => start < stretch.end && stretch.start < end);
  const [first, last] = [touched[0], touched.at(-1)];
  if (!first || !last) return null;
  const { start, end } = { start: first.start, end: last.end };
  const before = text.slice(start, end);
  return differenceOf({ start, end }, before, formatted(before, file).trimEnd());
}

function formatted(text: string, file: string): string {
  try {
    return formatText(text, file);
  } catch (error) {
    if (!(error instanceof SxError)) throw error;
    throw new RpcError(codes.requestFailed, `This cannot be formatted yet: ${error.message}.`);
  }
}

/** The one stretch in which two texts differ, and what stands there in the second. */
function differenceOf({ start, end }: Stretch, before: string, after: string): TextChange | null {
  if (before === after) return null;
  const most = Math.min(before.length, after.length);
  let same = 0;
  while (same < most && before[same] === after[same]) same++;
  let tail = 0;
  while (tail < most - same && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return { start: start + same, end: end - tail, text: after.slice(same, after.length - tail) };
}
