// Nesting, followed to where elements are shown: through variables, lists, and components with the children that a
// call gives them. What is wrong inside a component is told there; what is wrong only because of a call, at the call.

import type { Source, Span } from "../core/source.ts";
import type { ComponentCall, Core, Fn, Local } from "../front/core.ts";
import type { Definition } from "../front/definition.ts";
import { componentOf, expandCall } from "./component.ts";
import type { Findings } from "./diagnostic.ts";
import { eachElement } from "./elements.ts";
import { alternatives, type Known, type Place } from "./known.ts";
import { nestingProblem } from "./nesting.ts";

type ElementCore = Extract<Core, { kind: "element" }>;

/** A component that is looked into: who called it first in the text, and which components are around. */
interface Frame {
  readonly name: string;
  readonly call: Span | null;
  readonly open: readonly Definition[];
}

interface Ancestor {
  readonly tag: string;
  readonly root: Known;
  readonly span: Span | null;
}

type FunctionCall = Extract<Core, { kind: "call" }>;

function pairUp(local: Local | undefined, place: Place): [Local, Place][] {
  return local ? [[local, place]] : [];
}

/** How many elements of components one text may lead to. */
const mostElements = 20_000;
/** How deep elements are followed, components and functions included. */
const deepest = 600;

/** Tells where a browser would not keep an element where a text puts it. */
export function checkNesting(place: Place, sources: ReadonlySet<Source>, findings: Findings): void {
  const walk = new NestingWalk(sources, findings);
  const { core, known } = place;
  walk.visit(core.kind === "fn" ? { core: core.body, known } : place, [], []);
  // Elements that no part of the text shows: they may be shown anywhere.
  eachElement(place, (element, ancestors) => {
    if (ancestors.length === 0) walk.visitUnseen({ core: element.core, known: element.known });
  });
}

class NestingWalk {
  private readonly sources: ReadonlySet<Source>;
  private readonly findings: Findings;
  private readonly frames = new WeakMap<Known, Frame>();
  private readonly seen = new Set<ElementCore>();
  /** Functions whose bodies are being looked into. */
  private readonly functions = new Set<Fn>();
  private left = mostElements;
  private depth = 0;

  constructor(sources: ReadonlySet<Source>, findings: Findings) {
    this.sources = sources;
    this.findings = findings;
  }

  visitUnseen({ core, known }: { core: ElementCore; known: Known }): void {
    if (!this.seen.has(core)) this.visit({ core, known }, [], []);
  }

  /** What stands at a place; `before` are the elements beside it, and gets those that certainly are. */
  visit(place: Place, ancestors: readonly Ancestor[], before: string[]): void {
    if (this.depth >= deepest) return;
    this.depth++;
    const found = alternatives(place);
    for (const one of found) this.visitOne(one, ancestors, found.length === 1 ? before : [...before]);
    this.depth--;
  }

  private visitOne(place: Place, ancestors: readonly Ancestor[], before: string[]): void {
    const { core, known } = place;
    const each = (forms: readonly Core[]) => {
      for (const form of forms) this.visit({ core: form, known }, ancestors, before);
    };
    if (core.kind === "element") this.visitElement(core, known, ancestors, before);
    else if (core.kind === "const") this.visitText(core.value, known, ancestors, before);
    else if (core.kind === "fragment") each(core.children);
    else if (core.kind === "component-call") this.visitCall(core, known, ancestors, before);
    else if (core.kind === "call") this.visitFunctionCall(core, known, ancestors, before);
  }

  /** Lists show their items, and functions of the program what they give. */
  private visitFunctionCall(
    call: FunctionCall,
    known: Known,
    ancestors: readonly Ancestor[],
    before: string[],
  ): void {
    const places = call.args.map((core) => ({ core, known }));
    const [callee] = alternatives({ core: call.callee, known });
    if (callee?.core.kind === "primitive") {
      const { name } = callee.core;
      if (name === "list") for (const place of places) this.visit(place, ancestors, before);
      const [made] = name === "map" || name === "map-indexed" ? places : [];
      const [item] = made ? alternatives(made) : [];
      if (item) this.visitResult(item, [], call.span, known, ancestors, before);
    } else if (callee) this.visitResult(callee, places, call.span, known, ancestors, before);
  }

  /** What a function gives; one that goes on with itself is looked into once. */
  private visitResult(
    { core: fn, known }: Place,
    args: readonly Place[],
    call: Span | null,
    caller: Known,
    ancestors: readonly Ancestor[],
    before: readonly string[],
  ): void {
    if (fn.kind !== "fn" || this.functions.has(fn)) return;
    const around = this.frames.get(caller.root);
    if (known.root !== caller.root && !this.frames.has(known.root))
      this.frames.set(known.root, {
        name: fn.name,
        call: around ? around.call : call,
        open: around?.open ?? [],
      });
    const given = new Map(args.flatMap((arg, index) => pairUp(fn.parameters[index], arg)));
    this.functions.add(fn);
    this.visit({ core: fn.body, known: known.with(given) }, ancestors, [...before]);
    this.functions.delete(fn);
  }

  private visitElement(
    core: ElementCore,
    known: Known,
    ancestors: readonly Ancestor[],
    before: string[],
  ): void {
    this.seen.add(core);
    if (this.left-- < 0) return;
    const { root } = known;
    const isSound = this.look(core.tag, root, core.span, ancestors, before);
    before.push(core.tag);
    const inner: Ancestor = { tag: core.tag, root, span: core.span };
    // Inside what is misplaced nobody can say what a browser makes of it.
    const around = isSound ? [...ancestors, inner] : [inner];
    const beside: string[] = [];
    for (const child of core.children) this.visit({ core: child, known }, around, beside);
  }

  private visitText(value: unknown, { root }: Known, ancestors: readonly Ancestor[], before: string[]): void {
    if (typeof value === "number") this.look("#text", root, null, ancestors, before);
    if (typeof value !== "string" || value === "") return;
    this.look(value.trim() === "" ? "#space" : "#text", root, null, ancestors, before);
  }

  private visitCall(
    call: ComponentCall,
    known: Known,
    ancestors: readonly Ancestor[],
    before: string[],
  ): void {
    const definition = componentOf(call, known);
    const around = this.frames.get(known.root);
    const body = expandCall(call, known);
    if (!definition || !body || around?.open.includes(definition)) return;
    const frame: Frame = {
      name: definition.name,
      call: around ? around.call : call.span,
      open: [...(around?.open ?? []), definition],
    };
    this.frames.set(body.known.root, frame);
    this.visit(body, ancestors, before);
  }

  /** Tells what is wrong with a child, and whether all is well. */
  private look(
    child: string,
    root: Known,
    span: Span | null,
    ancestors: readonly Ancestor[],
    before: readonly string[],
  ): boolean {
    const problem = nestingProblem(
      ancestors.map(({ tag }) => tag),
      child,
      before,
    );
    if (!problem) return true;
    const frame = this.frames.get(root);
    const guilty = ancestors.findLast(({ tag }) => tag === problem.ancestor) ?? ancestors.at(-1);
    // Inside what one call draws: it is told where that is defined.
    const through = this.frames.get(guilty?.root ?? root) ?? null;
    if (frame && through?.call === frame.call) return false;
    const parent = ancestors.at(-1);
    const own = frame ? frame.call : (span ?? (parent?.root === root ? parent.span : null));
    const where = own ?? through?.call ?? null;
    if (where && this.sources.has(where.source))
      this.findings.tell(
        "html/nesting",
        {
          child: child.startsWith("#") ? "text" : child,
          ancestor: problem.ancestor,
          how: problem.how,
          between: problem.between ?? "",
          inside: (through ?? frame)?.name ?? null,
        },
        where,
      );
    return false;
  }
}
