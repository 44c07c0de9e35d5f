// Outgoing mail. Promise: a letter goes to exactly one address, and nothing in it can add a header or another
// recipient; `send` resolves when the mail server has taken the letter, and otherwise says what to do.
// What a letter may hold is in letter.ts; the two ways out are smtp.ts and dev-mailbox.ts.
import { openDevMailbox } from "./dev-mailbox.ts";
import { checkLetter, nameLetter, parseSender } from "./letter.ts";
import { openSmtp } from "./smtp.ts";

export interface Letter {
  /** One bare address, such as ann@example.org. */
  readonly to: string;
  readonly subject: string;
  /** Plain text, always. */
  readonly text: string;
  /** The same again as HTML, for those who prefer it. */
  readonly html?: string;
  /** Further headers, such as List-Unsubscribe; none that a letter has anyway. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Mailer {
  /** Throws an Error whose message names the letter, the reason and the remedy, and holds no password. */
  send(letter: Letter): Promise<void>;
  /** Waits for the letters under way and ends the connections. Repeating it does nothing. */
  close(): Promise<void>;
}

/**
 * How mail leaves: `smtp` through the server of an smtp: or smtps: URL, `dev` into files of a folder that
 * dev-mailbox.ts shows. `from` is an address, or a name with one: Rose Ash <hello@example.org>.
 */
export type MailSettings =
  | { readonly kind: "smtp"; readonly url: string; readonly from: string }
  | { readonly kind: "dev"; readonly folder: string; readonly from: string };

/** A mailer that dials nobody before its first letter. Throws for a URL or sender that cannot be one. */
export function createMailer(settings: MailSettings): Mailer {
  const sender = parseSender(settings.from);
  const way = settings.kind === "smtp" ? openSmtp(settings.url, sender) : openFolder(settings);
  const underway = new Set<Promise<void>>();
  let closing: Promise<void> | undefined;

  async function end(): Promise<void> {
    await Promise.allSettled(underway);
    await way.close();
  }

  return {
    async send(letter) {
      checkLetter(letter);
      if (closing) throw new Error(`${nameLetter(letter)} is not sent: the mailer was closed.`);
      const sending = way.send(letter);
      underway.add(sending);
      try {
        await sending;
      } finally {
        underway.delete(sending);
      }
    },
    async close() {
      closing ??= end();
      await closing;
    },
  };
}

function openFolder(settings: Extract<MailSettings, { kind: "dev" }>): Mailer {
  const mailbox = openDevMailbox(settings.folder);
  return {
    send: (letter) => mailbox.keep(letter, settings.from),
    async close() {},
  };
}
