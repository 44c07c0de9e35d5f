// Made-up answers: for a schema of a contract, the plainest value that it takes. Promise: what is made has passed
// the schema; where none can be made, an error says for which part and place an answer must be given.
import { randomUUID } from "node:crypto";
import { z } from "zod";

/** A JSON schema as zod writes it, with what is read here. */
interface Shape {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly allOf?: readonly Shape[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly items?: Shape | boolean;
  readonly prefixItems?: readonly Shape[];
  readonly minItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly format?: string;
  readonly pattern?: string;
}

/** Makes a value that `schema` takes; `part` names it in errors: "query likes/tallies". */
export function makeAnswer(schema: z.ZodType, part: string): unknown {
  const shape = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Shape; // the part of it read here
  const value = make(shape, []);
  const parsed = schema.safeParse(value);
  if (parsed.success) return value;
  const issue = parsed.error.issues[0];
  throw cannotMake(part, issue?.path.map(String) ?? [], issue?.message ?? "it is refused");

  function make(found: Shape, path: readonly string[]): unknown {
    if ("const" in found) return found.const;
    if ("default" in found) return found.default;
    if (found.enum) return found.enum[0];
    const type = Array.isArray(found.type) ? found.type : [found.type];
    if (type.includes("null")) return null;
    const members = found.anyOf ?? found.oneOf;
    if (members) {
      if (members.some((member) => member.type === "null")) return null;
      return make(members[0] ?? {}, path);
    }
    if (found.allOf) throw cannotMake(part, path, "it must be several things at once");
    switch (type[0]) {
      case "object": {
        const names = found.required ?? [];
        return Object.fromEntries(
          names.map((name) => [name, make(found.properties?.[name] ?? {}, [...path, name])]),
        );
      }
      case "array":
        return makeItems(found, path);
      case "string":
        return makeText(found) ?? refuse(path, `no text of format ${found.format ?? found.pattern} is known`);
      case "number":
      case "integer":
        return makeNumber(found, type[0] === "integer");
      case "boolean":
        return false;
      default:
        return null; // whatever may stand there may be null; if not, the schema says so
    }
  }

  function makeItems({ prefixItems = [], items, minItems = 0 }: Shape, path: readonly string[]): unknown[] {
    const fixed = prefixItems.map((item, index) => make(item, [...path, String(index)]));
    const more = Math.max(0, minItems - fixed.length);
    const each = typeof items === "object" ? items : {};
    return [...fixed, ...Array.from({ length: more }, (_, index) => make(each, [...path, String(index)]))];
  }

  function refuse(path: readonly string[], reason: string): never {
    throw cannotMake(part, path, reason);
  }
}

function cannotMake(part: string, path: readonly string[], reason: string): Error {
  const place = path.length === 0 ? "its answer" : `“${path.join(".")}” of its answer`;
  return new Error(
    `The fake cannot make up ${place} for the ${part} (${reason}): give createFake an override.`,
  );
}

const wellKnown = [
  "example",
  "Example",
  "a",
  "1",
  "2027-01-15T08:00:00Z",
  "2027-01-15",
  "08:00:00",
  "ann@example.org",
  "https://www.example.org/",
  "www.example.org",
  "192.0.2.1",
];

function makeText({
  format,
  pattern,
  minLength = 0,
  maxLength = Number.POSITIVE_INFINITY,
}: Shape): string | null {
  const plain = "example".slice(0, maxLength).padEnd(minLength, "x");
  if (format === undefined && pattern === undefined) return plain;
  const expression = pattern === undefined ? null : new RegExp(pattern, "u");
  const candidates = format === "uuid" ? [randomUUID()] : [plain, ...wellKnown];
  const fits = (text: string) => text.length >= minLength && text.length <= maxLength;
  if (expression) return candidates.find((text) => fits(text) && expression.test(text)) ?? null;
  return format === "uri" ? "https://www.example.org/" : (candidates.find(fits) ?? null);
}

function makeNumber(found: Shape, whole: boolean): number {
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = found;
  const { exclusiveMinimum, exclusiveMaximum, multipleOf } = found;
  const step = multipleOf ?? (whole ? 1 : 0);
  const least =
    exclusiveMinimum === undefined ? minimum : Math.max(minimum, exclusiveMinimum + (step || 1e-6));
  const most =
    exclusiveMaximum === undefined ? maximum : Math.min(maximum, exclusiveMaximum - (step || 1e-6));
  const near = Math.min(Math.max(0, least), most);
  if (step === 0) return near;
  return near >= 0 ? Math.ceil(near / step) * step : Math.floor(near / step) * step;
}
