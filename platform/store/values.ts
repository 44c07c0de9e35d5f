// How PostgreSQL's text becomes JavaScript values: one table that both drivers read, so a query gives the
// same values whichever of them runs it. Types not named here stay the text PostgreSQL wrote (numeric, date,
// timestamp, interval, uuid, tsvector): nothing is rounded or shifted. The drivers are in postgres.ts and
// embedded.ts; the TypeScript side of the same table is in tables.ts.

type ParseValue = (text: string) => unknown;

/** A type of pg_catalog, by the fixed number (oid) of itself and of its array. */
interface ValueType {
  readonly oid: number;
  readonly arrayOid: number;
  readonly parse: ParseValue;
}

const asIs: ParseValue = (text) => text;

const valueTypes: readonly ValueType[] = [
  { oid: 16, arrayOid: 1000, parse: (text) => text === "t" }, // bool
  { oid: 17, arrayOid: 1001, parse: parseBytes }, // bytea
  { oid: 20, arrayOid: 1016, parse: parseInt8 }, // int8
  { oid: 21, arrayOid: 1005, parse: Number }, // int2
  { oid: 23, arrayOid: 1007, parse: Number }, // int4
  { oid: 26, arrayOid: 1028, parse: Number }, // oid
  { oid: 700, arrayOid: 1021, parse: Number }, // float4
  { oid: 701, arrayOid: 1022, parse: Number }, // float8
  { oid: 114, arrayOid: 199, parse: (text) => JSON.parse(text) as unknown }, // json
  { oid: 3802, arrayOid: 3807, parse: (text) => JSON.parse(text) as unknown }, // jsonb
  { oid: 1184, arrayOid: 1185, parse: parseInstant }, // timestamptz
  { oid: 18, arrayOid: 1002, parse: asIs }, // "char"
  { oid: 19, arrayOid: 1003, parse: asIs }, // name
  { oid: 25, arrayOid: 1009, parse: asIs }, // text
  { oid: 1042, arrayOid: 1014, parse: asIs }, // bpchar
  { oid: 1043, arrayOid: 1015, parse: asIs }, // varchar
  { oid: 1082, arrayOid: 1182, parse: asIs }, // date
  { oid: 1083, arrayOid: 1183, parse: asIs }, // time
  { oid: 1114, arrayOid: 1115, parse: asIs }, // timestamp, which names no instant
  { oid: 1186, arrayOid: 1187, parse: asIs }, // interval
  { oid: 1700, arrayOid: 1231, parse: asIs }, // numeric
  { oid: 2950, arrayOid: 2951, parse: asIs }, // uuid
];

/** Parsers of single values by type oid, as PGlite wants them (it makes those of arrays itself). */
export function elementParsers(): Record<number, ParseValue> {
  return Object.fromEntries(valueTypes.map((type) => [type.oid, type.parse]));
}

/** Parsers of values and arrays by type oid, as `pg` wants them; a type without one stays text. */
export function valueParsers(): ReadonlyMap<number, ParseValue> {
  const parsers = new Map<number, ParseValue>();
  for (const { oid, arrayOid, parse } of valueTypes) {
    parsers.set(oid, parse);
    parsers.set(arrayOid, (text) => parseArray(text, parse));
  }
  return parsers;
}

/** An int8 as a number; throws for one that a number cannot hold exactly, rather than round it. */
function parseInt8(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  throw new RangeError(
    `The int8 ${text} is too large for an exact number: cast the column to text in the query.`,
  );
}

/** A bytea in PostgreSQL's hex form (the session settings fix that form). */
function parseBytes(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text.slice(2), "hex"));
}

const instantPattern =
  /^(\d{4,6})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?([+-])(\d\d)(?::(\d\d))?(?::(\d\d))?( BC)?$/;

/** A timestamptz as a Date, microseconds cut to milliseconds; throws for ±infinity, which no Date can hold. */
function parseInstant(text: string): Date {
  const match = instantPattern.exec(text);
  if (!match)
    throw new RangeError(`The timestamptz "${text}" is no Date: cast the column to text in the query.`);
  const [
    ,
    year,
    month,
    day,
    hour,
    minute,
    second,
    fraction = "",
    sign,
    zoneHour,
    zoneMinute,
    zoneSecond,
    bc,
  ] = match;
  const date = new Date(0);
  // Not Date.UTC: that reads the years 0 to 99 as 1900 to 1999.
  date.setUTCFullYear(bc ? 1 - Number(year) : Number(year), Number(month) - 1, Number(day));
  date.setUTCHours(Number(hour), Number(minute), Number(second), Number(fraction.padEnd(3, "0").slice(0, 3)));
  const offsetSeconds = Number(zoneHour) * 3600 + Number(zoneMinute ?? 0) * 60 + Number(zoneSecond ?? 0);
  return new Date(date.getTime() - (sign === "-" ? -offsetSeconds : offsetSeconds) * 1000);
}

/** An array in PostgreSQL's own notation, `{1,NULL,"a,b",{…}}`, with each element parsed. */
function parseArray(text: string, parse: ParseValue): unknown[] {
  let at = text.indexOf("{"); // a lower bound other than 1 is written before it and means nothing here

  function readQuoted(): string {
    let element = "";
    for (at++; text[at] !== '"'; at++) {
      if (text[at] === "\\") at++;
      element += text[at];
    }
    at++;
    return element;
  }

  function readArray(): unknown[] {
    const elements: unknown[] = [];
    at++;
    while (text[at] !== "}") {
      if (text[at] === ",") at++;
      if (text[at] === "{") elements.push(readArray());
      else if (text[at] === '"') elements.push(parse(readQuoted()));
      else {
        const start = at;
        while (text[at] !== "," && text[at] !== "}") at++;
        const element = text.slice(start, at);
        elements.push(element === "NULL" ? null : parse(element));
      }
    }
    at++;
    return elements;
  }

  return readArray();
}
