// Strings by code point: lengths and positions in SX count characters as Unicode does, not UTF-16 units.
// A text without surrogates, the usual case, is found out by one native scan and then indexed directly.

const surrogate = /[\ud800-\udfff]/;

/** How many code points a text has; a lone surrogate counts as one. */
export function countCodePoints(text: string): number {
  if (!surrogate.test(text)) return text.length;
  let count = 0;
  for (let unit = 0; unit < text.length; unit += unitsAt(text, unit)) count++;
  return count;
}

/** The UTF-16 offset of a code point's position; positions past the end give the text's length. */
export function unitOffset(text: string, position: number): number {
  if (!surrogate.test(text)) return Math.min(position, text.length);
  let unit = 0;
  for (let passed = 0; passed < position && unit < text.length; passed++) unit += unitsAt(text, unit);
  return unit;
}

/** The code point position of a UTF-16 offset. */
export function codePointPosition(text: string, offset: number): number {
  return countCodePoints(text.slice(0, offset));
}

/** Code points from `start` up to `end`, both within 0 and the text's length in code points. */
export function sliceCodePoints(text: string, start: number, end: number): string {
  if (end <= start) return "";
  const from = unitOffset(text, start);
  return text.slice(from, from + unitOffset(text.slice(from), end - start));
}

function unitsAt(text: string, unit: number): number {
  return (text.codePointAt(unit) as number) > 0xffff ? 2 : 1; // unit is within the text
}
