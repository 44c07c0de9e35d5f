// Modules without their source: what was compiled in one place is loaded in another that knows no front end, its names
// linked to other modules' definitions and to primitives.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { frontEnd } from "../bootstrap/front-end.ts";
import { nativeNames } from "../core/primitives/native-names.ts";
import { createPrimitives } from "../core/primitives/table.ts";
import { readForms } from "../core/reader.ts";
import { Source } from "../core/source.ts";
import { SxSymbol } from "../core/values.ts";
import { Library } from "../front/definition.ts";
import type { GlobalCell, VmComponent } from "./code.ts";
import { decode } from "./decode.ts";
import { encode } from "./encode.ts";
import { compileModule } from "./engine.ts";
import { noExtensions } from "./extensions.ts";
import type { Module } from "./module.ts";
import { Runtime } from "./runtime.ts";
import { type Line, moduleOf, proto } from "./test/assembler.ts";
import { verify } from "./verify.ts";

const names = new Set([...createPrimitives().keys(), ...nativeNames]);

/** A library's module, through its bytes. */
function compileText(text: string, library = new Library([])): { module: Module; library: Library } {
  const { collect, resolveDefinition } = frontEnd(library, names, () => {
    throw new Error("these texts call no macros");
  });
  const definitions = collect(readForms(new Source("test.sx", text)));
  for (const definition of definitions) resolveDefinition(definition);
  const { module } = compileModule(definitions, null);
  const decoded = decode(encode(module));
  verify(decoded, noExtensions);
  return { module: decoded, library };
}

function start(): Runtime {
  return new Runtime(createPrimitives(), { print: () => {}, perform: null });
}

test("a module's functions, values and components run without their source", () => {
  const { module } = compileText(`
    (define start 40)
    (define (add n) (+ start n))
    (define counter (let ((n 0)) (fn () (set! n (+ n 1)) n)))
    (defcomp ~card (&key (title :type string :required true) (size :default "md") &attrs more &rest children)
      (div :class (list "card" size) (spread more) (h2 title) children))`);
  const runtime = start();
  const cells = runtime.load(module, () => null);
  const value = (name: string) => (cells.get(name) as GlobalCell).value;
  assert.equal(runtime.call(value("add"), [2]), 42);
  assert.equal(runtime.call(value("counter"), []), 1);
  assert.equal(runtime.call(value("counter"), []), 2);
  const card = value("~card") as VmComponent;
  assert.equal(
    runtime.render(card, { title: "<", id: "x" }, ["text"]),
    '<div class="card md" id="x"><h2>&lt;</h2>text</div>',
  );
  assert.throws(() => runtime.render(card, {}, []), { kind: "component/missing-prop" });
  assert.throws(() => runtime.render(card, { title: 5 }, []), { kind: "component/prop-type" });
});

test("a function that calls itself by name calls what the name means by then", () => {
  const { module } = compileText(`
    (define (down n) (if (= n 0) "down" (down (- n 1))))
    (define (inner n) (if (= n 0) "inner" (str "(" (inner (- n 1)) ")")))`);
  const runtime = start();
  const cells = runtime.load(module, () => null);
  const [down, inner] = [cells.get("down") as GlobalCell, cells.get("inner") as GlobalCell];
  const [goDown, goIn] = [down.value, inner.value];
  assert.equal(runtime.call(goDown, [3]), "down");
  assert.equal(runtime.call(goIn, [2]), "((inner))");
  down.set(goIn);
  inner.set(goDown);
  assert.equal(runtime.call(goDown, [1]), "inner");
  assert.equal(runtime.call(goDown, [3]), "(inner)");
  assert.equal(runtime.call(goIn, [1]), "(down)");
});

test("a module's free names are the definitions of others, then primitives", () => {
  const base = compileText("(define (twice x) (* 2 x)) (define (inc-all xs) (map inc xs))");
  const user = compileText("(define (go x) (inc-all (list (twice x))))", new Library([base.library]));
  const runtime = start();
  const known = runtime.load(base.module, () => null);
  const cells = runtime.load(user.module, (name) =>
    name instanceof SxSymbol ? (known.get(name.name) ?? null) : null,
  );
  assert.deepEqual(runtime.call(cells.get("go")?.value, [4]), [9]);
  assert.throws(() => start().load(user.module, () => null), { kind: "name/unbound" });
});

test("the prelude is a module like any", () => {
  const text = readFileSync(join(import.meta.dirname, "../spec/prelude.sx"), "utf8");
  const runtime = start();
  const cells = runtime.load(compileText(text).module, () => null);
  assert.deepEqual(runtime.call(cells.get("group-by")?.value, [(n: number) => n % 2, [1, 2, 3]]), {
    "1": [1, 3],
    "0": [2],
  });
});

test("a primitive of a name that every object of the host has is no primitive", () => {
  const lines: Line[] = [["NIL"], ["CALL_PRIM", 2, 1], ["RETURN"]];
  for (const name of ["constructor", "toString", "valueOf", "__proto__"]) {
    const module = moduleOf([proto(lines)], { constants: [new SxSymbol(name)] });
    verify(module);
    assert.throws(() => start().load(module, () => null), { kind: "name/unbound" }, name);
  }
});

test("a function with more constants than the machine can name is refused as it is loaded", () => {
  const names = ["%open", "%attribute", "%content", "%leave", "%markup"].map((name) => new SxSymbol(name));
  const attribute: Line[] = [
    ["LOCAL_GET", 0],
    ["CONST", 7],
    ["CONST", 8],
    ["CALL_PRIM", 3, 4],
  ];
  const lines: Line[] = [
    ["NIL"],
    ["LOCAL_SET", 0],
    ["POP"],
    ["CONST", 7],
    ["CALL_PRIM", 2, 1],
    ...Array.from({ length: 66_000 }, () => attribute).flat(),
    ["CALL_PRIM", 4, 1],
    ["CONST", 7],
    ["CALL_PRIM", 5, 2],
    ["CALL_PRIM", 6, 1],
    ["RETURN"],
  ];
  const module = moduleOf([proto(lines, { slots: 1 })], { constants: [...names, "p", "title"] });
  verify(module);
  assert.throws(() => start().load(module, () => null), { kind: "module/too-large" });
});
