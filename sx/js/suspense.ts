// `suspense` on the JavaScript engine: a value that is ready is used at once; one that is still awaited leaves
// a hole, and what fills it runs later, with what was provided around it and none of the handlers.

import { type SxError, sxError } from "../core/errors.ts";
import type { Span } from "../core/source.ts";
import { Markup, Pending, type Value } from "../core/values.ts";
import type { EngineHost } from "../front/engine.ts";
import { renderChild } from "../render/html.ts";
import { HoleNode, type Node } from "../render/nodes.ts";
import { markHole, nodesOfMarked, pendingFailure } from "../render/suspense.ts";
import { childNodes, TreeMarkup } from "../render/tree.ts";
import { tooDeep, waitingCall } from "./depth.ts";
import type { FunctionValue, Intrinsics } from "./intrinsics.ts";

/** What the native needs of the engine that runs it. */
export interface SuspenseHost {
  readonly openHole: EngineHost["openHole"] | undefined;
  /** Whether markup is a tree. */
  readonly trees: boolean;
  /** Runs generated code from outside. */
  protect<T>(run: () => T): T;
  /** The place in the source that is running. */
  here(): Span | null;
}

/** The native, for one engine. */
export function createSuspense($: Intrinsics, host: SuspenseHost): FunctionValue {
  /** What a value is as a child: as nodes, or as text whose holes are marked. */
  const nodesFor = (value: Value): readonly Node[] =>
    host.trees ? childNodes(value) : nodesOfMarked(renderChild(value));

  const fillFrom = (receiver: Value): ((value: Value) => readonly Node[]) => {
    const [provided, here] = [$.provided(), host.here()];
    return (value) => {
      try {
        return host.protect(() => {
          $.contexts.top = provided;
          return nodesFor($.land($.fn(receiver)(waitingCall, value), waitingCall));
        });
      } catch (error) {
        throw placed(error as SxError, receiver, here); // protect lets no other error through
      }
    };
  };

  /** The error of a filling stands at the suspense where nothing inside it is to blame. */
  const placed = (error: SxError, receiver: Value, here: Span | null): SxError => {
    const wrongCount = $.callersFault.has(error) && !$.fits(receiver as FunctionValue, 1); // it was called
    if (wrongCount) error.span = here;
    return error.at(here, []);
  };

  return (depth, fallback, pending, receiver) => {
    if (!(pending instanceof Pending)) return $.land($.fn(receiver)(depth + 1, pending), depth);
    if (pending.state === "ready") return $.land($.fn(receiver)(depth + 1, pending.value), depth);
    if (pending.state === "failed") throw pendingFailure(pending);
    if (tooDeep(depth)) $.tooDeep();
    if (!host.openHole) throw sxError("suspense/needs-stream", {});
    const id = host.openHole(pending, fillFrom(receiver));
    const inner = depth + waitingCall;
    const shown = $.land($.fn(fallback)(inner), inner);
    return host.trees
      ? new TreeMarkup([new HoleNode(id, childNodes(shown))])
      : new Markup(markHole(id, renderChild(shown)));
  };
}
