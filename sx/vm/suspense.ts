// `suspense` on the machine: a value that is ready is used at once; one that is still awaited leaves a hole. The
// fallback runs in a frame that makes the hole of its answer, and what fills it runs later, on a machine of its
// own, in the same kind of frame and with what was provided around it.

import { type SxError, sxError } from "../core/errors.ts";
import { Markup, Pending, type Value } from "../core/values.ts";
import type { EngineHost } from "../front/engine.ts";
import { renderChild } from "../render/html.ts";
import { HoleNode, type Node } from "../render/nodes.ts";
import { markHole, nodesOfMarked, pendingFailure } from "../render/suspense.ts";
import { childNodes, nodesOf, TreeMarkup } from "../render/tree.ts";
import type { Code, VmClosure } from "./code.ts";
import { fillOrigin, makeStub, type Provided, providedAround, startProvided } from "./control.ts";
import { type Machine, Native } from "./machine.ts";
import { word } from "./words.ts";

/** Runs something on a machine of its own and gives its answer. */
export type Execute = (begin: (m: Machine) => void) => Value;

/** The native, for one runtime. `trees` says whether markup is a tree. */
export function suspenseNative(host: EngineHost, trees: boolean, execute: Execute): Native {
  /** Slots: code and word of the call, the hole's id or nil. */
  const stub = makeStub("suspense", "hole", 3, [word.local | (2 << 8), word.native | (2 << 24), word.return]);
  stub.code.constants = [new Native("%hole", 2, (m) => finishHole(m, trees))];
  return new Native("suspense", 3, (m) => {
    const base = m.sp - 3;
    const [fallback, pending, receiver] = m.stack.slice(base, m.sp);
    if (!(pending instanceof Pending) || pending.state !== "waiting") {
      if (pending instanceof Pending && pending.state === "failed") throw pendingFailure(pending);
      m.sp = base;
      m.stack[m.sp++] = pending instanceof Pending ? pending.value : pending;
      m.call(receiver, 1);
      return;
    }
    m.checkDepth();
    if (!host.openHole) throw sxError("suspense/needs-stream", {});
    const filling: Filling = {
      stub,
      receiver,
      provided: providedAround(m),
      callCode: m.callCode,
      callPc: m.callPc,
    };
    const id = host.openHole(pending, (value) => {
      const markup = execute((own) => startFilling(own, filling, value)) as Markup; // so finishHole makes it
      return trees ? nodesOf(markup) : nodesOfMarked(markup.html);
    });
    m.pushFrame(stub, base);
    fillOrigin(m);
    m.stack[base + 2] = id;
    m.call(fallback, 0);
  });
}

/** What is kept for the time when the value comes. */
interface Filling {
  readonly stub: VmClosure;
  readonly receiver: Value;
  readonly provided: readonly Provided[];
  readonly callCode: Code | null;
  readonly callPc: number;
}

function startFilling(
  m: Machine,
  { stub, receiver, provided, callCode, callPc }: Filling,
  value: Value,
): void {
  startProvided(m, provided);
  m.callCode = callCode;
  m.callPc = callPc;
  try {
    m.pushFrame(stub, m.sp);
    fillOrigin(m);
    m.stack[m.base + 2] = null;
    m.stack[m.sp++] = value;
    m.call(receiver, 1);
    m.callCode = null;
  } catch (error) {
    m.unwind(error as SxError); // nothing that takes errors is around it, so it goes on from there, with its place
  }
}

/** The answer of a fallback or a receiver as a child. What it cannot be belongs to the call of `suspense`. */
function finishHole(m: Machine, trees: boolean): void {
  const [shown, id] = [m.stack[m.sp - 2], m.stack[m.sp - 1] as string | null]; // the stub's slot
  m.callCode = m.stack[m.base] as Code | null; // fillOrigin put it there
  m.callPc = m.stack[m.base + 1] as number; // likewise
  if (trees) {
    const nodes: Node[] = childNodes(shown);
    m.answer(2, new TreeMarkup(id === null ? nodes : [new HoleNode(id, nodes)]));
  } else {
    const html = renderChild(shown);
    m.answer(2, new Markup(id === null ? html : markHole(id, html)));
  }
  m.callCode = null;
}
