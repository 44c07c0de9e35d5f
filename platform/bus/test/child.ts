// A process of the fault tests: emits facts, or works on them, or both, until it is killed. Arguments: the
// database's location as JSON, "emit", "work" or "both", and how many facts there are to be in all.
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import { type DatabaseLocation, openDatabase } from "../../store/store.ts";
import { createDeliveries } from "../deliveries.ts";
import { createLedgerOutbox, type LedgerDatabase, raise, startLedgerWorker } from "./ledger.ts";

const [place = "", role = "", wanted = "0"] = process.argv.slice(2);
const location = JSON.parse(place) as DatabaseLocation; // written by the test that started this
const database: LedgerDatabase = await openDatabase(location);
if (location.kind === "embedded") await createDeliveries(database).releaseAll();
const worker = role === "emit" ? null : startLedgerWorker(database);
console.log("running");
if (role !== "work") await emit();

async function emit(): Promise<void> {
  const outbox = createLedgerOutbox(undefined, () => database.afterCommit(() => worker?.wake()));
  while ((await countFacts()) < Number(wanted)) {
    const object = `object ${Math.floor(Math.random() * 12)}`;
    try {
      await database.transaction(async (tx) => {
        await raise(tx, outbox, object, (n) => n % 40 === 0);
        if (Math.random() < 0.1) throw new Error("changed its mind");
      });
    } catch {
      await sleep(5); // the connection was cut, or the mind changed: neither change nor fact is there
    }
  }
}

async function countFacts(): Promise<number> {
  try {
    const found = await sql<{ n: number }>`select coalesce(sum(n), 0)::int as n from counter`.execute(
      database.query,
    );
    return found.rows[0]?.n ?? 0;
  } catch {
    return 0; // the connection was cut; the next question gets another
  }
}
