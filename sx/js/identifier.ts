// Names of SX as identifiers of JavaScript, and back: the host's own error for a variable that is read too early tells only
// the identifier, and the message must tell the name.

/** A name as part of an identifier. */
export function mangle(name: string): string {
  return name.replace(/[^A-Za-z0-9]/gu, (char) =>
    char === "-" ? "_" : `$${char.codePointAt(0)?.toString(16)}$`,
  );
}

/** The name in an identifier that ends in `_` and a number. */
export function unmangle(identifier: string): string {
  return identifier
    .replace(/_\d+$/, "")
    .replaceAll("_", "-")
    .replace(/\$([0-9a-f]+)\$/g, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)));
}
