// The way out through a mail server. Promise: connections are shared by letters and every wait has an end; a
// password is sent to another machine only over TLS, and never stands in an error.
import type { Transporter } from "nodemailer";
import { nameLetter, type Sender } from "./letter.ts";
import type { Letter, Mailer } from "./mail.ts";

/** What nodemailer attaches to its errors. */
interface Failure extends Error {
  readonly code?: string;
  /** What the server said, as far as it did. */
  readonly responseCode?: number;
}

const here = /^(?:localhost|127\.[\d.]+|\[::1\])$/i;

/**
 * Sends by the server at `url` (smtp://user:password@host:587, smtps: for TLS from the start). Parameters of the
 * URL are nodemailer's options and have the last word: `?requireTLS=false`, `?tls.rejectUnauthorized=false`.
 * Expects letters that were checked.
 */
export function openSmtp(url: string, sender: Sender): Mailer {
  const server = parseServer(url);
  let transporter: Promise<Transporter> | undefined;

  // Loaded at the first letter: many processes never send one.
  async function open(): Promise<Transporter> {
    const { createTransport } = await import("nodemailer");
    return createTransport({
      url: server.href,
      pool: true,
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 30_000,
      requireTLS: server.password !== "" && !here.test(server.hostname),
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  return {
    async send(letter) {
      transporter ??= open();
      const post = await transporter;
      try {
        await post.sendMail({
          from: sender,
          to: { name: "", address: letter.to },
          subject: letter.subject,
          text: letter.text,
          ...(letter.html === undefined ? {} : { html: letter.html }),
          headers: Object.entries(letter.headers ?? {}).map(([key, value]) => ({ key, value })),
        });
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        throw new Error(explain(letter, server, error)); // without its cause, which may repeat what was sent
      }
    },
    async close() {
      (await transporter)?.close();
    },
  };
}

function explain(letter: Letter, server: URL, failure: Failure): string {
  const reason = withoutPassword(failure.message, server)
    .replace(/[\s\p{Cc}]+/gu, " ")
    .slice(0, 300);
  return `${nameLetter(letter)} was not sent by ${server.host}: ${reason}. ${findRemedy(failure)}`;
}

function findRemedy({ code, responseCode = 0 }: Failure): string {
  switch (code) {
    case "EAUTH":
    case "ENOAUTH":
      return "Check the user name and the password in the mail server's URL.";
    case "ETLS":
      return "Check that the mail server offers TLS with a certificate for the name in its URL.";
    case "EENVELOPE":
    case "EMESSAGE":
      return responseCode >= 500
        ? "Check the address and what the letter says; the server will not take it as it is."
        : "Send it again later.";
    default:
      return "See that a mail server runs there and that its URL is right, then send the letter again.";
  }
}

/** A server may repeat what it was told, in any of the ways a password travels. */
function withoutPassword(text: string, server: URL): string {
  if (server.password === "") return text;
  const [user, password] = [decode(server.username), decode(server.password)];
  return [
    Buffer.from(`\0${user}\0${password}`).toString("base64"),
    Buffer.from(password).toString("base64"),
    server.password,
    password,
  ].reduce((left, secret) => left.replaceAll(secret, "…"), text);
}

/** As nodemailer decodes it: what is no percent-encoding stays as it is. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The text is not repeated in the error, because it may hold a password. */
function parseServer(text: string): URL {
  const url = URL.parse(text);
  if (!url || !/^smtps?:$/.test(url.protocol) || !url.hostname) {
    throw new Error(
      "The URL of the mail server is not one: write it as smtp://user:password@host:587, or smtps: for port 465.",
    );
  }
  return url;
}
