// E-mail addresses: read strictly, written one way, so that one mailbox is one account.
// Promise: what comes out is printable ASCII in lower case: no line break reaches a mail's header, and no
// letter of another alphabet is taken for one of these.
import { domainToASCII } from "node:url";
import { z } from "zod";

const shape = z.email().max(254);

/** The address as it is kept, or null when what was typed is none. */
export function readAddress(typed: string): string | null {
  const text = typed.trim();
  const at = text.lastIndexOf("@");
  if (at < 1) return null;
  const local = text.slice(0, at);
  if (!/^[\x21-\x7e]{1,64}$/.test(local)) return null;
  // A domain may be typed in any script; it is kept as mail servers write it.
  const domain = domainToASCII(text.slice(at + 1));
  const address = `${local}@${domain}`.toLowerCase();
  return shape.safeParse(address).success ? address : null;
}

/** A name to show, from what stands before the @: "ada.king" becomes "Ada King". */
export function nameFromAddress(address: string): string {
  const words = address
    .slice(0, address.lastIndexOf("@"))
    .split("+", 1)[0]!
    .split(/[._-]+/)
    .filter((word) => word !== "");
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(" ");
  return name.slice(0, longestName) || "Member";
}

export const longestName = 80;

/** The name as it is kept, or null when nothing to show was typed. */
export function readName(typed: string): string | null {
  const name = typed
    .normalize("NFC")
    // Control characters, and marks that turn the direction of the text around them.
    .replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  return name === "" ? null : [...name].slice(0, longestName).join("").trim();
}
