// A file as a module: what the corpus prints from its source it prints from its bytes, and the commands that make,
// show and run modules, through a process of their own.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { SxError } from "../core/errors.ts";
import { createPrimitives } from "../core/primitives/table.ts";
import { write } from "../core/printer.ts";
import { createRealm } from "../realm.ts";
import { parseCorpusFile } from "../spec/corpus.ts";
import { encode } from "../vm/encode.ts";
import { vmEngine } from "../vm/engine.ts";
import { Runtime } from "../vm/runtime.ts";
import { readModule } from "../vm/verify.ts";
import { compileText } from "./compile.ts";

const corpus = join(import.meta.dirname, "../spec/tests");

/** What a program prints, and the kind of the error that ends it. */
function observe(run: (print: (line: string) => void) => void): string[] {
  const lines: string[] = [];
  try {
    run((line) => lines.push(line));
  } catch (error) {
    if (!(error instanceof SxError)) throw error;
    lines.push(`${error.kind}: ${error.message}`);
  }
  return lines;
}

function runSource(text: string): string[] {
  return observe((print) => {
    const realm = createRealm({ engine: vmEngine(), print, perform: (operation) => operation });
    realm.load(text, { file: "case.sx" });
    realm.run();
  });
}

function runBytes(text: string): string[] {
  return observe((print) => {
    const module = readModule(encode(compileText(text, "case.sx")));
    const host = {
      print: (values: readonly unknown[]) => print(values.map((value) => write(value)).join(" ")),
      perform: (operation: unknown) => operation,
    };
    new Runtime(createPrimitives(), host).load(module, () => null);
  });
}

/** The first cases of each file of the corpus, each with the file's definitions and its value printed. */
function* programs(): Generator<string> {
  for (const file of readdirSync(corpus, { recursive: true, encoding: "utf8" }).sort()) {
    if (!/\/.*\.sx$/.test(file)) continue; // at the top stand tests of another kind
    const text = readFileSync(join(corpus, file), "utf8");
    const { definitions, cases } = parseCorpusFile(text, file);
    for (const one of cases.slice(0, 4)) yield `${definitions}\n(print ${one.text})\n`;
  }
}

test("the corpus prints from bytes what it prints from source", () => {
  let count = 0;
  for (const program of programs()) {
    assert.deepEqual(runBytes(program), runSource(program), program);
    count++;
  }
  assert.ok(count > 100, `${count} programs`);
});

test("a definition of the prelude comes along, beside one of the program's own of its name", () => {
  const text =
    '(define (find f xs) "mine")\n(print (find even? [1 2]) (sort-by - [1 3 2]) (remove even? [1 2]))';
  assert.deepEqual(runBytes(text), ['"mine" (3 2 1) (1)']);
  const { constants, entries } = compileText(text, "x.sx");
  const names = entries.map(({ name }) => write(constants[name]));
  assert.equal(names.filter((name) => name === "find").length, 1);
});

test("compiling runs nothing but what macros need, and leaves macros behind", () => {
  const text =
    '(define (two) 2)\n(defmacro twice (x) `(* ,(two) ,x))\n(define four (do (print "run") (twice 2)))';
  const module = compileText(text, "x.sx");
  assert.deepEqual(
    module.entries.map(({ kind }) => kind),
    ["function", "value"],
  );
  assert.deepEqual(runBytes(text), ['"run"']);
});

test("equal programs have equal bytes", () => {
  const text = "(define (f x) {:a [x 1.5] :b 'sym})\n(print (f 1))";
  const bytes = encode(compileText(text, "a.sx"));
  assert.deepEqual(encode(compileText(`;; elsewhere\n${text.replace("(f x)", "(f   x)")}`, "b.sx")), bytes);
});

const program = join(import.meta.dirname, "sx.mjs");
const folder = mkdtempSync(join(tmpdir(), "sx-modules-"));

function sx(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], { encoding: "utf8" });
  return { status, stdout, stderr };
}

function fileWith(name: string, content: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

const source = fileWith(
  "page.sx",
  '(define (twice n) (* 2 n))\n(print "x" (twice 4))\n(print (list 1 nil))\n',
);
const target = join(folder, "page.sxbc");

test("compile writes a module, which run takes", () => {
  const { status, stdout, stderr } = sx("compile", source, "-o", target);
  assert.deepEqual([status, stderr], [0, ""]);
  assert.match(stdout, /page\.sxbc: \d+ bytes, 2 entries\n$/);
  assert.deepEqual(sx("run", target), { status: 0, stdout: '"x" 8\n(1 nil)\n', stderr: "" });
});

test("modules see the definitions of those before them", () => {
  const library = fileWith("library.sxbc", encode(compileText("(define (shout s) (upper s))", "l.sx")));
  const user = compileText('(define (shout s) s)\n(print (shout "hi"))', "u.sx");
  // As a service would: the definition comes from the other module.
  const entries = user.entries.filter(({ kind }) => kind === "expression");
  const { name, proto } = entries[0] as (typeof entries)[number]; // it prints
  const alone = {
    ...user,
    protos: [user.protos[proto] as (typeof user.protos)[number]],
    entries: [{ name, proto: 0, kind: "expression" as const }],
  };
  const file = fileWith("user.sxbc", encode(alone));
  assert.deepEqual(sx("run", library, file), { status: 0, stdout: '"HI"\n', stderr: "" });
  assert.match(sx("run", file).stderr, /^name\/unbound: nothing here is called shout/);
});

test("disassemble shows a module, or what a text compiles to, as text and as data", () => {
  sx("compile", source, "-o", target);
  const { status, stdout } = sx("disassemble", target);
  assert.equal(status, 0);
  assert.match(stdout, /^proto 0 twice: function, 1 argument, 1 slot\n {2}0000 {2}CONST/m);
  assert.match(stdout, /^ {2}twice {2}function, proto 0$/m);
  assert.equal(sx("disassemble", source).stdout, stdout);
  const listing = JSON.parse(sx("disassemble", target, "--json").stdout);
  assert.equal(listing.protos[0].code.at(-1).name, "RETURN");
  assert.equal(JSON.parse(sx("compile", source, "-o", target, "--json").stdout).definitions, 2);
});

test("a module that was changed is refused with its kind, exit code 1", () => {
  const module = compileText("(define four 4)", "x.sx");
  const cut = sx("run", fileWith("cut.sxbc", encode(module).slice(0, 40)));
  assert.equal(cut.status, 1);
  assert.match(
    cut.stderr,
    /^module\/truncated: .* at byte \d+ needs \d+ more bytes, and \d+ are there\nhelp: /,
  );
  const withoutReturn = module.protos.map((one) => ({ ...one, code: Array.from(one.code).slice(0, -1) }));
  const broken = sx("run", fileWith("broken.sxbc", encode({ ...module, protos: withoutReturn })));
  assert.match(broken.stderr, /^module\/open-end: \S+broken\.sxbc: proto 0 "four" at \d+: /);
  assert.equal(sx("disassemble", join(folder, "broken.sxbc")).status, 0, "which can still be looked at");
  assert.match(sx("run", fileWith("text.sxbc", "(print 1)")).stderr, /^module\/not-sxbc: \S+text\.sxbc: /);
});

test("an error of the source has its place, and nothing is written", () => {
  const bad = fileWith("bad.sx", "(define one 1)\n(print (nope))");
  const { status, stderr } = sx("compile", bad, "-o", join(folder, "none.sxbc"));
  assert.equal(status, 1);
  assert.match(stderr, /bad\.sx:2:9: name\/unbound/);
  assert.ok(!readdirSync(folder).includes("none.sxbc"));
});

test("wrong usage is one sentence and exit code 2", () => {
  for (const words of [
    ["compile"],
    ["compile", source],
    ["compile", source, "-o"],
    ["compile", source, source, "-o", target],
    ["compile", source, "-o", "/no/such/folder/x.sxbc"],
    ["disassemble"],
    ["disassemble", source, source],
    ["disassemble", "/no/such.sxbc"],
    ["run", target, source],
  ]) {
    const { status, stderr } = sx(...words);
    assert.equal(status, 2, words.join(" "));
    assert.match(stderr, /^.+( See sx \w+ --help\.|: there is no such file or folder\.)\n$/);
  }
});

test("a module is never written over a source", () => {
  const own = fileWith("own.sx", "(define one 1)");
  const { status, stderr } = sx("compile", own, "-o", own);
  assert.equal(status, 2);
  assert.match(stderr, /ends in \.sxbc/);
  assert.equal(readFileSync(own, "utf8"), "(define one 1)");
});
