// A chapter of the specification with one rule changed, as a test's proof that its law would notice: emitted like the
// chapters that are committed, and not kept. The rule must stand once in the chapter, so that a proof whose rule was
// rewritten is told and not passed over.

import assert from "node:assert/strict";
import { emitEdited } from "../chapters.ts";
import { create as createEmitter } from "../emitted/emit.js";
import { type CreateChapter, createHost, importText } from "../host.ts";

/** The chapter of a name, with `broken` where `rule` stood. */
export async function brokenChapter(name: string, rule: string, broken: string): Promise<CreateChapter> {
  const emit = createEmitter(createHost(), {})["emit-module"];
  const text = emitEdited(name, emit, (chapter) => {
    assert.equal(chapter.split(rule).length, 2, `the chapter ${name} says once: ${rule}`);
    return chapter.replace(rule, broken);
  });
  return (await importText(text)).create;
}
