// The reader against hostile text: whatever it is given, it answers with data or with one error of its own
// that stands inside the text, what it read is written and read again as the same, and what it looks at grows
// with the text and no faster. Tokens are strewn at random, and sound texts are cut, doubled and mixed.
// ROSE_ASH_LAW_PROGRAMS sets how many texts are tried; a failure shows fast-check's seed.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { equal } from "./equality.ts";
import { SxError } from "./errors.ts";
import { deepestNesting } from "./form.ts";
import { write } from "./printer.ts";
import { read, readAll, readForms } from "./reader.ts";
import { Source } from "./source.ts";
import { countedText, hostileText, soundText, wounded } from "./test/text.ts";

const runs = Number(process.env.ROSE_ASH_LAW_PROGRAMS ?? 10_000);
const text = fc.oneof(hostileText, soundText, wounded(soundText));

/** What reading gives, or the error it is refused with. */
function attempt<T>(run: () => T): T | SxError {
  try {
    return run();
  } catch (error) {
    if (error instanceof SxError) return error;
    throw error;
  }
}

test("any text is read or refused with an error that stands inside it", () => {
  fc.assert(
    fc.property(text, (source) => {
      const forms = attempt(() => readForms(new Source("fuzz", source)));
      const data = attempt(() => readAll(source));
      assert.equal(forms instanceof SxError, data instanceof SxError, "forms and data are refused alike");
      if (!(forms instanceof SxError) || !(data instanceof SxError)) return;
      assert.match(forms.kind, /^read\//);
      assert.equal(data.kind, forms.kind);
      const { span } = forms;
      assert.ok(span && span.start >= 0 && span.start <= span.end && span.end <= source.length, "its place");
    }),
    { numRuns: runs },
  );
});

test("a sound text is never refused", () => {
  fc.assert(
    fc.property(soundText, (source) => {
      readAll(source);
    }),
    { numRuns: runs },
  );
});

test("what was read is written and read again as the same", () => {
  fc.assert(
    fc.property(text, (source) => {
      const data = attempt(() => readAll(source));
      if (data instanceof SxError) return;
      for (const datum of data) {
        const written = attempt(() => write(datum));
        if (written instanceof SxError) assert.equal(written.kind, "write/too-deep");
        else assert.ok(equal(read(written), datum), `${written} is what ${source} reads as`);
      }
    }),
    { numRuns: runs },
  );
});

/** How many units of a text its reading looks at, for each unit it has. */
function effort(whole: string): number {
  const counted = countedText(whole);
  attempt(() => readForms(new Source("fuzz", counted.text)));
  return counted.seen() / (whole.length + 10);
}

/** As high as any text comes, by what stands twice in it: a unit is seen as space, as part of a token, and as text. */
const mostEffort = 12;

test("what the reader looks at grows with the text and no faster", () => {
  fc.assert(
    fc.property(text, (source) => {
      assert.ok(effort(source) <= mostEffort, `${effort(source)} for each unit`);
    }),
    { numRuns: Math.ceil(runs / 10) },
  );
});

const long = 100_000;
const hostile: Readonly<Record<string, string>> = {
  "lists without an end": "(".repeat(long),
  "brackets without an end": "[".repeat(long),
  "dicts without an end": "{a ".repeat(long),
  "quotes of nothing": "'".repeat(long),
  "discarded forms of nothing": "#;".repeat(long),
  "comments without an end": "#|".repeat(long),
  "a string without an end": `"${"a".repeat(long)}`,
  "a string of escaped quotes without an end": `"${'\\"'.repeat(long)}`,
  "many strings before one without an end": `${'"a" '.repeat(long)}"`,
  "many strings with escapes": '"a\\n\\"" '.repeat(long),
  "a string of escapes": `"${"\\u{41}".repeat(long)}"`,
  "a number of many digits": "9".repeat(long),
  "a fraction of many digits": `0.${"3".repeat(long)}`,
  "an exponent of many digits": `1e${"9".repeat(long)}`,
  "a number that turns out a name": `${"1".repeat(long)}x`,
  "a name of many letters": "a".repeat(long),
  "many names that differ": Array.from({ length: long / 10 }, (_, index) => `name-${index}`).join(" "),
  "names with one hash": Array.from({ length: long / 10 }, (_, index) => `aaaaaaaaa${index}`).join(" "),
  "a dict of many keys": `{${Array.from({ length: long / 10 }, (_, index) => `:k${index} 1`).join(" ")}}`,
  "a dict whose last key stands twice": `{${Array.from({ length: long / 10 }, (_, index) => `:k${index % 9_999} 1`).join(" ")}}`,
  NULs: "\0".repeat(long),
  "NULs in a string": `"${"\0".repeat(long)}"`,
  "half a surrogate pair at the end": `${"a ".repeat(long)}\ud800`,
  "half a surrogate pair in each place": "\udc00".repeat(long),
  "closers without openers": ")".repeat(long),
  "lines, and a closer of another kind": `(${"\n".repeat(long)}]`,
  "as deep as may be, and closed": "(".repeat(deepestNesting) + ")".repeat(deepestNesting),
  "one deeper than may be": "(".repeat(deepestNesting + 1) + ")".repeat(deepestNesting + 1),
};

for (const [name, source] of Object.entries(hostile)) {
  test(`${name}: answered after looking at each unit a few times`, () => {
    assert.ok(effort(source) <= mostEffort, `${effort(source)} for each unit`);
  });
}

test("nesting is refused past its limit, and not before", () => {
  const nested = (depth: number) => attempt(() => readAll("(".repeat(depth) + ")".repeat(depth)));
  assert.ok(!(nested(deepestNesting) instanceof SxError));
  const refused = nested(deepestNesting + 1);
  assert.ok(refused instanceof SxError && refused.kind === "read/too-deep");
  assert.equal(refused.span?.start, deepestNesting);
});

test("looking at a whole text again for each of its forms is counted as too much", () => {
  const counted = countedText("a ".repeat(1_000));
  for (let i = 0; i < 1_000; i++) counted.text.indexOf("z");
  assert.ok(counted.seen() / 2_000 > mostEffort);
});
