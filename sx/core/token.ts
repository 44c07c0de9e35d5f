// Tokens: what may stand in a bare name, for the reader that takes names in and the printer that lets them
// out. Both ask here, so that whatever the printer writes as a bare name the reader reads as that name.

/** By ASCII code: 1 where the character ends a token. All other characters of a token are its own. */
export const delimiters: Readonly<Uint8Array> = markDelimiters(" \n\t\r\f()[]{}\";'`,");

function markDelimiters(characters: string): Uint8Array {
  const marks = new Uint8Array(128);
  for (const character of characters) marks[character.charCodeAt(0)] = 1;
  return marks;
}

const delimiter = /[ \n\t\r\f()[\]{}";'`,]/;

// Spaces that are not the space bar's, controls, direction marks: a name that holds one looks like another name.
const invisible = /[\p{Cc}\p{Cf}\p{Z}\p{Cs}]/u;

const likeNumber = /^[-+]?\.?[0-9]/;

/** The first character of a token that cannot be seen, as `U+00A0`, or null where all can. */
export function findInvisible(token: string): string | null {
  if (/^[!-~]*$/.test(token)) return null;
  const found = invisible.exec(token)?.[0].codePointAt(0);
  return found === undefined ? null : `U+${found.toString(16).toUpperCase().padStart(4, "0")}`;
}

/** Whether a bare name reads as the symbol of that name. */
export function isSymbolName(name: string): boolean {
  if (name === "" || name === "true" || name === "false" || name === "nil") return false;
  return !/^[:#]/.test(name) && !likeNumber.test(name) && isPlain(name);
}

/** Whether a colon and the name read as the keyword of that name. */
export function isKeywordName(name: string): boolean {
  return name !== "" && !name.startsWith(":") && isPlain(name);
}

function isPlain(name: string): boolean {
  return !delimiter.test(name) && !invisible.test(name);
}
