// The PostgreSQL server as a database: a pool of connections, each set up so that values are written the way
// values.ts reads them. Promise: a lost connection fails the work that was using it and nothing else, and no
// message shows the password. The embedded counterpart is embedded.ts.
import type { Pool } from "pg";
import { StoreRefusal } from "./refusal.ts";
import { valueParsers } from "./values.ts";

/** The oldest server whose SQL the services may use. */
const oldestMajor = 15;

/** Makes a session write dates, bytes and numbers in the one form that values.ts and backups rely on. */
export const sessionSettings =
  "set time zone 'UTC'; set datestyle to 'ISO, YMD'; set intervalstyle to 'postgres'; " +
  "set bytea_output to 'hex'; set extra_float_digits to 1; set standard_conforming_strings to on";

/** Opens a pool of up to `poolSize` connections and tries one; refuses when there is no usable server. */
export async function openPool(url: string, poolSize: number): Promise<Pool> {
  const pg = (await import("pg")).default;
  const parsers = valueParsers();
  const asIs = (text: string) => text;
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: 5000,
    application_name: "rose-ash",
    // The overloads of pg's own type cannot be met by one function; the text form is all that is ever asked for.
    types: { getTypeParser: ((oid: number) => parsers.get(oid) ?? asIs) as never },
  });
  // Without a listener an idle or waiting connection that the server ends would end this process. The loss is
  // not hidden: work on that connection fails by itself, and the pool opens another for the next.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  try {
    const found = await pool.query<{ major: number }>(
      "select current_setting('server_version_num')::int / 10000 as major",
    );
    const major = found.rows[0]?.major ?? 0;
    if (major < oldestMajor) throw tooOld(url, major);
    return pool;
  } catch (error) {
    await pool.end();
    throw error instanceof StoreRefusal ? error : unreachable(url, error);
  }
}

function tooOld(url: string, major: number): StoreRefusal {
  return new StoreRefusal(
    "incompatible",
    `The server of ${describeAddress(url)} is PostgreSQL ${major}: use version ${oldestMajor} or later.`,
  );
}

function unreachable(url: string, error: unknown): StoreRefusal {
  const advice: Record<string, string> = {
    ECONNREFUSED: "start PostgreSQL there or correct the address",
    ENOTFOUND: "correct the host name",
    "3D000": "create that database, or correct its name",
    "28P01": "correct the user or the password",
    "28000": "correct the user, or allow it in the server's pg_hba.conf",
  };
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const reason = error instanceof Error && error.message ? error.message : code || "no answer";
  return new StoreRefusal(
    "unreachable",
    `Cannot open ${describeAddress(url)} (${reason}): ${advice[code] ?? "see that the server runs and the address is right"}.`,
    { cause: error },
  );
}

/** The address of a database without its password or parameters, for messages. */
function describeAddress(url: string): string {
  if (!URL.canParse(url)) return "the PostgreSQL database at the configured address";
  const { username, hostname, port, pathname } = new URL(url);
  const user = username ? ` as ${decodeURIComponent(username)}` : "";
  return `the PostgreSQL database ${decodeURIComponent(pathname.slice(1))} at ${hostname}:${port || 5432}${user}`;
}
