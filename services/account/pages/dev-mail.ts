// The letters of a site in development, which has no mail server: who works on it reads them here.
// Promise: there are no such pages anywhere else, and of a letter only its http(s) links lead somewhere.
import { type Answer, momentWriter, type PageRequest, privatePage } from "@rose-ash/platform/app";
import type { AccountParts } from "../routes.ts";

/** GET /dev/mail/ */
export function devMailPage({ devMailbox, site }: AccountParts) {
  const written = momentWriter(site);
  return async (): Promise<Answer> => {
    if (!devMailbox) return { kind: "not-found" };
    const letters = await devMailbox.list();
    return privatePage("~dev-mail-page", "Letters", {
      letters: letters.map(({ id, to, subject, sentAt }) => {
        return { href: `/dev/mail/${id}/`, to, subject, sent: written(sentAt) };
      }),
    });
  };
}

/** GET /dev/mail/:id/ */
export function devLetterPage({ devMailbox, site }: AccountParts) {
  const written = momentWriter(site);
  return async ({ params }: PageRequest): Promise<Answer> => {
    const letter = await devMailbox?.find(params.id ?? "");
    if (!letter) return { kind: "not-found" };
    const { to, from, subject, sentAt, text } = letter;
    const answer = privatePage("~dev-letter-page", subject, {
      to,
      from,
      sent: written(sentAt),
      pieces: splitAtLinks(text),
    });
    return { ...answer, referrer: "none" };
  };
}

/** A text in pieces, each with an address where it is a link. */
export function splitAtLinks(text: string): { text: string; href: string | null }[] {
  return text
    .split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]'])/)
    .map((piece, index) => ({ text: piece, href: index % 2 === 1 ? piece : null }))
    .filter((piece) => piece.text !== "");
}
