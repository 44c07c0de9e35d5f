// Personal data: the two things every service can do about one person, asked by the account service alone.
// A service declares them as `personalData`; one that keeps nothing of persons says so by having none.
import type { Transaction } from "kysely";
import { z } from "zod";
import type { Action, Query } from "./contract.ts";

/** What a service does about a person, named by the account's id. */
export interface PersonalData<Parts> {
  /** Everything it holds about the person, as plain data for their export. */
  readonly gather: (memberId: string, parts: Parts) => Promise<Readonly<Record<string, unknown>>>;
  /** Takes the person out of its data; answers in sentences what had to be kept, and why. Repeating it is harmless. */
  // biome-ignore lint/suspicious/noExplicitAny: the tables are the service's own
  readonly erase: (memberId: string, tx: Transaction<any>, parts: Parts) => Promise<readonly string[]>;
}

const memberOnly = z.object({ memberId: z.uuid() });
const gathered = z.record(z.string(), z.unknown());
const erased = z.object({ kept: z.array(z.string()) });

/** The query for a service's data of a person. */
export function personalDataOf(service: string): Query<typeof memberOnly, typeof gathered> {
  return {
    kind: "query",
    service,
    name: "personal-data",
    params: memberOnly,
    answer: gathered,
    callers: ["account"],
  };
}

/** The action that takes a person out of a service's data. */
export function eraseDataIn(service: string): Action<typeof memberOnly, typeof erased> {
  return {
    kind: "action",
    service,
    name: "erase-personal-data",
    payload: memberOnly,
    answer: erased,
    callers: ["account"],
  };
}
