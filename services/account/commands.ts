// What the account service does from the command line: the first operator's link, a role for somebody, and a few
// invented members for a demonstration.
import { type Command, WrongUsage } from "@rose-ash/platform/app";
import { roleSchema } from "@rose-ash/platform/auth";
import { readAddress } from "./address.ts";
import { demoCommand } from "./demo.ts";
import { changeRole, firstOperatorLink } from "./member.ts";
import type { AccountParts } from "./routes.ts";

export function commands(parts: AccountParts): Record<string, Command> {
  return {
    "operator-link": operatorLinkCommand(parts),
    grant: grantCommand(parts),
    demo: demoCommand(parts),
  };
}

function operatorLinkCommand(parts: AccountParts): Command {
  return {
    help: "prints a link, good once and for a day, that makes the first operator's account",
    async run(_args, session) {
      const link = await firstOperatorLink(parts);
      if (link.kind === "operator-is-there") {
        session.print("There is an operator already: they can give others a role.");
        return { exitCode: 1, report: link };
      }
      session.print(`Become the operator here, within a day: ${link.address}`);
      return { report: link };
    },
  };
}

function grantCommand(parts: AccountParts): Command {
  const usage = "Say who gets which role: grant account ADDRESS member|editor|admin|operator.";
  return {
    help: "ADDRESS ROLE: gives the member with this e-mail address a role",
    async run(args, session) {
      const [typed = "", wanted] = args;
      const role = roleSchema.safeParse(wanted);
      const address = readAddress(typed);
      if (args.length !== 2 || !role.success || address === null) throw new WrongUsage(usage);
      const member = await parts.store.members.findByAddress(address);
      if (!member) {
        session.print("Nobody has this address: they must sign in once before they can get a role.");
        return { exitCode: 1 };
      }
      const given = { memberId: member.id, role: role.data, actor: null, requestId: null };
      const outcome = await changeRole(parts, given);
      session.print(sentences[outcome.kind]);
      return {
        exitCode: outcome.kind === "changed" || outcome.kind === "unchanged" ? 0 : 1,
        report: outcome,
      };
    },
  };
}

const sentences = {
  changed: "The role is given. It counts from the next page they look at.",
  unchanged: "They have this role already.",
  "last-operator": "This is the only operator: make somebody else one first.",
  meanwhile: "Somebody else gave them a role at the same time: look again.",
  "no-member": "They are being erased, or have been.",
} as const;
