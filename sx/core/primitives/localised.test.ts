// What localised formats promise: locale and zone decide alone, and unknown ones are errors.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Value } from "../values.ts";
import { createPrimitives } from "./table.ts";

const table = createPrimitives();
const call = (name: string, ...args: Value[]) => table.get(name)!.call(...args);
/** Intl puts narrow and no-break spaces where people see a space. */
const spaced = (text: Value) => String(text).replace(/[\u00a0\u202f]/g, " ");

test("money counts in the currency's smallest units", () => {
  assert.equal(call("format-money", 123456, "GBP", "en-GB"), "£1,234.56");
  assert.equal(call("format-money", 5, "GBP", "en-GB"), "£0.05");
  assert.equal(call("format-money", -1999, "GBP", "en-GB"), "-£19.99");
  assert.equal(call("format-money", 0, "GBP", "en-GB"), "£0.00");
  assert.equal(spaced(call("format-money", 123456, "EUR", "de-DE")), "1.234,56 €");
  assert.equal(spaced(call("format-money", 1234, "JPY", "en")), "¥1,234");
  assert.equal(spaced(call("format-money", 1234567, "KWD", "en")), "KWD 1,234.567");
  assert.equal(spaced(call("format-money", 500, "ISK", "en")), "ISK 500");
});

test("large amounts keep every digit", () => {
  assert.equal(call("format-money", Number.MAX_SAFE_INTEGER, "GBP", "en-GB"), "£90,071,992,547,409.91");
  assert.throws(() => call("format-money", 10.5, "GBP", "en-GB"), { kind: "call/type" });
});

test("unknown currencies, locales, zones and patterns are errors", () => {
  const calls: Value[][] = [
    ["format-money", 1, "pounds", "en-GB"],
    ["format-money", 1, "gbp", "en-GB"],
    ["format-money", 1, "GBP", "xx"],
    ["format-money", 1, "GBP", "not a locale"],
    ["format-money", 1, "GBP", ""],
    ["format-decimal", 1, 2, "xx"],
    ["format-decimal", 1, 21],
    ["format-decimal", 1, -1],
    ["format-date", 0, "date", "xx", "UTC"],
    ["format-date", 0, "date", "en-GB", "Mars/Olympus"],
    ["format-date", 0, "iso", "en-GB", ""],
    ["format-date", 0, "iso", "xx", "UTC"],
    ["format-date", 0, "long", "en-GB", "UTC"],
    ["format-date", 0, "constructor", "en-GB", "UTC"],
  ];
  for (const [name, ...args] of calls) {
    assert.throws(() => call(name as string, ...args), { kind: "format/bad-option" }, JSON.stringify(args));
  }
});

test("decimals have the digits asked for, grouped where a locale is given", () => {
  assert.equal(call("format-decimal", 1234.5, 2), "1234.50");
  assert.equal(call("format-decimal", 1234.5, 2, "en-GB"), "1,234.50");
  assert.equal(call("format-decimal", 1234.5, 1, "de"), "1.234,5");
  assert.equal(call("format-decimal", 2.5, 0), "3");
  assert.equal(call("format-decimal", -0.001, 2), "0.00");
  assert.equal(call("format-decimal", 1e21, 0), "1000000000000000000000");
});

test("dates are printed for the zone given, summer time included", () => {
  const summer = "2026-07-01T23:30:00Z";
  assert.equal(call("format-date", summer, "date", "en-GB", "UTC"), "1 July 2026");
  assert.equal(call("format-date", summer, "date", "en-GB", "Europe/London"), "2 July 2026");
  assert.equal(call("format-date", summer, "iso", "en-GB", "Europe/London"), "2026-07-02T00:30:00+01:00");
  assert.equal(call("format-date", summer, "iso", "en-GB", "UTC"), "2026-07-01T23:30:00Z");
  assert.equal(
    call("format-date", summer, "rfc822", "en-GB", "Europe/London"),
    "Thu, 02 Jul 2026 00:30:00 +0100",
  );
  assert.equal(
    call("format-date", summer, "rfc822", "de", "America/St_Johns"),
    "Wed, 01 Jul 2026 21:00:00 -0230",
  );
  assert.equal(spaced(call("format-date", summer, "datetime", "en-GB", "UTC")), "1 July 2026 at 23:30");
  assert.equal(call("format-date", summer, "time", "en-GB", "UTC"), "23:30");
  assert.equal(call("format-date", summer, "month", "en-GB", "UTC"), "July 2026");
  assert.equal(call("format-date", summer, "year", "en-GB", "UTC"), "2026");
  assert.equal(call("format-date", summer, "weekday", "de", "UTC"), "Mittwoch");
  assert.equal(call("format-date", summer, "short", "en-GB", "UTC"), "1 Jul 2026");
});

test("an instant is milliseconds, or ISO text that says its offset", () => {
  const iso = (given: Value) => call("format-date", given, "iso", "en", "UTC");
  assert.equal(iso(0), "1970-01-01T00:00:00Z");
  assert.equal(iso("2026-01-02T03:04:05.678Z"), "2026-01-02T03:04:05Z");
  assert.equal(iso("2026-01-02T03:04+02:00"), "2026-01-02T01:04:00Z");
  assert.equal(iso("2026-01-02 03:04:05-0530"), "2026-01-02T08:34:05Z");
  assert.equal(iso(-1), "1969-12-31T23:59:59Z");
  assert.equal(iso("0001-01-01T00:00:00Z"), "0001-01-01T00:00:00Z");
  for (const bad of [
    "2026-01-02T03:04:05",
    "2026-02-30",
    "2026-13-01",
    "yesterday",
    "",
    "2026-01-01T24:30Z",
    1e15,
    Number.NaN,
    -1e14,
  ]) {
    assert.throws(() => iso(bad), { kind: "format/bad-option" }, String(bad));
  }
});

test("a date alone is that date in every zone", () => {
  for (const zone of ["Pacific/Kiritimati", "UTC", "Pacific/Pago_Pago"]) {
    assert.equal(call("format-date", "2026-03-08", "date", "en-GB", zone), "8 March 2026");
    assert.equal(call("format-date", "2026-03-08", "iso", "en-GB", zone), "2026-03-08");
  }
  assert.equal(call("format-date", "2028-02-29", "weekday", "en-GB", "UTC"), "Tuesday");
});
