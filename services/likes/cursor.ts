// The cursor of a member's list: the last like of a page, as text that the asker hands back for the next page.
// It names a like and no number of rows, so likes that come or go meanwhile neither repeat nor skip another.
import { RefusedRequest, reference } from "@rose-ash/platform/rpc";
import { z } from "zod";

/** A like's place in the list, which is by time and then by the thing's reference, both falling. */
export interface Cursor {
  readonly likedAt: Date;
  readonly object: string;
}

const written = z.tuple([z.iso.datetime(), reference]);

export function writeCursor({ likedAt, object }: Cursor): string {
  return Buffer.from(JSON.stringify([likedAt.toISOString(), object])).toString("base64url");
}

/** Reads what `writeCursor` wrote. Throws RefusedRequest for anything else. */
export function readCursor(text: string): Cursor {
  const found = written.safeParse(parseJson(Buffer.from(text, "base64url").toString("utf8")));
  if (found.success) {
    const cursor = { likedAt: new Date(found.data[0]), object: found.data[1] };
    if (writeCursor(cursor) === text) return cursor;
  }
  throw new RefusedRequest(
    `Cannot list likes from “${text.slice(0, 60)}” on: that is no place in a list. ` +
      "Ask with the `next` of the page before as it was given, or with null for the first page.",
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
