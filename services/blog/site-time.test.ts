// Times in a zone, around changes of the clocks in both directions.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readSiteTime, writeSiteTime } from "./site-time.ts";

const instant = (text: string, zone: string) => {
  const time = readSiteTime(text, zone);
  return time.kind === "instant" ? time.at.toISOString() : time.kind;
};

test("a clock time is an instant of its zone, in winter and in summer", () => {
  assert.equal(instant("2026-01-10T10:30", "Europe/London"), "2026-01-10T10:30:00.000Z");
  assert.equal(instant("2026-06-10T10:30", "Europe/London"), "2026-06-10T09:30:00.000Z");
  assert.equal(instant("2026-06-10 10:30:59", "Asia/Kolkata"), "2026-06-10T05:00:00.000Z");
  assert.equal(instant("2026-06-10T00:15", "Pacific/Kiritimati"), "2026-06-09T10:15:00.000Z");
});

test("an hour that is left out is no time, and of one that comes twice the first is meant", () => {
  assert.equal(instant("2026-03-29T01:30", "Europe/London"), "left-out");
  assert.equal(instant("2026-03-29T02:00", "Europe/London"), "2026-03-29T01:00:00.000Z");
  assert.equal(instant("2026-10-25T01:30", "Europe/London"), "2026-10-25T00:30:00.000Z");
  assert.equal(instant("2026-10-25T02:00", "Europe/London"), "2026-10-25T02:00:00.000Z");
  assert.equal(instant("2026-11-01T01:30", "America/New_York"), "2026-11-01T05:30:00.000Z");
});

test("what is no day and time is nonsense", () => {
  for (const text of [
    "",
    "tomorrow",
    "2026-02-30T10:00",
    "2026-13-01T10:00",
    "2026-01-01T25:00",
    "0026-01-01T10:00",
  ]) {
    assert.equal(instant(text, "Europe/London"), "nonsense", text);
  }
});

test("writing and reading again gives the same minute, all through a year", () => {
  for (const zone of ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]) {
    for (let at = Date.UTC(2026, 0, 1, 0, 7); at < Date.UTC(2027, 0, 1); at += 17 * 3_600_000 + 60_000) {
      const written = writeSiteTime(new Date(at), zone);
      const read = readSiteTime(written, zone);
      assert.ok(read.kind === "instant" && writeSiteTime(read.at, zone) === written, `${zone} ${written}`);
    }
  }
});
