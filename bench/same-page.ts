// Whether two HTML texts are the same page: what a browser would read, whatever way it was written. Compared
// are tags, attributes in any order and text with its references decoded; comments and the markers that
// frameworks leave for the browser do not count. Hostile text that was not escaped shows as other tags.

/** The first difference between two pages, as a sentence; null when there is none. */
export function pageDifference(expected: string, found: string): string | null {
  const [left, right] = [readTokens(expected), readTokens(found)];
  const length = Math.max(left.length, right.length);
  for (let i = 0; i < length; i++) {
    if (left[i] !== right[i])
      return `token ${i} is ${JSON.stringify(right[i])} instead of ${JSON.stringify(left[i])}`;
  }
  return null;
}

const tagShape = /<(\/?)([a-zA-Z][-a-zA-Z0-9]*)((?:\s+[^\s=>/"']+(?:=(?:"[^"]*"|'[^']*'))?)*)\s*\/?>/y;
const attributeShape = /([^\s=>/"']+)(?:=(?:"([^"]*)"|'([^']*)'))?/g;

/** A page as a list of start tags, end tags and texts. Throws where the text is not the simple HTML of these pages. */
export function readTokens(html: string): string[] {
  const tokens: string[] = [];
  let text = "";
  const endText = () => {
    if (text !== "") tokens.push(`text ${decode(text)}`);
    text = "";
  };
  for (let at = 0; at < html.length; ) {
    const next = html.indexOf("<", at);
    if (next !== at) {
      text += html.slice(at, next < 0 ? html.length : next);
      at = next < 0 ? html.length : next;
      continue;
    }
    if (html.startsWith("<!--", at)) {
      at = html.indexOf("-->", at) + 3;
      continue;
    }
    tagShape.lastIndex = at;
    const tag = tagShape.exec(html);
    if (!tag) throw new Error(`This is no tag: ${html.slice(at, at + 60)}`);
    endText();
    tokens.push(tag[1] === "/" ? `end ${tag[2]}` : `start ${tag[2]} ${attributesOf(tag[3] ?? "")}`);
    at = tagShape.lastIndex;
  }
  endText();
  return tokens;
}

function attributesOf(text: string): string {
  return [...text.matchAll(attributeShape)]
    .map(([, name, double, single]) => `${name?.toLowerCase()}=${decode(double ?? single ?? "")}`)
    .sort()
    .join(" | ");
}

const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };

function decode(text: string): string {
  return text.replace(/&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));/g, (whole, hexadecimal, decimal, name) => {
    if (hexadecimal !== undefined) return String.fromCodePoint(Number.parseInt(hexadecimal, 16));
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    return named[name] ?? whole;
  });
}
