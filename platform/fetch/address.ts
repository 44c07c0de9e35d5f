// Which IP addresses belong to the public internet: the question asked before every outbound connection.
// Promise: anything not positively known to be public is not public. IPv4 is public unless a range below
// reserves it; IPv6 is public only inside 2000::/3 and outside the ranges below, so every way of writing an
// IPv4 address in IPv6 (mapped, NAT64, 6to4, Teredo) is refused whole. The dialling is in connect.ts.
import { BlockList, isIPv4, isIPv6 } from "node:net";

/** IANA's special-purpose registry for IPv4, plus multicast, plus one cloud's internal address. */
const reservedIpv4: readonly (readonly [network: string, prefix: number])[] = [
  ["0.0.0.0", 8], // this network
  ["10.0.0.0", 8], // private
  ["100.64.0.0", 10], // carrier-grade NAT
  ["127.0.0.0", 8], // loopback
  ["168.63.129.16", 32], // public by number, but a cloud's host-only control address
  ["169.254.0.0", 16], // link-local, where clouds keep instance credentials
  ["172.16.0.0", 12], // private
  ["192.0.0.0", 24], // protocol assignments
  ["192.0.2.0", 24], // documentation
  ["192.31.196.0", 24], // AS112
  ["192.52.193.0", 24], // AMT
  ["192.88.99.0", 24], // 6to4 relays
  ["192.168.0.0", 16], // private
  ["192.175.48.0", 24], // AS112
  ["198.18.0.0", 15], // benchmarking
  ["198.51.100.0", 24], // documentation
  ["203.0.113.0", 24], // documentation
  ["224.0.0.0", 4], // multicast
  ["240.0.0.0", 4], // reserved, and broadcast
];

/** The parts of 2000::/3 that are not plain public unicast. */
const reservedIpv6: readonly (readonly [network: string, prefix: number])[] = [
  ["2001::", 23], // protocol assignments, Teredo, benchmarking, ORCHID
  ["2001:db8::", 32], // documentation
  ["2002::", 16], // 6to4: carries any IPv4 address
  ["2620:4f:8000::", 48], // AS112
  ["3fff::", 20], // documentation
];

const closedIpv4 = blockListOf("ipv4", reservedIpv4);
const closedIpv6 = blockListOf("ipv6", reservedIpv6);
const globalUnicast = blockListOf("ipv6", [["2000::", 3]]);

/**
 * Whether `ip` (an address, never a host name) may be dialled as part of the public internet.
 * False for anything that is not a plain address, including `fe80::1%eth0` and `[::1]`.
 */
export function isPublicAddress(ip: string): boolean {
  if (isIPv4(ip)) return !closedIpv4.check(ip, "ipv4");
  if (isIPv6(ip) && !ip.includes("%"))
    return globalUnicast.check(ip, "ipv6") && !closedIpv6.check(ip, "ipv6");
  return false;
}

function blockListOf(family: "ipv4" | "ipv6", ranges: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of ranges) list.addSubnet(network, prefix, family);
  return list;
}
