// A Ghost export as tables of rows. Every field is read through its row, so that one of the wrong type is
// refused by its place in the file, such as db[0].data.posts[3].slug. What the rows mean is in ghost.ts.

import { plainText } from "../clean-html.ts";
import { type Fields, isFields } from "./ghost-document.ts";
import { readJson } from "./ghost-json.ts";
import { ImportRefusal } from "./imported-site.ts";

/** The prefix that stands for the site's own address in every version since 4. */
const siteAddress = /__GHOST_URL__(?:\\?\/)*/g;

export class GhostFile {
  /** Such as "6.65.0". */
  readonly version: string;
  readonly #data: Fields;
  readonly #place: string;

  constructor(version: string, data: Fields, place: string) {
    this.version = version;
    this.#data = data;
    this.#place = place;
  }

  tableNames(): string[] {
    return Object.keys(this.#data);
  }

  /** Whatever objects stand in a table that is only counted and looked through, never taken. */
  looseRows(name: string): Fields[] {
    const rows = this.#data[name];
    return Array.isArray(rows) ? rows.filter(isFields) : [];
  }

  /** The rows of a table; none when the file does not have it. */
  table(name: string): GhostRow[] {
    const rows = Object.hasOwn(this.#data, name) ? this.#data[name] : null;
    if (rows === null || rows === undefined) return [];
    const place = `${this.#place}.${name}`;
    if (!Array.isArray(rows)) throw new ImportRefusal(place, "This must be a list of rows.");
    return rows.map((row, index) => new GhostRow(row, `${place}[${index}]`));
  }
}

/**
 * Reads the file's outline: `{"db": [{"meta", "data"}]}` or bare `{"meta", "data"}`, of version 2 to 6. Throws
 * ImportRefusal with line and column for broken JSON, with the place in the data for anything else.
 */
export function readGhostFile(text: string): GhostFile {
  const top = readJson(text);
  const wrapped = isFields(top) && Array.isArray(top.db);
  const place = wrapped ? "db[0]" : "the file";
  const inner = wrapped ? (top.db as unknown[])[0] : top;
  if (!isFields(inner) || !isFields(inner.data) || !isFields(inner.meta)) {
    throw new ImportRefusal(
      place,
      'This is JSON, but no Ghost export: "meta" or "data" is missing. Make one in Ghost under Settings, Export.',
    );
  }
  const version = new GhostRow(inner.meta, wrapped ? "db[0].meta" : "meta").text("version") ?? "";
  if (!/^[2-6]\./.test(version)) {
    throw new ImportRefusal(
      wrapped ? "db[0].meta.version" : "meta.version",
      `Version "${version.slice(0, 20)}" cannot be read, only 2 to 6: import the file into such a Ghost and export there.`,
    );
  }
  const dataPlace = wrapped ? "db[0].data" : "data";
  if (!Array.isArray(inner.data.posts)) {
    throw new ImportRefusal(
      `${dataPlace}.posts`,
      "The list of posts is missing: export the content once more.",
    );
  }
  return new GhostFile(version, inner.data, dataPlace);
}

/** A row whose fields are read by name and type; an absent field counts as null. */
export class GhostRow {
  /** Where it stands in the file. */
  readonly place: string;
  readonly #fields: Fields;

  constructor(row: unknown, place: string) {
    if (!isFields(row)) throw new ImportRefusal(place, "This must be an object.");
    this.#fields = row;
    this.place = place;
  }

  names(): string[] {
    return Object.keys(this.#fields);
  }

  field(name: string): unknown {
    return Object.hasOwn(this.#fields, name) ? (this.#fields[name] ?? null) : null;
  }

  /** Text as it stands in the file, or null when there is none. */
  text(name: string): string | null {
    const value = this.field(name);
    if (value === null) return null;
    if (typeof value !== "string") throw this.refusal(name, "This must be text.");
    // No database text can hold these.
    return value.replaceAll("\0", "").toWellFormed();
  }

  /** Plain text on one line, or null when it is blank. */
  line(name: string): string | null {
    const text = this.text(name);
    return text === null ? null : text.replace(/[\s\0-\x1f\x7f-\x9f]+/g, " ").trim() || null;
  }

  /** The words of a field that holds markup, or null when it has none. */
  words(name: string): string | null {
    return plainText(this.text(name) ?? "") || null;
  }

  /** An address, the site's own ones relative to its root, or null when it is blank. */
  address(name: string): string | null {
    const line = this.line(name);
    return line === null ? null : relativeToSite(line);
  }

  /** An identifier, which old versions write as a number. */
  id(name: string): string | null {
    const value = this.field(name);
    return typeof value === "number" ? String(value) : this.line(name);
  }

  requiredId(name: string): string {
    const value = this.id(name);
    if (value === null) throw this.refusal(name, "It is missing.");
    return value;
  }

  requiredLine(name: string): string {
    const value = this.line(name);
    if (value === null) throw this.refusal(name, "It is missing.");
    return value;
  }

  flag(name: string): boolean {
    const value = this.field(name);
    if (value === null || value === false || value === 0 || value === "0" || value === "false") return false;
    if (value === true || value === 1 || value === "1" || value === "true") return true;
    throw this.refusal(name, "This must be true or false.");
  }

  /** A place in an order; 0 when there is none. */
  order(name: string): number {
    const value = this.field(name);
    if (value === null) return 0;
    if (typeof value !== "number") throw this.refusal(name, "This must be a number.");
    return value;
  }

  /** A moment: ISO 8601, a database's "2019-05-06 07:08:09" in UTC, or milliseconds. */
  date(name: string): Date | null {
    const value = this.field(name);
    if (value === null || value === "" || (typeof value === "string" && value.startsWith("0000-")))
      return null;
    const date = typeof value === "number" ? new Date(value) : readDate(this.text(name) ?? "");
    if (Number.isNaN(date.getTime()))
      throw this.refusal(name, "This must be a date, such as 2026-05-06T07:08:09Z.");
    return date;
  }

  refusal(name: string, sentence: string): ImportRefusal {
    return new ImportRefusal(`${this.place}.${name}`, sentence);
  }
}

/** Text in which the site's own addresses are relative to its root. Works on JSON text as well. */
export function relativeToSite(text: string): string {
  return text.replace(siteAddress, "/");
}

function readDate(text: string): Date {
  const parts = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(Z|[+-]\d\d:?\d\d)?)?$/.exec(
    text.trim(),
  );
  return parts === null
    ? new Date(Number.NaN)
    : new Date(`${parts[1]}T${parts[2] ?? "00:00"}${parts[3] ?? "Z"}`);
}
