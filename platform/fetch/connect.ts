// The guarded dialler: the one place where an outbound socket is opened.
// Promise: the address that was checked is the address that is dialled, because the check sits inside the
// lookup that feeds the socket; a name that changes its mind between check and use (DNS rebinding) gains
// nothing. Literal addresses skip lookup in Node, so they are checked here too. Ranges are in address.ts.
import { lookup as systemLookup } from "node:dns/promises";
import { isIP, type LookupFunction } from "node:net";
import type { buildConnector } from "undici";
import { isPublicAddress } from "./address.ts";

/** Turns a host name into IP addresses; rejects when the name is unknown. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

export type ConnectRules = {
  /** `host:port` pairs that may be dialled at any address, written as in the URL but without brackets. */
  readonly exceptions: ReadonlySet<string>;
  readonly resolve: Resolve;
  readonly connectMs: number;
  /** PEM certificates trusted instead of the system's. */
  readonly trustedCertificates: string | undefined;
};

/** Thrown through the socket when a host has no address outside the reserved ranges. */
export class AddressRefused extends Error {
  readonly host: string;
  constructor(host: string) {
    super(`${host} is not on the public internet`);
    this.host = host;
  }
}

/** The names the system's resolver knows, hosts file included. */
export const resolveWithSystem: Resolve = async (hostname) => {
  const found = await systemLookup(hostname, { all: true, order: "verbatim" });
  return found.map((entry) => entry.address);
};

/** A connector for undici's Agent that keeps `rules`; `build` is undici's own `buildConnector`. */
export function guardedConnector(
  build: typeof buildConnector,
  rules: ConnectRules,
): buildConnector.connector {
  const dialler = (lookup: LookupFunction) =>
    build({
      lookup,
      timeout: rules.connectMs,
      allowH2: false,
      rejectUnauthorized: true, // said here so that no environment variable can turn it off
      ...(rules.trustedCertificates === undefined ? {} : { ca: rules.trustedCertificates }),
    });
  const guarded = dialler(lookupThrough(rules.resolve, isPublicAddress));
  const open = dialler(lookupThrough(rules.resolve, () => true));

  return (target, callback) => {
    const port = target.port || (target.protocol === "https:" ? "443" : "80");
    if (rules.exceptions.has(`${target.hostname}:${port}`)) return open(target, callback);
    if (isIP(target.hostname) !== 0 && !isPublicAddress(target.hostname)) {
      return process.nextTick(callback, new AddressRefused(target.hostname), null);
    }
    return guarded(target, callback);
  };
}

/** A socket's lookup that hands on only the addresses `mayDial` accepts, and fails when none is left. */
function lookupThrough(resolve: Resolve, mayDial: (ip: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const allowed = addresses.filter(mayDial).map((address) => ({ address, family: isIP(address) }));
        const first = allowed[0];
        if (!first) return callback(new AddressRefused(hostname), "", 0);
        return options.all ? callback(null, allowed) : callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, "", 0),
    );
  };
}
