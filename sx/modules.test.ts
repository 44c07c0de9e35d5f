// Modules as the compiler makes them of the corpus: each is encoded, decoded as it was and verified; changed bytes of
// them are refused or read as what they spell. ROSE_ASH_LAW_PROGRAMS says how many changes are tried.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { compileText } from "./cli/compile.ts";
import { compileOrNull } from "./cli/test/compiled.ts";
import { SxError } from "./core/errors.ts";
import { parseCorpusFile } from "./spec/corpus.ts";
import { decode } from "./vm/decode.ts";
import { encode } from "./vm/encode.ts";
import type { Module, Proto } from "./vm/module.ts";
import { canonical } from "./vm/test/canonical.ts";
import { checkChanged } from "./vm/test/changed-bytes.ts";
import { verify } from "./vm/verify.ts";

const runs = Number(process.env.ROSE_ASH_LAW_PROGRAMS ?? 10_000);
const corpus = join(import.meta.dirname, "spec/tests");

/** A corpus file in one module where all of it compiles, else one for each of its cases that does. */
function modulesOf(file: string): Module[] {
  const text = readFileSync(join(corpus, file), "utf8");
  const whole = compileOrNull(text, file);
  if (whole) return [whole];
  const { definitions, cases } = parseCorpusFile(text, file);
  return cases
    .map((one) => compileOrNull(`${definitions}\n${one.text}`, file))
    .filter((module) => module !== null);
}

test("every module of the corpus is encoded, decoded as it was, and verified", () => {
  let functions = 0;
  for (const file of readdirSync(corpus, { recursive: true, encoding: "utf8" }).sort()) {
    if (!/\/.*\.sx$/.test(file)) continue; // at the top stand tests of another kind
    for (const module of modulesOf(file)) {
      const bytes = encode(module);
      const decoded = decode(bytes);
      assert.deepEqual(decoded, canonical(module), file);
      assert.deepEqual(encode(decoded), bytes, file);
      verify(decoded);
      functions += decoded.protos.length;
    }
  }
  assert.ok(functions > 1000, `${functions} functions`);
});

test("bytes of compiled modules, changed at random, are read as what they spell, or refused", () => {
  const files = ["functions/closures.sx", "html/elements.sx", "errors/try.sx", "components/props.sx"];
  const seeds = files.flatMap(modulesOf).map(encode);
  assert.ok(seeds.length >= files.length);
  const { sound } = checkChanged(fc.constantFrom(...seeds), runs);
  assert.ok(sound > runs / 50, `of ${runs}, ${sound} verified`);
});

test("one byte of code changed makes each kind of mistake, and all are found out", () => {
  const text = "(define (f x) (if x (list x 1) ((fn (y) (set! x y) (f y)) nil)))\n(f 1)\n";
  const module = compileText(text, "f.sx");
  verify(module);
  const kinds = new Set<string>();
  for (const [index, { code }] of module.protos.entries()) {
    for (let at = 0; at < code.length; at++) {
      const changed = Uint8Array.from(code);
      changed[at] = 0xff;
      const protos = module.protos.with(index, { ...(module.protos[index] as Proto), code: changed }); // in range
      try {
        verify({ ...module, protos });
      } catch (error) {
        assert.ok(error instanceof SxError, String(error));
        kinds.add(error.kind);
      }
    }
  }
  for (const kind of ["unknown-opcode", "bad-operand", "bad-jump", "bad-stack"])
    assert.ok(kinds.has(`module/${kind}`), kind);
});
