// The post office: makes the mails that facts ask for. The secrets of a letter are made here, from its id and a
// key, so they are in no fact and no table; a mail that is sent twice is the same mail.
import { createAccountKeys } from "./keys.ts";
import {
  leavingLetter,
  linkPath,
  type MailText,
  newBrowserNotice,
  noAccountLetter,
  signInLetter,
} from "./letter-mail.ts";
import type { AccountParts } from "./routes.ts";

/** Sends a letter that is still good. Throws when the mail cannot be handed over. */
export async function sendLetter(parts: AccountParts, letterId: string): Promise<void> {
  const { store, site, origin, settings, secrets } = parts;
  const letter = await store.letters.find(letterId, parts.now());
  if (letter?.state !== "good") return;
  const { address, page } = letter;
  if (await store.erasures.isLeaving(address)) return await send(parts, address, leavingLetter(site));
  const keys = createAccountKeys(secrets);
  const mayEnter =
    settings.joining === "open" ||
    (await store.members.findByAddress(address)) !== null ||
    (await store.operatorLinks.isClaimedBy(address, parts.now()));
  const link = `${origin}${linkPath(page, keys.letterToken(letterId))}`;
  const code = page === null ? null : keys.letterCode(letterId);
  await send(parts, address, mayEnter ? signInLetter(site, link, code) : noAccountLetter(site));
}

/** Tells a member of a sign-in with a browser that is new to them. */
export async function sendNewBrowserNotice(parts: AccountParts, deviceKey: string): Promise<void> {
  const { store, site, origin } = parts;
  const device = await store.devices.describe(deviceKey);
  const member = device && (await store.members.find(device.memberId));
  if (!device || !member) return;
  const { summary, createdAt: at } = device;
  await send(
    parts,
    member.address,
    newBrowserNotice(site, { summary, at, devicesLink: `${origin}/devices/` }),
  );
}

async function send({ mailer }: AccountParts, to: string, { subject, text }: MailText): Promise<void> {
  await mailer.send({ to, subject, text });
}
