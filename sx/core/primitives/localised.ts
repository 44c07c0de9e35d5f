// Numbers, money and dates as people of a place write them. Locale and time zone are always arguments and
// there is no clock, so a server and a browser print the same; an unknown locale or zone is an error and
// never falls back on the machine's own.

import { sxError } from "../errors.ts";
import type { Value } from "../values.ts";
import { fromRow } from "./from-row.ts";
import { type Instant, offsetDateTime, parseInstant, rfc822DateTime } from "./instants.ts";
import type { Primitive } from "./primitive.ts";

/** Digits after the point by ISO 4217, where they are not 2. */
const minorDigits: Readonly<Record<string, number>> = {
  ...eachOf("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF", 0),
  ...eachOf("BHD IQD JOD KWD LYD OMR TND", 3),
  ...eachOf("CLF UYW", 4),
};

function eachOf(codes: string, digits: number): Record<string, number> {
  return Object.fromEntries(codes.split(" ").map((code) => [code, digits]));
}

const datePatterns: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  date: { dateStyle: "long" },
  datetime: { dateStyle: "long", timeStyle: "short" },
  time: { timeStyle: "short" },
  month: { month: "long", year: "numeric" },
  year: { year: "numeric" },
  weekday: { weekday: "long" },
  short: { dateStyle: "medium" },
  iso: {}, // fixed forms: see instants.ts
  rfc822: {},
};

/** Formatters are slow to make: a realm keeps those it has used, and starts afresh when there are too many. */
class Formatters {
  private readonly made = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

  number(primitiveName: string, locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
    return this.keep(`n ${locale} ${JSON.stringify(options)}`, () => {
      checkLocale(primitiveName, locale);
      return new Intl.NumberFormat(locale, options);
    });
  }

  date(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    return this.keep(`d ${locale} ${JSON.stringify(options)}`, () => {
      checkLocale("format-date", locale);
      try {
        return new Intl.DateTimeFormat(locale, options);
      } catch {
        throw badOption(
          "format-date",
          "zone",
          'a time zone such as "Europe/London" or "UTC"',
          options.timeZone,
        );
      }
    });
  }

  private keep<T extends Intl.NumberFormat | Intl.DateTimeFormat>(key: string, make: () => T): T {
    const kept = this.made.get(key);
    if (kept) return kept as T; // the key's first letter says which kind it is
    if (this.made.size >= 256) this.made.clear();
    const formatter = make();
    this.made.set(key, formatter);
    return formatter;
  }
}

function badOption(primitiveName: string, option: string, expected: string, found: Value): Error {
  return sxError("format/bad-option", { primitive: primitiveName, option, expected, found });
}

/** Intl silently takes the machine's locale for one that it does not know; here that is an error. */
function checkLocale(primitiveName: string, locale: string): void {
  let known = false;
  try {
    known = Intl.DateTimeFormat.supportedLocalesOf(locale).length === 1;
  } catch {
    // not a language tag at all: reported below like one that nobody speaks
  }
  if (!known) throw badOption(primitiveName, "locale", 'a language tag such as "en-GB" or "de"', locale);
}

function formatMoney(formatters: Formatters, minor: number, currency: string, locale: string): string {
  if (!/^[A-Z]{3}$/.test(currency)) {
    throw badOption("format-money", "currency", 'a currency code such as "GBP"', currency);
  }
  const digits = minorDigits[currency] ?? 2;
  const formatter = formatters.number("format-money", locale, {
    style: "currency",
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return formatter.format(decimalText(minor, digits));
}

/** An integer of minor units as decimal text, which is exact where dividing would round. */
function decimalText(minor: number, digits: number): Intl.StringNumericLiteral {
  const text = BigInt(Math.abs(minor))
    .toString()
    .padStart(digits + 1, "0");
  const whole = text.slice(0, text.length - digits);
  const fraction = digits === 0 ? "" : `.${text.slice(-digits)}`;
  return `${minor < 0 ? "-" : ""}${whole}${fraction}` as Intl.StringNumericLiteral; // digits and a point by construction
}

function formatDecimal(formatters: Formatters, n: number, digits: number, locale?: string): string {
  if (digits < 0 || digits > 20) throw badOption("format-decimal", "digits", "0 to 20", digits);
  const formatter = formatters.number("format-decimal", locale ?? "en", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: locale !== undefined,
    signDisplay: "negative", // no minus before a zero that came of rounding
  });
  return formatter.format(n);
}

function formatDate(
  formatters: Formatters,
  given: Value,
  pattern: string,
  locale: string,
  timeZone: string,
): string {
  const instant = parseInstant(given);
  if (!instant) {
    const expected = "an ISO 8601 date, a date and time with Z or an offset, or milliseconds since 1970";
    throw badOption("format-date", "instant", expected, given);
  }
  const options = Object.hasOwn(datePatterns, pattern) ? datePatterns[pattern] : undefined;
  if (!options) {
    throw badOption("format-date", "pattern", `one of ${Object.keys(datePatterns).join(", ")}`, pattern);
  }
  // Made in any case: it checks the locale and the zone.
  const formatter = formatters.date(locale, { ...options, timeZone });
  if (pattern === "iso")
    return instant.dateOnly ?? offsetDateTime(instant, clockOf(formatters, instant, timeZone));
  if (pattern === "rfc822") return rfc822DateTime(instant, clockOf(formatters, instant, timeZone));
  if (instant.dateOnly === null) return formatter.format(instant.epochMs);
  return formatters.date(locale, { ...options, timeZone: "UTC" }).format(instant.epochMs);
}

/** What the clocks of a zone show at an instant, as the milliseconds at which UTC clocks show the same. */
function clockOf(formatters: Formatters, instant: Instant, timeZone: string): number {
  if (instant.dateOnly !== null) return instant.epochMs;
  const formatter = formatters.date("en", {
    timeZone,
    calendar: "gregory",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const shown = new Map(
    formatter.formatToParts(instant.epochMs).map((part) => [part.type, Number(part.value)]),
  );
  const field = (type: Intl.DateTimeFormatPartTypes) => shown.get(type) ?? 0;
  const clock = new Date(0);
  clock.setUTCFullYear(field("year"), field("month") - 1, field("day"));
  return clock.setUTCHours(field("hour"), field("minute"), field("second"));
}

/** The primitives that print by locale; each realm has its own, with the formatters it has made. */
export function createLocalised(): Primitive[] {
  const formatters = new Formatters();
  return [
    fromRow("format-decimal", (n: number, digits: number, locale?: string) =>
      formatDecimal(formatters, n, digits, locale),
    ),
    fromRow("format-money", (minor: number, currency: string, locale: string) =>
      formatMoney(formatters, minor, currency, locale),
    ),
    fromRow("format-date", (instant: Value, pattern: string, locale: string, zone: string) =>
      formatDate(formatters, instant, pattern, locale, zone),
    ),
  ];
}
