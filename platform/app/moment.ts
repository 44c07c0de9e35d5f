// Moments as people read them: in the site's language and time zone.
import type { SiteSettings } from "./config.ts";

/** Gives a function that writes a moment with its clock time. */
export function momentWriter({
  language,
  timeZone,
}: Pick<SiteSettings, "language" | "timeZone">): (at: Date) => string {
  const format = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short", timeZone });
  return (at) => format.format(at);
}
