// Escaping: text and attribute values as the HTML standard serialises them, so that what is printed reads
// back as the same text. Short strings are scanned by character, long ones by a regular expression first:
// most strings need no escaping, and that is the quickest way to see it.

const shortest = 12;
const textSpecial = /[&<>\u00a0]/;
const attributeSpecial = /[&"<>\u00a0]/;

/** Text content: `& < >` and no-break space. */
export function escapeText(text: string): string {
  if (text.length < shortest) {
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === 38 || code === 60 || code === 62 || code === 160) return replaceFrom(text, i, false);
    }
    return text;
  }
  const first = text.search(textSpecial);
  return first < 0 ? text : replaceFrom(text, first, false);
}

/** A double-quoted attribute's value: `& " < >` and no-break space. */
export function escapeAttribute(text: string): string {
  if (text.length < shortest) {
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === 38 || code === 34 || code === 60 || code === 62 || code === 160)
        return replaceFrom(text, i, true);
    }
    return text;
  }
  const first = text.search(attributeSpecial);
  return first < 0 ? text : replaceFrom(text, first, true);
}

function replaceFrom(text: string, start: number, quotes: boolean): string {
  let out = "";
  let last = 0;
  for (let i = start; i < text.length; i++) {
    const entity = entityOf(text.charCodeAt(i), quotes);
    if (entity === "") continue;
    out += text.slice(last, i) + entity;
    last = i + 1;
  }
  return out + text.slice(last);
}

function entityOf(code: number, quotes: boolean): string {
  switch (code) {
    case 38:
      return "&amp;";
    case 60:
      return "&lt;";
    case 62:
      return "&gt;";
    case 160:
      return "&nbsp;";
    case 34:
      return quotes ? "&quot;" : "";
    default:
      return "";
  }
}

/** The content of `title` and `textarea`: text with character references but no tags. */
export function escapeTextOnly(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
