// An import from beginning to end: read, stage, write once. Nothing is written before everything is ready, and then
// all of it in one transaction: whatever stops the work leaves the blog as it was. Pictures that were stored before
// it stopped stay in the media store and serve the next try.

import { createFetcher, type FetchPolicy } from "@rose-ash/platform/fetch";
import type { MediaStore } from "@rose-ash/platform/media";
import type { Writing } from "../writing.ts";
import { parseGhostRedirects } from "./ghost-redirects.ts";
import { type ImageFolder, openImageFolder } from "./image-folder.ts";
import { collectImages, type FoundImage } from "./images.ts";
import { ImportRefusal } from "./imported-site.ts";
import { type ImportReport, makeReport } from "./report.ts";
import { readSite, readText } from "./source-file.ts";
import { keyPrefixOf } from "./source-keys.ts";
import { stageSite } from "./staging.ts";
import type { TakenSite } from "./taken-site.ts";

/** The blog that is imported into. */
export interface ImportTarget {
  readonly store: Writing;
  readonly media: MediaStore;
  /** This site's own origin. */
  readonly origin: string;
  readonly searchLanguage: string;
  readonly now: Date;
}

/** Who waits for the import. */
export interface ImportWatch {
  readonly signal: AbortSignal;
  progress(text: string, done?: number, total?: number): void;
}

export interface ImportRequest {
  /** Absolute paths. */
  readonly file: string;
  readonly redirectsFile: string | null;
  readonly imagesFolder: string | null;
  /** Where the old site can be reached now, when not at its own address. */
  readonly from: string | null;
  /** Exceptions for tests. */
  readonly fetchPolicy?: FetchPolicy;
}

/** Imports a file. Throws ImportRefusal for what a person can mend, and the signal's reason when given up. */
export async function importFile(
  request: ImportRequest,
  target: ImportTarget,
  watch: ImportWatch,
): Promise<ImportReport> {
  watch.progress("Reading the file");
  const from = request.from === null ? null : originOf(request.from);
  const read = await readSite(request.file);
  watch.signal.throwIfAborted();
  const site = request.redirectsFile === null ? read : await withRedirects(read, request.redirectsFile);
  const folder =
    request.imagesFolder === null ? null : await openImageFolder(request.imagesFolder, watch.signal);
  return importSite(
    site,
    { folder, from, ...(request.fetchPolicy && { fetchPolicy: request.fetchPolicy }) },
    target,
    watch,
  );
}

export interface ImageOptions {
  readonly folder: ImageFolder | null;
  readonly from: string | null;
  readonly fetchPolicy?: FetchPolicy;
  /** False: pictures come from the folder only. */
  readonly fetchImages?: boolean;
}

/** Imports a site that was read already. */
export async function importSite(
  site: TakenSite,
  options: ImageOptions,
  target: ImportTarget,
  watch: ImportWatch,
): Promise<ImportReport> {
  const { store, media, origin, searchLanguage, now } = target;
  const { folder, from } = options;
  if (
    site.program === "rose-ash" &&
    site.origin === origin &&
    (await store.countOtherPosts(keyPrefixOf(site))) > 0
  ) {
    throw new ImportRefusal(
      origin,
      "This export is of this very blog, whose posts would be there twice. Use backup and restore to go back.",
    );
  }
  const own = [site.origin, from].flatMap((address) => (address === null ? [] : new URL(address).hostname));
  const fetcher =
    options.fetchImages === false
      ? null
      : createFetcher({
          userAgent: `rose-ash (importing to ${origin})`,
          allowHttp: own,
          ...options.fetchPolicy,
        });
  const collect = (addresses: ReadonlySet<string>): Promise<ReadonlyMap<string, FoundImage>> =>
    collectImages(
      addresses,
      { media, origin, folder, fetcher, base: site.origin ?? from, from, signal: watch.signal },
      (done, total) => watch.progress("Fetching pictures", done, total),
    );
  try {
    const known = await store.importedPosts(keyPrefixOf(site));
    const { signal } = watch;
    const progress = watch.progress.bind(watch);
    const staged = await stageSite({
      site,
      origin,
      searchLanguage,
      now,
      known,
      collectImages: collect,
      signal,
      progress,
    });
    watch.progress("Writing");
    const outcome = await store.applyImport(staged.site);
    return makeReport(site, staged, outcome);
  } finally {
    await fetcher?.close();
  }
}

async function withRedirects(site: TakenSite, path: string): Promise<TakenSite> {
  const { redirects, notTaken } = parseGhostRedirects(await readText(path, 10_000_000), path);
  return { ...site, redirects: [...site.redirects, ...redirects], notTaken: [...site.notTaken, ...notTaken] };
}

function originOf(address: string): string {
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new ImportRefusal("--from", "Write the old site's address, such as https://old.example.org.");
  }
  return url.origin;
}
