// The profile: the name that others see. A name is taken as it was typed or refused with a reason, never cut.
import { longestName, readName } from "./address.ts";
import type { AccountParts } from "./routes.ts";

export type NameCheck =
  | { readonly kind: "good"; readonly name: string }
  | { readonly kind: "empty" | "too-long" | "control-characters" };

/** Checks a name that was typed: 1 to 80 characters, without those that cannot be seen. */
export function checkName(typed: string): NameCheck {
  const trimmed = typed.trim();
  if (trimmed === "") return { kind: "empty" };
  if (/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u.test(trimmed)) return { kind: "control-characters" };
  if ([...trimmed.normalize("NFC")].length > longestName || trimmed.length > longestName) {
    return { kind: "too-long" };
  }
  const name = readName(trimmed);
  return name === null ? { kind: "empty" } : { kind: "good", name };
}

/** Gives a member another name; false when they have it already. */
export async function rename(
  { store, now }: AccountParts,
  { memberId, name, requestId }: { memberId: string; name: string; requestId: string },
): Promise<boolean> {
  return await store.change(async (tx) => {
    const member = await store.members.find(memberId, tx);
    if (!member || member.name === name) return false;
    await store.members.rename(tx, memberId, name);
    const person = { actor: memberId, target: memberId, requestId };
    // Names are of the person and can be erased, so the log has none.
    await store.audit.note(tx, { at: now(), action: "profile", ...person, detail: { what: "name" } });
    return true;
  });
}
