// The real services with switches: an account service that does not answer, a blog that does not hear of sign-outs,
// and a look at a service's own parts, through the doors that a service's description has for such things.
import type { AnyService, Mount, ServiceParts } from "../platform/app/service.ts";
import type { AnyAnswers } from "../platform/rpc/answers.ts";
import { services } from "./signing-in.ts";

// biome-ignore lint/suspicious/noExplicitAny: parts of any service
type Parts = ServiceParts<any, any>;

export interface Faults {
  /** While true the account service answers no call of another. */
  accountIsDown: boolean;
  /** While true the blog takes no logout token. */
  blogIsDeaf: boolean;
}

export interface FaultyServices {
  readonly services: readonly AnyService[];
  readonly faults: Faults;
  /** What a service of the installation works with, once it was started. */
  partsOf(service: string): Parts;
}

export function createFaultyServices(): FaultyServices {
  const faults: Faults = { accountIsDown: false, blogIsDeaf: false };
  const seen = new Map<string, Parts>();
  const wrap = (service: AnyService): AnyService => ({
    ...service,
    answers(parts: Parts) {
      seen.set(service.name, parts);
      const answers = service.answers?.(parts) ?? { queries: {}, actions: {}, fragments: {} };
      return service.name === "account" ? interrupt(answers, faults) : answers;
    },
    mounts(parts: Parts) {
      const own = service.mounts?.(parts) ?? [];
      return service.name === "blog" ? [...own, deafEar(faults)] : own;
    },
  });
  return {
    services: services.map(wrap),
    faults,
    partsOf(name) {
      const parts = seen.get(name);
      if (!parts) throw new Error(`The service ${name} was not started.`);
      return parts;
    },
  };
}

/** Stands before the address for logout tokens while it is switched on. */
function deafEar(faults: Faults): Mount {
  return {
    get prefix() {
      return faults.blogIsDeaf ? "/auth/back-channel-logout" : "/there-is-no-such-address";
    },
    handle: async (_incoming, outgoing) => void outgoing.writeHead(503).end(),
  };
}

type Functions = Readonly<Record<string, (...given: never[]) => unknown>>;

function interrupt(answers: AnyAnswers, faults: Faults): AnyAnswers {
  const wrap = (functions: Functions): Functions =>
    Object.fromEntries(
      Object.entries(functions).map(([name, answer]) => [
        name,
        (...given: never[]) => {
          if (faults.accountIsDown) throw new Error("The account service is down, for this test.");
          return answer(...given);
        },
      ]),
    );
  const { queries, actions, fragments } = answers as Record<"queries" | "actions" | "fragments", Functions>;
  return { queries: wrap(queries), actions: wrap(actions), fragments: wrap(fragments) } as AnyAnswers; // the same signatures
}
