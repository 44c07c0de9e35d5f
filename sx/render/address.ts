// Addresses in attributes: which ones a page may carry. A browser strips controls and white space from an
// address before it looks at the scheme, so the check does the same; a scheme that is not on the list is
// refused unless the program vouches for the address with `trusted-url`.

const safeSchemes: ReadonlySet<string> = new Set([
  "http",
  "https",
  "mailto",
  "tel",
  "sms",
  "geo",
  "xmpp",
  "matrix",
  "magnet",
  "webcal",
  "feed",
  "ipfs",
  "ipns",
]);

const inlineImage = /^data:image\/(?:png|jpeg|gif|webp|avif)[;,]/i;

// biome-ignore lint/complexity/useRegexLiterals: a literal would need raw control characters in the source
const ignoredByBrowsers = new RegExp(
  "[\\u0000-\\u0020\\u007f-\\u00a0\\u1680\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u3000\\ufeff]",
  "g",
);

/** A text without the characters that browsers drop from an address before they read its scheme. */
export function withoutIgnored(text: string): string {
  return text.replace(ignoredByBrowsers, "");
}

/**
 * Whether an address is relative or has a scheme that cannot run code. `attribute` and `tag` (both in lower
 * case) decide whether an inline raster image is allowed: only where an image is shown.
 */
export function isSafeUrl(url: string, attribute: string, tag: string): boolean {
  const colon = url.indexOf(":");
  if (colon < 0) return true;
  // The quick case: an ordinary web address with nothing odd before the colon.
  if (url.startsWith("https:") || url.startsWith("http:") || url.charCodeAt(0) === 47)
    return !containsScheme(attribute, url);
  const clean = withoutIgnored(url);
  const end = clean.search(/[:/?#]/);
  if (end < 0 || clean[end] !== ":") return !containsScheme(attribute, url);
  const scheme = clean.slice(0, end).toLowerCase();
  if (safeSchemes.has(scheme)) return !containsScheme(attribute, url);
  const shows =
    (tag === "img" || tag === "source" || tag === "image") && (attribute === "src" || attribute === "href");
  return (shows || attribute === "poster") && inlineImage.test(clean);
}

/** `ping` and `archive` hold several addresses in one value; each must be safe. */
function containsScheme(attribute: string, url: string): boolean {
  if (attribute !== "ping" && attribute !== "archive") return false;
  return /(?:javascript|vbscript|data):/i.test(withoutIgnored(url));
}
