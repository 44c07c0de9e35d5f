// Instants: reading ISO 8601 text and printing the two fixed forms, ISO 8601 (RFC 3339) and the RFC 822
// form of feeds and mail. Text without Z or an offset is no instant and is refused, because it would mean
// another moment on every machine; a date alone is kept as that date.

import type { Value } from "../values.ts";

export interface Instant {
  readonly epochMs: number;
  /** The text, when a date without a time was given; its `epochMs` is then midnight UTC. */
  readonly dateOnly: string | null;
}

const isoDate = /^(\d{4})-(\d\d)-(\d\d)$/;
const isoDateTime =
  /^(\d{4}-\d\d-\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(?:([Zz])|([+-])(\d\d):?(\d\d))$/;

/** The years 1 to 9999, which every form here can write. */
const earliestMs = -62_135_596_800_000;
const latestMs = 253_402_300_799_999;

/** Reads an instant from ISO 8601 text or milliseconds since 1970; null if it is not one. */
export function parseInstant(given: Value): Instant | null {
  if (typeof given === "number") return instantAt(given, null);
  if (typeof given !== "string") return null;
  const midnight = midnightUtc(given);
  if (midnight !== null) return instantAt(midnight, given);
  const match = isoDateTime.exec(given);
  if (!match) return null;
  const [, date = "", hour, minute, second = "0", fraction = "0", utc, sign, offsetHours, offsetMinutes] =
    match;
  const day = midnightUtc(date);
  const clock = [Number(hour), Number(minute), Number(second)] as const;
  if (day === null || clock[0] > 23 || clock[1] > 59 || clock[2] > 60) return null;
  const clockMs =
    ((clock[0] * 60 + clock[1]) * 60 + clock[2]) * 1000 + Math.floor(Number(`0.${fraction}`) * 1000);
  if (utc) return instantAt(day + clockMs, null);
  if (Number(offsetHours) > 23 || Number(offsetMinutes) > 59) return null;
  const offsetMs = (Number(offsetHours) * 60 + Number(offsetMinutes)) * 60_000;
  return instantAt(day + clockMs - (sign === "-" ? -offsetMs : offsetMs), null);
}

function instantAt(epochMs: number, dateOnly: string | null): Instant | null {
  return epochMs >= earliestMs && epochMs <= latestMs ? { epochMs, dateOnly } : null;
}

/** Midnight UTC of a date that exists (2026-02-30 does not), else null. */
function midnightUtc(date: string): number | null {
  const match = isoDate.exec(date);
  if (!match) return null;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number]; // three groups
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, day);
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? at.getTime() : null;
}

/**
 * `2026-07-01T13:00:00+01:00`, or with Z at no offset. `clockMs` is what the zone's clocks show, as the
 * milliseconds at which UTC clocks show it; fractions of a second are left out.
 */
export function offsetDateTime(instant: Instant, clockMs: number): string {
  const text = new Date(clockMs).toISOString().slice(0, 19);
  const minutes = offsetMinutes(instant, clockMs);
  return text + (minutes === 0 ? "Z" : offsetText(minutes, ":"));
}

const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `Sat, 21 Nov 2026 04:22:57 +0000` (RFC 822 with the four-digit year of RFC 1123). */
export function rfc822DateTime(instant: Instant, clockMs: number): string {
  const clock = new Date(clockMs);
  const iso = clock.toISOString();
  const date = `${weekdays[clock.getUTCDay()]}, ${iso.slice(8, 10)} ${months[clock.getUTCMonth()]} ${iso.slice(0, 4)}`;
  return `${date} ${iso.slice(11, 19)} ${offsetText(offsetMinutes(instant, clockMs), "")}`;
}

function offsetMinutes(instant: Instant, clockMs: number): number {
  // The clock is in whole seconds; offsets before standard time were not whole minutes and are rounded.
  return Math.round((clockMs - Math.floor(instant.epochMs / 1000) * 1000) / 60_000);
}

function offsetText(minutes: number, separator: string): string {
  const two = (n: number) => String(n).padStart(2, "0");
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}${separator}${two(size % 60)}`;
}
