// Markdown as Ghost's Markdown cards write it: with line breaks kept, addresses linked, and besides the usual
// marks ==marked==, H~2~O and x^2^. HTML inside of it passes through, as it does there: everything is cleaned later.

import MarkdownIt from "markdown-it";

/** A card's Markdown beyond this length is kept as text, in UTF-16 units. */
export const maxMarkdownLength = 300_000;

/** The longest run of text that one of Ghost's own marks may hold: a limit that keeps the search linear. */
const maxMarkedLength = 500;

const markdown = new MarkdownIt({ html: true, linkify: true, breaks: true });
addMark("==", "mark", /^\s|\s$|^$/);
addMark("~", "sub", /\s|^$/);
addMark("^", "sup", /\s|^$/);

/** Markdown as HTML. */
export function renderMarkdown(text: string): string {
  return markdown.render(text);
}

/** Teaches the parser that text between two `sign`s stands in an element, unless it matches `except`. */
function addMark(sign: string, element: string, except: RegExp): void {
  markdown.inline.ruler.after("emphasis", element, (state, silent) => {
    if (!state.src.startsWith(sign, state.pos)) return false;
    const start = state.pos + sign.length;
    const found = state.src.slice(start, Math.min(state.posMax, start + maxMarkedLength)).indexOf(sign);
    if (found < 0 || except.test(state.src.slice(start, start + found))) return false;
    const outer = state.posMax;
    if (!silent) {
      state.pos = start;
      state.posMax = start + found;
      state.push(`${element}_open`, element, 1);
      state.md.inline.tokenize(state);
      state.push(`${element}_close`, element, -1);
    }
    state.pos = start + found + sign.length;
    state.posMax = outer;
    return true;
  });
}
