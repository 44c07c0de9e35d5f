// The chapter on the wire against the wire of the renderers: of any tree both write the same text, and of any
// text both read the same forms or refuse it at the same place for the same reason. A chapter with one rule
// changed is found out. ROSE_ASH_LAW_PROGRAMS sets how many are tried; a failure shows fast-check's seed.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { create as createRenderer } from "../bootstrap/emitted/render.js";
import { create } from "../bootstrap/emitted/wire.js";
import { type Chapter, type CreateChapter, createHost } from "../bootstrap/host.ts";
import { brokenChapter } from "../bootstrap/test/broken.ts";
import { wirePrimitives } from "../bootstrap/wire-rows.ts";
import { SxError } from "../core/errors.ts";
import { showPosition } from "../core/source.ts";
import type { Value } from "../core/values.ts";
import { CallNode } from "../render/nodes.ts";
import { hostileWire, travelling, tree } from "../render/test/tree.ts";
import { writeWire } from "../render/wire.ts";
import { writeFrame } from "../render/wire-frame.ts";
import { isFrame, parseWire } from "../render/wire-parser.ts";

const runs = Number(process.env.ROSE_ASH_LAW_PROGRAMS ?? 10_000);

/** The chapter, as its emitted text or as an edited one makes it. */
function chapterOf(make: CreateChapter = create): Chapter {
  const host = createHost(...wirePrimitives());
  return make(host, createRenderer(host, {}));
}

/** What a function gives, or the kind, message and place of the error it raises. */
function outcome(run: () => Value): Value {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof SxError)) throw error;
    return { kind: error.kind, message: error.message, place: error.span && showPosition(error.span) };
  }
}

function check<T>(arbitrary: fc.Arbitrary<T>, law: (sample: T) => void): void {
  fc.assert(fc.property(arbitrary, law), { numRuns: runs });
}

function writesAlike(chapter: Chapter): void {
  check(tree, (nodes) => assert.equal(chapter["write-wire"](nodes), writeWire(nodes)));
  check(
    fc.oneof(
      travelling,
      fc.constantFrom<Value>(() => 1, [{ a: [Number.NaN] }]),
    ),
    (value) => {
      const nodes = [new CallNode("~c", { "a-b": value }, [value, 1])];
      assert.deepEqual(
        outcome(() => chapter["write-wire"](nodes)),
        outcome(() => writeWire(nodes)),
      );
    },
  );
}

function readsAlike(chapter: Chapter): void {
  check(hostileWire, (text) => {
    assert.deepEqual(
      outcome(() => chapter["parse-wire"](text)),
      outcome(() => parseWire(text)),
      text,
    );
  });
}

test("any tree is written alike", () => writesAlike(chapterOf()));

test("any text is read or refused alike", () => readsAlike(chapterOf()));

test("frames are written alike", () => {
  const chapter = chapterOf();
  check(hostileWire, (text) => {
    const forms = outcome(() => parseWire(text));
    if (!Array.isArray(forms)) return;
    for (const form of forms) if (isFrame(form)) assert.equal(chapter["write-frame"](form), writeFrame(form));
  });
});

test("what nests too deep is refused alike", () => {
  const chapter = chapterOf();
  for (const depth of [999, 1000, 1001]) {
    const text = "(b".repeat(depth) + ")".repeat(depth);
    const read = outcome(() => chapter["parse-wire"](text));
    assert.deepEqual(
      read,
      outcome(() => parseWire(text)),
    );
    if (!Array.isArray(read)) continue;
    assert.deepEqual(
      outcome(() => chapter["write-wire"](read)),
      outcome(() => writeWire(read)),
    );
  }
});

const breaks: Readonly<Record<string, readonly [rule: string, broken: string]>> = {
  "neighbours that are not joined": ["(and (string? node) (string? before))", "false"],
  "data that is never quoted": ["(if (plain? value depth)", "(if false"],
  "a number that stays a number": [
    '(if (or (= want "node") (= want "form")) (number-text number) number)',
    "number",
  ],
  "an attribute that is believed": ["(decide-attribute (field open :head) name given)", "value"],
  "an error one place further": [
    "{:expected expected :found found} (field p :text) at)",
    "{:expected expected :found found} (field p :text) (+ at 1))",
  ],
};

for (const [name, [rule, broken]] of Object.entries(breaks)) {
  test(`the chapter is found out with ${name}`, async () => {
    const chapter = chapterOf(await brokenChapter("wire", rule, broken));
    assert.throws(() => {
      writesAlike(chapter);
      readsAlike(chapter);
    }, /Property failed/);
  });
}
