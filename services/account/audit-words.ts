// The audit log in words, for the pages that show it: who did what to whom, when.
import type { AccountStore } from "./store.ts";
import type { AuditEntry } from "./store-audit.ts";

const actions: Readonly<Record<AuditEntry["action"], string>> = {
  join: "made an account",
  "sign-in": "signed in",
  "sign-out": "signed out",
  role: "role",
  level: "membership level",
  profile: "changed the profile",
  "passkey-added": "added a passkey",
  "passkey-removed": "removed a passkey",
  "passkey-refused": "a passkey was refused",
  erasure: "erasure",
};

export interface AuditLine {
  readonly at: string;
  /** ISO 8601. */
  readonly moment: string;
  readonly action: string;
  /** Null when nobody was signed in, or is known any more. */
  readonly actor: string | null;
  /** Null where it is the actor's own account. */
  readonly target: string | null;
}

/** Makes lines of entries, with the names that members have now. */
export function auditWriter({ members }: AccountStore, written: (at: Date) => string) {
  return async (entries: readonly AuditEntry[]): Promise<AuditLine[]> => {
    const ids = entries.flatMap(({ actor, target }) => [actor, target]).filter((id) => id !== null);
    const names = new Map((await members.namesOf([...new Set(ids)])).map(({ id, name }) => [id, name]));
    const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? "A former member"));
    return entries.map(({ at, action, actor, target, detail }) => ({
      at: written(at),
      moment: at.toISOString(),
      action: describe(action, detail ?? {}),
      actor: nameOf(actor),
      target: target === actor ? null : nameOf(target),
    }));
  };
}

function describe(action: AuditEntry["action"], detail: NonNullable<AuditEntry["detail"]>): string {
  const { before, after, method } = detail;
  if (action === "role" || action === "level") {
    return `${actions[action]}: ${before ?? "none"} to ${after ?? "none"}`;
  }
  return method ? `${actions[action]} (${method})` : actions[action];
}
