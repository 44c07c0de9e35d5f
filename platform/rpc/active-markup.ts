// Active markup: whether a piece of page could run something or reach beyond itself. For pieces whose text is
// escaped by their producer, so that every "<" begins a tag; what is not plainly harmless counts as active.
// Promise: tags are found where a browser finds them, since a "<" that is no tag's beginning, or stands within a
// tag, is refused. Source of the tag's grammar: HTML standard, 13.2.5 (tag open state and those after it).

/** Elements that run, embed, steer the whole page, or whose content a browser reads by other rules. */
const activeElements = new Set(
  (
    "animate animatemotion animatetransform applet base embed frame frameset iframe link math meta noembed " +
    "noframes noscript object plaintext portal script set style template textarea title xmp"
  ).split(" "),
);

/** A tag from its "<" on: name, attributes, end. Values are quoted, as producers print them. */
const tag = /<\/?([a-z][a-z0-9-]*)((?:[\s/]+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"<]*"|'[^'<]*'))?)*)[\s/]*>/iy;
const attribute = /[\s/]+([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'))?/g;
/** A scheme that runs or embeds, blanks and control characters left out. */
const activeScheme = /^(?:javascript|vbscript|data):/i;

/** Does the markup hold script, handlers, frames, active addresses, or anything that is read in two ways? */
export function isActiveMarkup(markup: string): boolean {
  for (let at = markup.indexOf("<"); at >= 0; ) {
    tag.lastIndex = at;
    const found = tag.exec(markup);
    if (found === null) return true;
    const [text, name = "", attributes = ""] = found;
    if (activeElements.has(name.toLowerCase())) return true;
    for (const [, label = "", double, single] of attributes.matchAll(attribute)) {
      if (isActiveAttribute(label.toLowerCase(), double ?? single ?? "")) return true;
    }
    at = markup.indexOf("<", at + text.length);
  }
  return false;
}

function isActiveAttribute(name: string, value: string): boolean {
  if (name.startsWith("on") || name === "srcdoc" || name === "formaction") return true;
  if (!/^(?:.*:)?(?:href|src|action|data|poster|cite|background|ping|srcset)$/.test(name)) return false;
  const address = value.replace(/[\x00-\x20]/g, "");
  const scheme = address.split(/[/?#]/, 1)[0] ?? "";
  // An entity before the path could spell a scheme or its colon; no address of ours has one there but "&amp;".
  return activeScheme.test(scheme) || /&(?!amp;)/i.test(scheme);
}
