// The border to the host, for realms that check what comes in: values that SX has no meaning for are refused with the
// way to them, each part looked at once however often it is held. A function of the host is refused too, since engines
// call functions of their own alone; one that the programs gave away may come back.

import { sxError } from "./errors.ts";
import { mostItems } from "./primitives/limits.ts";
import type { Primitive } from "./primitives/primitive.ts";
import { isDict, typeName, type Value } from "./values.ts";

/** Host data may be nested this deep; data that holds itself has no depth at all. */
const deepest = 200;

export class Border {
  /** Functions that programs have given to the host. */
  private readonly given = new WeakSet<object>();

  /** Refuses a value from the host: `host/bad-value`, `host/too-deep`. `path` says what it is. */
  check(value: Value, path: string): void {
    heightOf(value, path, { depth: 0, heights: new Map(), given: this.given });
  }

  /** Takes note of a value that goes out; gives it back. */
  note<T extends Value>(value: T): T {
    const seen = new Set<object>();
    const waiting: Value[] = [value];
    while (waiting.length > 0) {
      const part = waiting.pop();
      if (typeof part === "function") this.given.add(part);
      else if (typeof part === "object" && part !== null && !seen.has(part)) {
        seen.add(part);
        if (Array.isArray(part)) for (const item of part) waiting.push(item);
        else if (isDict(part)) for (const key of Object.keys(part)) waiting.push(part[key]);
      }
    }
    return value;
  }

  /** A function of the host that takes note of what programs call it with. */
  noting(primitive: Primitive): Primitive {
    const wrap = <F extends (...args: Value[]) => Value>(run: F) =>
      ((...args: Value[]) => run(...this.note(args))) as F; // it takes and gives what `run` does
    return { ...primitive, call: wrap(primitive.call), raw: wrap(primitive.raw) };
  }
}

interface Walk {
  depth: number;
  /** How much is inside of each part; `open` while that is being found out. */
  readonly heights: Map<object, number>;
  readonly given: WeakSet<object>;
}

const open = -1;

/** How deep a value is nested. */
function heightOf(value: Value, path: string, walk: Walk): number {
  if (value === null || value === undefined) return 0;
  if (typeof value !== "object") {
    const isSound =
      typeof value === "string" ||
      typeof value === "boolean" ||
      (typeof value === "function" && walk.given.has(value)) ||
      (typeof value === "number" && Number.isFinite(value));
    if (!isSound) throw sxError("host/bad-value", { path, found: value });
    return 0;
  }
  const known = walk.heights.get(value) ?? 0;
  if (known === open || walk.depth + known > deepest)
    throw sxError("host/too-deep", { path, limit: deepest });
  if (walk.heights.has(value)) return known;
  walk.heights.set(value, open);
  walk.depth++;
  const height = heightInside(value, path, walk);
  walk.depth--;
  walk.heights.set(value, height);
  return height;
}

function heightInside(value: object, path: string, walk: Walk): number {
  let height = 0;
  const look = (part: Value, to: string) => {
    const isWhole = typeof part === "object" && part !== null;
    height = Math.max(height, heightOf(part, to, walk) + Number(isWhole));
  };
  if (Array.isArray(value)) {
    if (value.length > mostItems) throw sxError("host/bad-value", { path, found: value });
    value.forEach((item, index) => {
      look(item, `${path}[${index}]`);
    });
  } else if (isDict(value)) {
    for (const key of Object.keys(value)) {
      // What is computed anew each time would not be what was looked at.
      const computed = Object.getOwnPropertyDescriptor(value, key)?.get;
      if (computed) throw sxError("host/bad-value", { path: `${path}.${key}`, found: computed });
      look(value[key], `${path}.${key}`);
    }
  } else if (typeName(value).startsWith("host ")) throw sxError("host/bad-value", { path, found: value });
  return height;
}
