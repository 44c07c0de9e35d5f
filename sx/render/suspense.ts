// Suspense: the holes of one page that is being drawn, and the values they wait for. A hole has an id that
// says where it stands (`2.1` is the first hole in what fills the second), so ids never depend on which value
// came first. In finished text a hole is held by marks that no program can write, until the page is sent.

import { SxError, sxError } from "../core/errors.ts";
import type { Pending, Value } from "../core/values.ts";
import { HoleNode, type Node, RawNode } from "./nodes.ts";

/** A hole that waits, and how it is filled. */
export interface Hole {
  readonly id: string;
  readonly pending: Pending;
  /** Draws what belongs there. Throws what drawing throws. */
  readonly fill: (value: Value) => readonly Node[];
}

/** What became of a hole. */
export type Settled =
  | { readonly id: string; readonly nodes: readonly Node[]; readonly error: null }
  | { readonly id: string; readonly nodes: null; readonly error: SxError };

/** The holes of one page. */
export class Suspense {
  private readonly waiting = new Set<Hole>();
  /** The id of the hole whose filling is being drawn, with a point, or "". */
  private prefix = "";
  private opened = 0;
  private readonly check: (value: Value, hole: Hole) => void;

  /** `check` may refuse a value that came, before it is drawn. */
  constructor(check: (value: Value, hole: Hole) => void = () => {}) {
    this.check = check;
  }

  /** Takes note of a hole while a page or a filling is drawn; gives its id. */
  open(pending: Pending, fill: Hole["fill"]): string {
    this.opened++;
    const id = `${this.prefix}${this.opened}`;
    this.waiting.add({ id, pending, fill });
    return id;
  }

  /** Ids of the holes that still wait, in the order they were opened. */
  ids(): string[] {
    return [...this.waiting].map(({ id }) => id);
  }

  /**
   * Each hole as its value comes, those within fillings included. `draw` runs with this page's holes open for
   * what is drawn.
   */
  async *settle(draw: <T>(run: () => T) => T): AsyncGenerator<Settled> {
    const ready: Hole[] = [];
    const watched = new Set<Hole>();
    let wake = () => {};
    while (this.waiting.size > 0) {
      for (const hole of this.waiting) {
        if (watched.has(hole)) continue;
        watched.add(hole);
        hole.pending.settled.then(() => {
          ready.push(hole);
          wake();
        });
      }
      const hole = ready.shift();
      if (hole) yield this.fill(hole, draw);
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  }

  private fill(hole: Hole, draw: <T>(run: () => T) => T): Settled {
    const { id, pending, fill } = hole;
    this.waiting.delete(hole);
    this.prefix = `${id}.`;
    this.opened = 0;
    try {
      if (pending.state === "failed") throw pendingFailure(pending);
      this.check(pending.value, hole);
      return { id, nodes: draw(() => fill(pending.value)), error: null };
    } catch (error) {
      // What began to wait inside it has no place to go to.
      for (const inner of this.waiting) if (inner.id.startsWith(this.prefix)) this.waiting.delete(inner);
      return { id, nodes: null, error: asSxError(error) };
    }
  }
}

/** The error of a pending value that failed. */
export function pendingFailure({ reason }: Pending): SxError {
  return asSxError(reason);
}

function asSxError(error: unknown): SxError {
  return error instanceof SxError ? error : sxError("host/failed", { error });
}

const mark = `\u0000${[...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16)).join("")}`;

/** A hole in finished text, around what it shows meanwhile. */
export function markHole(id: string, html: string): string {
  return `${mark}+${id};${html}${mark}-`;
}

/** Finished text with marked holes as a tree of finished text and holes. */
export function nodesOfMarked(html: string): Node[] {
  const [first = "", ...pieces] = html.split(mark);
  const root: Node[] = first === "" ? [] : [new RawNode(first)];
  const open: Node[][] = [root];
  for (const piece of pieces) {
    let rest = piece.slice(1);
    if (piece.startsWith("+")) {
      const end = piece.indexOf(";");
      rest = piece.slice(end + 1);
      const children: Node[] = [];
      open.at(-1)?.push(new HoleNode(piece.slice(1, end), children));
      open.push(children);
    } else open.pop();
    if (rest !== "") open.at(-1)?.push(new RawNode(rest));
  }
  return root;
}

/** Whether printed markup holds a hole: nothing that is a page of its own may. */
export function holdsHole(html: string): boolean {
  return html.includes(mark) || html.includes("<sx-hole id=");
}
