// The command `demo`: a few invented members, one of each role but the operator's, whose link it prints. Running
// it again adds nobody twice.
import { randomUUID } from "node:crypto";
import type { Command } from "@rose-ash/platform/app";
import type { Role } from "@rose-ash/platform/auth";
import { firstOperatorLink } from "./member.ts";
import type { AccountParts } from "./routes.ts";
import { addMember } from "./sign-in.ts";

const people: readonly {
  readonly address: string;
  readonly name: string;
  readonly role: Role;
  readonly level: string | null;
}[] = [
  { address: "ada@example.org", name: "Ada Marlowe", role: "admin", level: "supporter" },
  { address: "ben@example.org", name: "Ben Okafor", role: "editor", level: null },
  { address: "cleo@example.org", name: "Cleo Winters", role: "member", level: "supporter" },
  { address: "dev@example.org", name: "Dev Anand Rao", role: "member", level: null },
];

export function demoCommand(parts: AccountParts): Command {
  const { store } = parts;
  return {
    help: "adds a few invented members and prints the first operator's link",
    async run(_args, session) {
      let added = 0;
      for (const person of people) {
        added += await store.change(async (tx) => {
          if (await store.members.findByAddress(person.address, tx)) return 0;
          await addMember(parts, tx, { id: randomUUID(), joinedAt: parts.now(), ...person }, null);
          return 1;
        });
      }
      session.print(
        added > 0 ? `Invented members are in: ${added}.` : "The invented members were in already.",
      );
      const link = await firstOperatorLink(parts);
      if (link.kind === "made") session.print(`Become the operator here, within a day: ${link.address}`);
      return { report: { added, operatorLink: link.kind === "made" ? link.address : null } };
    },
  };
}
