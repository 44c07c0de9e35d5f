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
import { decisions, makeProgram, type Program } from "./js/test/program.ts";
import { createRealm, type Realm } from "./realm.ts";
import { printHtml } from "./render/html.ts";
import { ElementNode, type Node } from "./render/nodes.ts";
import { writeWire } from "./render/wire.ts";
import { parseNodes } from "./render/wire-parser.ts";
import { vmEngine } from "./vm/engine.ts";

const programs = Number(process.env.ROSE_ASH_LAW_PROGRAMS ?? 10_000);
const engines: readonly Engine[] = [jsEngine({ checkProps: true }), cekEngine(), vmEngine()];

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

/** The components that a receiver may have: none of them, and all that are made at random. */
const receivers = [new Set<string>(), new Set(["~c0", "~c1", "~c2"])];

function open(engine: Engine, { definitions }: Program): Realm {
  const realm = createRealm({ engine });
  realm.load(definitions);
  return realm;
}

/** What is sent to a receiver that has components loaded, or why nothing can be. */
function send(
  realm: Realm,
  loaded: Set<string>,
  write: Renderer["write"],
): { text: string } | { refusal: string } {
  try {
    return { text: write(realm.renderTree("~page", {}, { loaded })) };
  } catch (error) {
    // Only a call that was left can hold what cannot travel.
    if (error instanceof SxError && error.kind === "wire/not-serialisable" && loaded.size > 0)
      return { refusal: error.message };
    throw error;
  }
}

/**
 * What an engine sends to each receiver, after both laws were held. Drawing may change what a program keeps, so each page
 * is drawn by a realm of its own; what arrives has its calls expanded before the page's own is drawn there.
 */
function holdLaws(engine: Engine, page: Program, { write, parse, print }: Renderer) {
  const fresh = open(engine, page);
  const arrived: string[] = [];
  const all = receivers.map((loaded) => {
    const sent = send(open(engine, page), loaded, write);
    if ("text" in sent) {
      const nodes = parse(sent.text);
      assert.equal(write(nodes), sent.text, `L3 for ${page.definitions}`);
      arrived.push(print(fresh.expand(nodes)));
    }
    return sent;
  });
  const html = fresh.render("~page", {});
  for (const one of arrived) assert.equal(one, html, `L2 for ${page.definitions}`);
  return all;
}

function check(renderer: Renderer, count: number): void {
  let compared = 0;
  const property = fc.property(decisions(), (lists) => {
    const page = pageOf(lists);
    if (!page) return;
    compared++;
    const [first, ...others] = engines.map((engine) => holdLaws(engine, page, renderer));
    for (const other of others) assert.deepEqual(other, first, page.definitions);
  });
  fc.assert(property, { numRuns: count, endOnFailure: true });
  assert.ok(compared > count / 4, `only ${compared} of ${count} programs gave a page`);
}

test(`L2 and L3: ${programs} pages are the same after they went over the wire, on every engine, also where the receiver draws the components`, () => {
  check(own, programs);
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
