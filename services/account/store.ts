// Everything that this service asks of its database, by noun: members, letters, devices, passkeys, the records of
// the OpenID Connect server, rate limits, the first operator's link, newsletters, erasures and the audit log.
// Promise: nothing outside store*.ts touches the database. What is one change is done in one `change`, together
// with the facts that report it; a function that takes a `tx` works in the caller's.
import type { Database } from "@rose-ash/platform/store";
import type { Transaction } from "kysely";
import { type AuditLog, createAuditLog } from "./store-audit.ts";
import { createDevices, type Devices } from "./store-devices.ts";
import { createDirectory, type Directory } from "./store-directory.ts";
import { createErasures, type Erasures } from "./store-erasures.ts";
import { createLetters, type Letters } from "./store-letters.ts";
import { createLimits, type Limits } from "./store-limits.ts";
import { createMembers, type Members } from "./store-members.ts";
import { createNewsletters, type Newsletters } from "./store-newsletters.ts";
import { createOidcRecords, type OidcRecords } from "./store-oidc-records.ts";
import { createOperatorLinks, type OperatorLinks } from "./store-operator-links.ts";
import { createPasskeys, type Passkeys } from "./store-passkeys.ts";
import type { Tables } from "./tables.ts";

export type Tx = Transaction<Tables>;

export interface AccountStore {
  readonly members: Members;
  readonly letters: Letters;
  readonly devices: Devices;
  readonly passkeys: Passkeys;
  readonly records: OidcRecords;
  readonly limits: Limits;
  readonly operatorLinks: OperatorLinks;
  readonly newsletters: Newsletters;
  readonly erasures: Erasures;
  readonly directory: Directory;
  readonly audit: AuditLog;
  /** Runs `work` in one transaction: kept whole or not at all. */
  change<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Deletes what has expired and is no longer of use; answers how many rows. Harmless at any time. */
  sweep(now: Date): Promise<number>;
}

export function createStore(database: Database<Tables>): AccountStore {
  const records = createOidcRecords(database);
  const letters = createLetters(database);
  const passkeys = createPasskeys(database);
  const limits = createLimits(database);
  return {
    members: createMembers(database),
    letters,
    devices: createDevices(database),
    passkeys,
    records,
    limits,
    operatorLinks: createOperatorLinks(database),
    newsletters: createNewsletters(database),
    erasures: createErasures(database),
    directory: createDirectory(database),
    audit: createAuditLog(database),
    change: (work) => database.transaction(work),
    async sweep(now) {
      const parts = [records, letters, passkeys, limits];
      let rows = 0;
      for (const part of parts) rows += await part.sweep(now);
      return rows;
    },
  };
}
