// Bindings that nothing reads: variables, inner definitions, loops that never go round, props. Parameters of
// functions are left alone, since whoever calls gives them all; so are names that begin with an underscore.

import type { Span } from "../core/source.ts";
import type { Core, Local } from "../front/core.ts";
import type { ComponentShape } from "../front/definition.ts";
import { walk } from "../front/walk.ts";
import type { Findings } from "./diagnostic.ts";
import type { Part } from "./library.ts";

type Binder = Extract<Core, { kind: "let" | "letrec" }>;

/** Warns of the bindings of a whole definition or expression that nothing reads. */
export function checkBindings(part: Part, findings: Findings): void {
  if (!part.isWhole) return;
  const shape = part.definition?.shape ?? null;
  const forms = [
    part.core,
    ...(shape?.props ?? []).map(({ fallback }) => fallback).filter((core) => core !== null),
  ];
  const reads = countReads(forms);
  const tell = (local: Local, what: string) => {
    const { name, span } = local;
    const isOwn = span !== null && !local.generated && contains(part.span, span);
    if (isOwn && !name.startsWith("_") && !part.dropped.has(name))
      findings.tell("names/unused", { name, what }, span);
  };
  for (const form of forms)
    walk(form, (core) => {
      if (core.kind === "let" || core.kind === "letrec") checkBinder(core, reads, tell);
      if (core.kind === "capture" && !reads.has(core.local)) tell(core.local, "continuation");
    });
  if (shape) checkShape(shape, reads, tell);
}

function countReads(forms: readonly Core[]): Map<Local, number> {
  const reads = new Map<Local, number>();
  for (const form of forms)
    walk(form, (core) => {
      if (core.kind === "local") reads.set(core.local, (reads.get(core.local) ?? 0) + 1);
    });
  return reads;
}

type Tell = (local: Local, what: string) => void;

function checkBinder(binder: Binder, reads: ReadonlyMap<Local, number>, tell: Tell): void {
  const { body } = binder;
  for (const { local, value } of binder.bindings) {
    const all = reads.get(local) ?? 0;
    const inside = binder.kind === "letrec" ? (countReads([value]).get(local) ?? 0) : 0;
    // A named `let` is a call of its own function, made by the front end with the place of the whole form.
    const starts = body.kind === "call" && body.callee.kind === "local" && body.callee.local === local;
    if (binder.kind === "letrec" && binder.span !== null && starts && body.span === binder.span) {
      if (inside === 0) tell(local, "loop");
      if (value.kind === "fn")
        for (const carrier of value.parameters) if (!reads.has(carrier)) tell(carrier, "variable");
    } else if (all === inside)
      tell(local, value.kind === "fn" && binder.kind === "letrec" ? "function" : "variable");
  }
}

function checkShape(shape: ComponentShape, reads: ReadonlyMap<Local, number>, tell: Tell): void {
  for (const { local } of shape.props) if (!reads.has(local)) tell(local, "prop");
  for (const { local } of shape.env) if (!reads.has(local)) tell(local, "implicit parameter");
  for (const local of [shape.children, shape.attrs]) if (local && !reads.has(local)) tell(local, "parameter");
}

function contains(outer: Span, inner: Span): boolean {
  return outer.source === inner.source && outer.start <= inner.start && outer.end >= inner.end;
}
