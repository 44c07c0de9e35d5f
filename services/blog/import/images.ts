// The pictures of an import: found in a local folder or fetched from the old site, and kept in the media store.
// Promise: a picture that cannot be had is an answer with its reason, never an error; a host that does not answer
// is soon left alone, so an import without network ends in good time.

import type { Fetcher } from "@rose-ash/platform/fetch";
import type { MediaStore, StoredImage } from "@rose-ash/platform/media";
import type { ImageFolder } from "./image-folder.ts";

export type FoundImage = StoredImage | { readonly kind: "missing"; readonly why: string };

/** Where pictures may come from. */
export interface ImageSources {
  readonly media: MediaStore;
  /** This site's own origin: pictures under its /media/ are there already. */
  readonly origin: string;
  readonly folder: ImageFolder | null;
  /** Asks the web; null leaves pictures that are not in the folder where they are. */
  readonly fetcher: Fetcher | null;
  /** Relative addresses lead from here: the old site's origin. */
  readonly base: string | null;
  /** Where the old site can be reached now, when that is not `base`. */
  readonly from: string | null;
  readonly signal: AbortSignal;
}

const maxImageBytes = 40_000_000;
const timeForImageMs = 20_000;
/** After so many failures in a row nothing more is asked of a host. */
const maxFailures = 3;
const atOnce = 4;

/** Brings every picture in `addresses` (as they stand in the posts) into the media store. */
export async function collectImages(
  addresses: ReadonlySet<string>,
  sources: ImageSources,
  progress: (done: number, total: number) => void,
): Promise<Map<string, FoundImage>> {
  const found = new Map<string, FoundImage>();
  const failures = new Map<string, number>();
  const waiting = [...addresses];
  let done = 0;
  const work = async () => {
    for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
      sources.signal.throwIfAborted();
      found.set(address, await findImage(address, sources, failures));
      done += 1;
      progress(done, addresses.size);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return found;
}

async function findImage(
  address: string,
  sources: ImageSources,
  failures: Map<string, number>,
): Promise<FoundImage> {
  const { media, origin, base, folder } = sources;
  const url = URL.parse(address, base ?? origin);
  if (url === null || !/^https?:$/.test(url.protocol)) return missing("Its address cannot be read.");
  if (
    url.pathname.startsWith("/media/") &&
    (url.origin === origin || (base === null && address.startsWith("/")))
  ) {
    const known = await media.describe(url.pathname.slice("/media/".length));
    if (known) return known;
  }
  for (const path of originalsOf(decodePath(url.pathname))) {
    const bytes = await folder?.find(path);
    if (bytes) return keep(media, bytes);
  }
  if (base === null && sources.from === null && !/^https?:/i.test(address)) {
    return missing(
      folder === null
        ? "The export does not say where the old site is: name it with --from, or a folder with --images."
        : "It is not in the folder, and the export does not say where the old site is: name it with --from.",
    );
  }
  return fetchImage(url, address, sources, failures);
}

async function fetchImage(
  url: URL,
  address: string,
  { fetcher, from, base, media, signal }: ImageSources,
  failures: Map<string, number>,
): Promise<FoundImage> {
  if (fetcher === null) return missing("It is not in the folder of pictures.");
  const isOld = !/^https?:/i.test(address) || (base !== null && url.origin === new URL(base).origin);
  let why = "";
  for (const path of originalsOf(url.pathname)) {
    const target = new URL(isOld && from !== null ? from : url.origin);
    target.pathname = path;
    target.search = url.search;
    const failed = failures.get(target.host) ?? 0;
    if (failed >= maxFailures)
      return missing(`${target.host} did not answer several times and was not asked again.`);
    const answer = await fetcher.get(target, {
      accept: "image/*",
      maxBytes: maxImageBytes,
      totalMs: timeForImageMs,
      signal,
    });
    if (answer.kind === "ok") {
      failures.delete(target.host);
      const kept = await keep(media, answer.body);
      if (kept.kind === "stored") return kept;
      why = kept.why;
      continue;
    }
    why = answer.sentence;
    if (answer.kind === "refused") break;
    if (answer.why === "network" || answer.why === "timeout") {
      failures.set(target.host, failed + 1);
      break;
    }
    failures.delete(target.host);
  }
  return missing(why);
}

async function keep(media: MediaStore, bytes: Uint8Array): Promise<FoundImage> {
  const stored = await media.storeImage(bytes);
  return stored.kind === "stored" ? stored : missing(stored.sentence);
}

function missing(why: string): FoundImage {
  return { kind: "missing", why };
}

/**
 * The paths at which a picture may lie, best first. Ghost's "/size/w1200/" is always the same picture made smaller;
 * WordPress's "-300x200" may be a crop that somebody chose, so the original only stands in for it.
 */
function originalsOf(path: string): string[] {
  const whole = path.replace(/\/size\/w\d{1,5}(?:h\d{1,5})?(?:\/format\/[a-z]{3,5})?\//, "/");
  const uncut = whole.replace(/-\d{1,5}x\d{1,5}(?=\.[a-z]{3,4}$)/i, "");
  return [...new Set([whole, path, uncut])];
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // A lone "%" was never encoded.
    return path;
  }
}
