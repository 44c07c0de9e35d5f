// What conditions and the doors of trust promise: they hold what they were given, and only they make such values.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Keyword, Markup, TrustedUrl, type Value } from "../values.ts";
import { createPrimitives } from "./table.ts";

const table = createPrimitives();
const call = (name: string, ...args: Value[]) => table.get(name)!.call(...args);

test("a condition gives back its parts", () => {
  const sold = call("condition", "shop/sold-out", "No tickets are left.", { ticket: 7 });
  assert.equal(call("condition-kind", sold), "shop/sold-out");
  assert.equal(call("condition-message", sold), "No tickets are left.");
  assert.deepEqual(call("condition-data", sold), { ticket: 7 });
  assert.equal(call("condition-data", call("condition", new Keyword("a/b"), "m")), null);
  assert.equal(call("condition-kind", call("condition", new Keyword("a/b"), "m")), "a/b");
  assert.equal(call("condition?", { kind: "a/b", message: "m" }), false, "data is never a condition");
});

test("conditions are equal by kind, message and data", () => {
  assert.equal(call("=", call("condition", "a/b", "m", [1]), call("condition", "a/b", "m", [1])), true);
  assert.equal(call("=", call("condition", "a/b", "m", [1]), call("condition", "a/b", "m", [2])), false);
});

test("a condition's parts have types", () => {
  assert.throws(() => call("condition", 1, "m"), { kind: "call/type" });
  assert.throws(() => call("condition", "a/b"), { kind: "call/arity" });
  assert.throws(() => call("condition-kind", { kind: "a/b" }), { kind: "call/type" });
});

test("raw! is the way from text to markup, and takes nothing but text", () => {
  const markup = call("raw!", "<b>x</b>");
  assert.ok(markup instanceof Markup);
  assert.equal(markup.html, "<b>x</b>");
  for (const bad of [null, 1, ["<b>"], markup]) assert.throws(() => call("raw!", bad), { kind: "call/type" });
});

test("trusted-url vouches for a string", () => {
  const url = call("trusted-url", "sms:+1");
  assert.ok(url instanceof TrustedUrl);
  assert.equal(url.url, "sms:+1");
  assert.throws(() => call("trusted-url", null), { kind: "call/type" });
});
