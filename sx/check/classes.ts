// Class names put together from pieces. The stylesheet holds the names that stand whole in a `class` position, so
// a name that is made while a page is drawn has no rules. Texts are followed through variables, lists, choices and
// the functions of the program; what comes from data is nobody's business here.

import type { Source, Span } from "../core/source.ts";
import type { Value } from "../core/values.ts";
import type { Core, Local } from "../front/core.ts";
import type { Findings } from "./diagnostic.ts";
import { alternatives, literalsOf, type Place, partsOf } from "./known.ts";

type Call = Extract<Core, { kind: "call" }>;

/** How many functions deep a class is followed. */
const deepest = 5;

/** Finds the `class` values inside a form that are put together. */
export function checkClasses(place: Place, sources: ReadonlySet<Source>, findings: Findings): void {
  const visit = (at: Place): void => {
    for (const value of classValues(at.core)) {
      const tell = (how: string, span: Span | null) => {
        const where = span && sources.has(span.source) ? span : at.core.span;
        if (where) findings.tell("class/assembled", { how }, where);
      };
      findAssembled({ core: value, known: at.known }, tell, 0);
    }
    partsOf(at).forEach(visit);
  };
  visit(place);
}

function classValues(core: Core): Core[] {
  if (core.kind === "element")
    return core.attributes.filter(({ name }) => name?.toLowerCase() === "class").map(({ value }) => value);
  if (core.kind === "component-call")
    return core.props.filter(({ name }) => name === "class").map(({ value }) => value);
  return [];
}

type Tell = (how: string, span: Span | null) => void;

/** Functions that hand their lists or texts on whole. */
const handing: ReadonlySet<string> = new Set(
  "list cons append concat class-list first last rest take drop reverse uniq flatten sort".split(" "),
);

function findAssembled(place: Place, tell: Tell, depth: number): void {
  if (depth > deepest) return;
  for (const { core, known } of alternatives(place)) {
    if (core.kind !== "call") continue;
    const callee = alternatives({ core: core.callee, known })[0];
    if (callee?.core.kind === "primitive") lookAtPrimitive(callee.core.name, core, known, tell, depth);
    const fn = callee && functionOf(callee.core);
    if (!fn) continue;
    const given = new Map<Local, Place>();
    for (const [index, local] of fn.parameters.entries()) {
      const arg = core.args[index];
      if (arg) given.set(local, { core: arg, known });
    }
    findAssembled({ core: fn.body, known: known.with(given) }, tell, depth + 1);
  }
}

function functionOf(core: Core): Extract<Core, { kind: "fn" }> | null {
  if (core.kind === "fn") return core;
  const fn = core.kind === "definition" && core.definition.kind === "function" ? core.definition.core : null;
  return fn?.kind === "fn" ? fn : null;
}

function lookAtPrimitive(name: string, call: Call, known: Place["known"], tell: Tell, depth: number): void {
  const { args, span } = call;
  const places = args.map((core) => ({ core, known }));
  if (name === "str" && isGlued(places)) tell("str", span);
  const [first, second] = places;
  if (name === "join" && first) {
    if (gluesItems(second)) tell("join", span);
    findAssembled(first, tell, depth + 1);
  }
  if (name === "map" || name === "map-indexed") {
    const fn = first && alternatives(first)[0];
    if (fn?.core.kind === "fn") findAssembled({ core: fn.core.body, known: fn.known }, tell, depth + 1);
  }
  if (handing.has(name)) for (const place of places) findAssembled(place, tell, depth + 1);
}

/** Whether two pieces of a text may stand together without a space between. */
function isGlued(pieces: readonly Place[]): boolean {
  return pieces.some((piece, index) => {
    const next = pieces[index + 1];
    if (!next) return false;
    const ends = edges(piece, /(?:^|\s)$/);
    const begins = edges(next, /^(?:$|\s)/);
    return !ends && !begins;
  });
}

/** Whether a piece certainly has white space, or nothing at all, at the edge that a pattern describes. */
function edges(place: Place, edge: RegExp): boolean {
  const { values, complete } = literalsOf(place);
  return complete && values.every((value) => edge.test(textOf(value)));
}

function textOf(value: Value): string {
  return value === null || value === undefined ? "" : String(value);
}

/** Whether `join` puts something other than white space between the names; nothing at all is its default. */
function gluesItems(separator: Place | undefined): boolean {
  if (!separator) return true;
  const { values } = literalsOf(separator);
  return values.some((value) => !/^\s+$/.test(textOf(value)));
}
