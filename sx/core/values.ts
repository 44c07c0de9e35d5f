// The values of SX, as every engine, primitive and renderer sees them.
// Numbers, strings, booleans and nil (null) are the host's own; lists are arrays and dicts are plain
// objects, so host data crosses the border without a copy. Everything else is a class of this file:
// data that arrives from outside can therefore never be markup, a function or a component.

import type { Source, Span } from "./source.ts";

export type Value = unknown;

/**
 * A symbol, both as quoted data and as a name in source. Two symbols are equal when their names are;
 * `source` and `start` (an offset in UTF-16 units) say where it was read, for messages only.
 */
export class SxSymbol {
  readonly name: string;
  readonly source: Source | null;
  readonly start: number;
  constructor(name: string, source: Source | null = null, start = 0) {
    this.name = name;
    this.source = source;
    this.start = start;
  }
}

/** A keyword token, without its colon. Quoted data keeps it; evaluated, it becomes the string of its name. */
export class Keyword {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/**
 * Markup: what an evaluated form produced for a page. The only value that renderers print without escaping.
 * Here it is finished HTML; where a tree is kept instead it is a `TreeMarkup` of render/tree.ts.
 */
export class Markup {
  private readonly text: string;
  /** Made by `raw!` from text: the only markup that may stand inside `script` and `style`. */
  readonly raw: boolean;
  constructor(html: string, raw = false) {
    this.text = html;
    this.raw = raw;
  }

  /** Its HTML. */
  get html(): string {
    return this.text;
  }
}

/** A URL that the program vouches for, made by `trusted-url`; renderers skip the scheme check for it. */
export class TrustedUrl {
  readonly url: string;
  constructor(url: string) {
    this.url = url;
  }
}

/** What `raise` carries and `catch` binds: kinds are `area/what`, such as "arith/zero-div". */
export class Condition {
  readonly kind: string;
  readonly message: string;
  readonly data: Value;
  readonly span: Span | null;
  readonly cause: Value;
  constructor(
    kind: string,
    message: string,
    data: Value = null,
    span: Span | null = null,
    cause: Value = null,
  ) {
    this.kind = kind;
    this.message = message;
    this.data = data;
    this.span = span;
    this.cause = cause;
  }
}

/** A component as a value: what `~name` in argument position gives. Engines supply `render`. */
export class Component {
  readonly name: string;
  /** Renders with a dict of props and a list of children; the result is HTML text. */
  readonly render: (props: Record<string, Value>, children: Value[]) => string;
  constructor(name: string, render: (props: Record<string, Value>, children: Value[]) => string) {
    this.name = name;
    this.render = render;
  }
}

/**
 * A value that the host is still waiting for, made from a promise for `suspense`. It knows its own state, so
 * that a machine which cannot wait may ask; a promise that fails is an answer too, and never goes unhandled.
 */
export class Pending {
  state: "waiting" | "ready" | "failed" = "waiting";
  /** The value when it is ready. */
  value: Value = null;
  /** What was thrown when it failed. */
  reason: unknown = null;
  /** Fulfilled once the state is no longer "waiting". */
  readonly settled: Promise<void>;
  constructor(promise: PromiseLike<Value>) {
    this.settled = Promise.resolve(promise).then(
      (value) => {
        this.state = "ready";
        this.value = value ?? null;
      },
      (reason: unknown) => {
        this.state = "failed";
        this.reason = reason;
      },
    );
  }
}

/**
 * A function of an engine that runs on frames of its own, where a host function would not do. Each such
 * engine has its own kinds of it; to programs all of them are functions.
 */
export class Closure {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** What `capture` binds: the rest of a computation, which can be gone on with any number of times. */
export class Continuation extends Closure {}

export type Dict = Record<string, Value>;

export function isDict(value: Value): value is Dict {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Only nil and false are false; undefined from the host counts as nil. */
export function isTrue(value: Value): boolean {
  return value !== false && value !== null && value !== undefined;
}

/** The name `type-of` gives: one word per kind of value. */
export function typeName(value: Value): string {
  switch (typeof value) {
    case "number":
    case "string":
    case "boolean":
    case "function":
      return typeof value;
    case "undefined":
      return "nil";
    case "object":
      break;
    default:
      return `host ${typeof value}`;
  }
  if (value === null) return "nil";
  if (Array.isArray(value)) return "list";
  if (value instanceof SxSymbol) return "symbol";
  if (value instanceof Keyword) return "keyword";
  if (value instanceof Markup) return "markup";
  if (value instanceof Condition) return "condition";
  if (value instanceof Component) return "component";
  if (value instanceof Closure) return value instanceof Continuation ? "continuation" : "function";
  if (value instanceof TrustedUrl) return "trusted-url";
  if (value instanceof Pending) return "pending";
  if (isDict(value)) return "dict";
  return `host ${(value as object).constructor?.name ?? "object"}`;
}
