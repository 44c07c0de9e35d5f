// Networks: what is one visitor for a rate limit, and what is not.
import assert from "node:assert/strict";
import { test } from "node:test";
import { clientNetwork, networkOf } from "./client-address.ts";

test("an IPv4 address is its own network, however it is written", () => {
  assert.equal(networkOf("203.0.113.7"), "203.0.113.7");
  assert.equal(networkOf("::ffff:203.0.113.7"), "203.0.113.7");
});

test("the IPv6 addresses of one household are one network, those of the next are not", () => {
  const home = networkOf("2001:db8:1:2::1");
  assert.equal(home, "2001:db8:1:2::/64");
  for (const address of ["2001:0db8:0001:0002:ffff:0:0:1", "2001:DB8:1:2::", "2001:db8:1:2:3:4:5.6.7.8"]) {
    assert.equal(networkOf(address), home, address);
  }
  assert.notEqual(networkOf("2001:db8:1:3::1"), home);
  assert.equal(networkOf("::1"), "0:0:0:0::/64");
  assert.equal(networkOf("fe80::1%eth0"), "fe80:0:0:0::/64");
});

test("only the last entry, the proxy's own, is believed; nonsense is nobody", () => {
  const network = (text: string) => clientNetwork({ headers: { "x-forwarded-for": text } });
  assert.equal(network("198.51.100.1, 203.0.113.7"), "203.0.113.7");
  assert.equal(network("203.0.113.7, "), null);
  assert.equal(network("eve"), null);
  assert.equal(clientNetwork({ headers: {} }), null);
});
