// What a letter may hold. Promise: what passes here has one recipient and no line break outside its text, so it
// means to every mail server what it means to us. Refusals are errors that name the letter.
import type { Letter } from "./mail.ts";

export interface Sender {
  /** Shown beside the address; "" when there is none. */
  readonly name: string;
  readonly address: string;
}

/** Everything that some program between here and the reader may take for the end of a line. */
const lineBreak = /[\0\r\n\v\f\u0085\u2028\u2029]/;
/**
 * A bare address (RFC 5321 and 6531, without the quoted and numeric forms that nobody's mailbox has): no
 * spaces, no invisible characters, and none of those that separate, group or quote addresses.
 */
const bareAddress =
  /^[^\s\p{C}@<>()[\]\\,;:"]+@[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}.-]*[\p{L}\p{M}\p{N}])?$/u;
const longestAddress = 254;
/** A header's name, RFC 5322. */
const headerName = /^[!-9;-~]+$/;
/** What the letter says already, and what would redirect it or change what its body means. */
const ownHeader =
  /^(?:from|sender|to|cc|bcc|subject|date|message-id|mime-version|return-path|received|dkim-signature|resent-.*|content-.*)$/i;

/** Throws an Error with the reason when a letter must not be sent. */
export function checkLetter(letter: Letter): void {
  const refuse = (reason: string) => new Error(`${nameLetter(letter)} is not sent: ${reason}`);
  if (!isAddress(letter.to)) {
    throw refuse("it needs exactly one address, written like ann@example.org, without a name.");
  }
  if (lineBreak.test(letter.subject)) throw refuse("its subject has a line break. Write it in one line.");
  for (const [name, value] of Object.entries(letter.headers ?? {})) {
    if (!headerName.test(name)) throw refuse(`${quote(name)} is no name for a header.`);
    if (ownHeader.test(name)) throw refuse(`the header ${quote(name)} is not the caller's to write.`);
    if (lineBreak.test(value)) {
      throw refuse(`its header ${quote(name)} has a line break. Write it in one line.`);
    }
  }
}

/** The sender in `from`, an address or a name with one in angle brackets. Throws when it is neither. */
export function parseSender(from: string): Sender {
  const [, name = "", bracketed] = /^([^<>]*)<([^<>]*)>$/.exec(from) ?? [];
  const sender = { name: name.trim().replace(/^"(.*)"$/, "$1"), address: bracketed ?? from };
  if (!isAddress(sender.address) || lineBreak.test(name)) {
    throw new Error(
      `Mail cannot be sent from ${quote(from)}: write the sender as Rose Ash <hello@example.org>, or as the ` +
        "address alone.",
    );
  }
  return sender;
}

/** How errors name a letter. */
export function nameLetter(letter: Pick<Letter, "subject" | "to">): string {
  return `The letter ${quote(letter.subject)} to ${quote(letter.to)}`;
}

function isAddress(text: string): boolean {
  return text.length <= longestAddress && bareAddress.test(text);
}

/** A text as it may stand in a message: short, in one line, its end and what is invisible in it visible. */
function quote(text: string): string {
  return JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text).replace(
    /[\p{C}\p{Zl}\p{Zp}]/gu,
    (invisible) => `\\u{${invisible.codePointAt(0)?.toString(16)}}`,
  );
}
