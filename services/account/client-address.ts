// Where a request comes from, for rate limits: the network of its address, since one household or one attacker
// has many IPv6 addresses. Nothing else is made of it, and it is only kept hashed.
import { isIPv4, isIPv6 } from "node:net";
import type { PageRequest } from "@rose-ash/platform/app";

/**
 * The network of the client: an IPv4 address, or the first 64 bits of an IPv6 one; null when nothing says.
 * A proxy in front writes the last entry of X-Forwarded-For; what stands before it anybody may have written.
 */
export function clientNetwork({ headers }: Pick<PageRequest, "headers">): string | null {
  const forwarded = headers["x-forwarded-for"];
  const text = Array.isArray(forwarded) ? forwarded.join(",") : (forwarded ?? "");
  return networkOf(text.split(",").at(-1)?.trim() ?? "");
}

/** The /32 of an IPv4 address, also of one written as IPv6, or the /64 of an IPv6 one. */
export function networkOf(address: string): string | null {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined && isIPv4(mapped)) return mapped;
  if (isIPv4(address)) return address;
  const plain = address.split("%", 1)[0] ?? "";
  if (!isIPv6(plain)) return null;
  return `${expand(plain).slice(0, 4).join(":")}::/64`;
}

/** The eight groups of an IPv6 address, without leading zeros. */
function expand(address: string): string[] {
  const [head = "", tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split("::");
  const first = head === "" ? [] : head.split(":");
  const last = tail === undefined || tail === "" ? [] : tail.split(":");
  const missing = tail === undefined ? 0 : 8 - first.length - last.length;
  return [...first, ...Array<string>(missing).fill("0"), ...last];
}
