// The mails of this service as plain texts: the letter to sign in with, and the notice of a sign-in from a new
// browser. Promise: nothing that somebody else typed is in them but the address they go to.
import type { SiteSettings } from "@rose-ash/platform/app";
import { letterMinutes } from "./sign-in.ts";

export interface MailText {
  readonly subject: string;
  readonly text: string;
}

/** The address of a letter's link: below its sign-in's own page, where the browser sends that sign-in's cookie. */
export function linkPath(page: string | null, token: string): string {
  return page === null ? `/sign-in/link/${token}/` : `/sign-in/${page}/link/${token}/`;
}

/** "BCDF-GHJK": a code as it is shown. */
function showCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/** The letter. `code` is null where there is no page to type it into. */
export function signInLetter(site: SiteSettings, link: string, code: string | null): MailText {
  const typed =
    code === null
      ? []
      : ["Or type this code into the page where you asked for this letter:", "", `    ${showCode(code)}`, ""];
  return {
    subject: `Your way in to ${site.title}`,
    text: lines(
      `Somebody, most likely you, wants to sign in to ${site.title} with this address.`,
      "",
      "Open this link and press the button there:",
      "",
      link,
      "",
      ...typed,
      `Both work once, and for ${letterMinutes} minutes.`,
      "",
      "If it was not you, do nothing: without this letter nobody gets in. Do not give the code to anybody,",
      "also not to somebody who says they belong to us.",
    ),
  };
}

/** What an address without an account is told where joining is closed. */
export function noAccountLetter(site: SiteSettings): MailText {
  return {
    subject: `There is no account for this address at ${site.title}`,
    text: lines(
      `Somebody, most likely you, wants to sign in to ${site.title} with this address, but there is no account for it.`,
      "",
      "New accounts are made by the people who run the site: ask them, or try another of your addresses.",
      "If it was not you, do nothing.",
    ),
  };
}

/** What somebody is told whose erasure is under way: there is no way in any more. */
export function leavingLetter(site: SiteSettings): MailText {
  return {
    subject: `Your account at ${site.title} is being erased`,
    text: lines(
      `Somebody, most likely you, wants to sign in to ${site.title} with this address.`,
      "",
      "The account of this address is being erased, as you asked, so it cannot be signed in to any more.",
      "When that is done, usually within minutes, a new account can be made with this address.",
    ),
  };
}

/** The notice of a sign-in with a browser that the member had not used before. */
export function newBrowserNotice(
  site: SiteSettings,
  { summary, at, devicesLink }: { summary: string; at: Date; devicesLink: string },
): MailText {
  const when = new Intl.DateTimeFormat(site.language, {
    dateStyle: "long",
    timeStyle: "short",
    timeZone: site.timeZone,
  }).format(at);
  return {
    subject: `A new sign-in to ${site.title}`,
    text: lines(
      `Your account at ${site.title} was signed in to with a browser that it had not been used in before:`,
      "",
      `    ${summary}, ${when}`,
      "",
      "If it was you, there is nothing to do. If it was not, sign out everywhere here:",
      "",
      devicesLink,
      "",
      "and look after your mailbox: whoever reads it can sign in.",
    ),
  };
}

function lines(...parts: string[]): string {
  return `${parts.join("\n")}\n`;
}
