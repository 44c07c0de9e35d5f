// Laws L2 and L3: markup that went over the wire is the same markup, and its text the same text. Programs made
// at random run on every engine that makes trees; all must write the same text. A renderer with one rule
// broken is found out by as many programs. ROSE_ASH_LAW_PROGRAMS sets how many; a failure shows the program
// and fast-check's seed.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cekEngine } from "./cek/engine.ts";
import { SxError } from "./core/errors.ts";
import type { Engine } from "./front/engine.ts";
import { jsEngine } from "./js/engine.ts";
import { naiveEngine, TooLong } from "./js/test/naive.ts";
import { makeProgram, type Program } from "./js/test/program.ts";
import { createRealm } from "./realm.ts";
import { printHtml } from "./render/html.ts";
import { ElementNode, type Node } from "./render/nodes.ts";
import { writeWire } from "./render/wire.ts";
import { parseNodes } from "./render/wire-parser.ts";
import { vmEngine } from "./vm/engine.ts";

const programs = Number(process.env.ROSE_ASH_LAW_PROGRAMS ?? 10_000);
const engines: readonly Engine[] = [jsEngine({ checkProps: true }), cekEngine(), vmEngine()];

const decisions = fc.noBias(
  fc.array(fc.array(fc.nat({ max: 999 }), { minLength: 10, maxLength: 120, size: "max" }), {
    minLength: 5,
    maxLength: 8,
    size: "max",
  }),
);

/** The program as a page, or null where it raises an error or takes too long. */
function pageOf(lists: number[][]): Program | null {
  const program = makeProgram(lists, { markup: true });
  const definitions = `${program.definitions}\n(defcomp ~page () ${program.expression})`;
  try {
    createRealm({ engine: naiveEngine(5_000) }).evaluate(`${definitions}\n(~page)`);
    return { ...program, definitions };
  } catch (error) {
    if (error instanceof SxError || error instanceof RangeError || error instanceof TooLong) return null;
    throw error;
  }
}

interface Renderer {
  readonly write: (nodes: readonly Node[]) => string;
  readonly parse: (text: string) => readonly Node[];
  readonly print: (nodes: readonly Node[]) => string;
}

const own: Renderer = { write: writeWire, parse: parseNodes, print: printHtml };

/** The page's text and HTML on an engine, after both laws were held; or the kind of error that refuses it. */
function holdLaws(
  engine: Engine,
  page: Program,
  { write, parse, print }: Renderer,
  loaded: Set<string>,
): string {
  const realm = createRealm({ engine });
  realm.load(page.definitions);
  let text: string;
  try {
    text = write(realm.renderTree("~page", {}, { loaded }));
  } catch (error) {
    // Only a call that was left can hold what cannot travel.
    if (error instanceof SxError && error.kind === "wire/not-serialisable" && loaded.size > 0)
      return error.message;
    throw error;
  }
  const nodes = parse(text);
  assert.equal(write(nodes), text, `L3 for ${page.definitions}`);
  const fresh = createRealm({ engine });
  fresh.load(page.definitions);
  assert.equal(print(fresh.expand(nodes)), fresh.render("~page", {}), `L2 for ${page.definitions}`);
  return text;
}

function check(renderer: Renderer, count: number, loaded = new Set<string>()): void {
  let compared = 0;
  const property = fc.property(decisions, (lists) => {
    const page = pageOf(lists);
    if (!page) return;
    compared++;
    const [first, ...others] = engines.map((engine) => holdLaws(engine, page, renderer, loaded));
    for (const other of others) assert.equal(other, first, page.definitions);
  });
  fc.assert(property, { numRuns: count, endOnFailure: true });
  assert.ok(compared > count / 4, `only ${compared} of ${count} programs gave a page`);
}

test(`L2 and L3: ${programs} pages are the same after they went over the wire, on every engine`, () => {
  check(own, programs);
});

test("L2 and L3 hold for pages whose components are left to the receiver", () => {
  check(own, programs, new Set(["~c0", "~c1", "~c2"]));
});

/** A parser that changes every element it reads. */
const changing =
  (change: (element: ElementNode) => Node): Renderer["parse"] =>
  (text) => {
    const visit = (node: Node): Node =>
      node instanceof ElementNode
        ? change(new ElementNode(node.tag, node.attributes, node.children.map(visit)))
        : node;
    return parseNodes(text).map(visit);
  };

const broken: Readonly<Record<string, Renderer>> = {
  "a parser that loses the last attribute": {
    ...own,
    parse: changing(
      ({ tag, attributes, children }) => new ElementNode(tag, attributes.slice(0, -1), children),
    ),
  },
  "a parser that loses empty elements": {
    ...own,
    parse: changing((element) => (element.children.length === 0 ? "" : element)),
  },
  "a writer that forgets to escape": { ...own, write: (nodes) => writeWire(nodes).replaceAll("&", "&amp;") },
  "a printer that forgets to escape": { ...own, print: (nodes) => printHtml(nodes).replaceAll("&lt;", "<") },
};

for (const [name, renderer] of Object.entries(broken)) {
  test(`L2 and L3 find out ${name}`, () => {
    assert.throws(() => check(renderer, programs), /Property failed/);
  });
}
