// XML text for feeds and the sitemap: escaping, and addresses made whole.

const forbidden =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text for an element or a double-quoted attribute. */
export function escapeXml(text: string): string {
  return text.replace(forbidden, "").replace(/[&<>"]/g, (char) => entities[char] ?? char);
}

/** An element that holds text. */
export function element(name: string, text: string): string {
  return `<${name}>${escapeXml(text)}</${name}>`;
}

/** Cleaned HTML with the addresses that begin with "/" made addresses of the site. */
export function absoluteAddresses(html: string, origin: string): string {
  return html
    .replace(/ (href|src|poster)="\/(?!\/)/g, ` $1="${origin}/`)
    .replace(
      / srcset="([^"]*)"/g,
      (_all, list: string) => ` srcset="${list.replace(/(^|,\s*)\/(?!\/)/g, `$1${origin}/`)}"`,
    );
}
