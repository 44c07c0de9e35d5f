// The reader against hostile text: whatever it is given, it answers with data or with one error of its own
// that stands inside the text, and what it read is written and read again as the same. Real files are cut,
// doubled and mixed, and tokens are strewn at random. ROSE_ASH_FUZZ_RUNS sets how many texts are tried.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { equal } from "./equality.ts";
import { SxError } from "./errors.ts";
import { write } from "./printer.ts";
import { readAll, readForms } from "./reader.ts";
import { Source } from "./source.ts";

const runs = Number(process.env.ROSE_ASH_FUZZ_RUNS ?? 3000);

/** What a reader of bad text may find: every token, and everything that is nearly one. */
const scraps = [
  ..."()[]{}'`,;\"\\#|@:.-+~&_ \n\t\r",
  ..."0 1 -1 1.5 1e21 9007199254740993 1e999 0x10 1. .5 -0 +5 NaN Infinity".split(" "),
  ...',@ #| |# #; :a :: :1 ~card a b/c "text" "a\\n" "\\u{1F600}" "\\u{110000}" "\\q" true false nil'.split(
    " ",
  ),
  "__proto__",
  "constructor",
  "\u00a0",
  "\u0000",
  "\u200b",
  "\ufeff",
  "é",
  "😀",
  "\ud800",
];

const text = fc.oneof(
  fc.array(fc.constantFrom(...scraps), { maxLength: 60 }).map((parts) => parts.join("")),
  fc.array(fc.constantFrom(...scraps), { maxLength: 60 }).map((parts) => parts.join(" ")),
  fc.string({ unit: "binary", maxLength: 80 }),
  fc
    .tuple(fc.constantFrom("(", "[", "{a ", "'", "`", ",", ",@", "#;", "#|", '("'), fc.nat(6000))
    .map(([opener, count]) => opener.repeat(count)),
);

/** The data of a text, or the error it is refused with. */
function attempt<T>(read: () => T): T | SxError {
  try {
    return read();
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

test("what was read is written and read again as the same", () => {
  fc.assert(
    fc.property(text, (source) => {
      const data = attempt(() => readAll(source));
      if (data instanceof SxError) return;
      for (const datum of data) {
        const written = attempt(() => write(datum));
        if (written instanceof SxError) assert.equal(written.kind, "write/too-deep");
        else assert.ok(equal(readAll(written)[0], datum), `${written} is what ${source} reads as`);
      }
    }),
    { numRuns: runs },
  );
});

test("a long text without an end is refused as soon as a short one", () => {
  for (const opener of ["(", '"', "#|", "'", "{a (", ",@["]) {
    const long = attempt(() => readAll(opener.repeat(100_001)));
    assert.ok(long instanceof SxError && /^read\//.test(long.kind), opener);
  }
});
