// The loop as it is used: through scripted input that is no terminal, and through a pretended terminal with its keys.

import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import { jsEngine } from "../js/engine.ts";
import { historyFile } from "./repl/history.ts";
import { complete } from "./repl/names.ts";
import { Session } from "./repl/session.ts";
import { runRepl } from "./repl.ts";

const scratch = () => mkdtempSync(join(tmpdir(), "sx-repl-"));

/** What a session answers to some text, and its exit code. */
async function hold(text: string, line: readonly string[] = []) {
  const streams = { input: new PassThrough(), out: new PassThrough(), err: new PassThrough() };
  streams.input.end(text);
  const code = await runRepl(line, streams);
  return { code, out: String(streams.out.read() ?? "") };
}

/** A session at a terminal: keys as they are typed, and everything the screen was sent. */
async function type(keys: readonly string[], line: readonly string[] = ["--no-history"]) {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => input });
  const out = Object.assign(new PassThrough(), { isTTY: true, columns: 80, rows: 24 });
  const err = new PassThrough();
  const done = runRepl(line, { input, out, err });
  for (const key of keys) {
    input.write(key);
    await new Promise((resume) => setImmediate(resume));
  }
  const code = await done;
  return { code, out: String(out.read() ?? ""), err: String(err.read() ?? "") };
}

const end = "\u0004"; // Ctrl-D

test("each form is answered with its value, and a definition with its name", async () => {
  assert.deepEqual(await hold("(+ 1 2)\n(define x 5)\n(defcomp ~c () (p x))\nx\n"), {
    code: 0,
    out: "3\nx defined\n~c defined\n5\n",
  });
});

test("a form goes on over lines until it is complete", async () => {
  assert.equal(
    (await hold('(list 1\n\n  "two\nlines" #| a\ncomment |#\n 3)\n')).out,
    '(1 "two\\nlines" 3)\n',
  );
});

test("an error is explained with its place and leaves everything as it was", async () => {
  const { code, out } = await hold("(define x 1)\n(define (f) (g))\n(define y (uper x))\n(set! x 2)\nx\n");
  assert.equal(code, 0);
  assert.match(
    out,
    /<2>:1:14: name\/unbound: nothing here is called g\n {2}\|\n1 \| \(define \(f\) \(g\)\)\n {2}\| {14}\^/,
  );
  assert.match(out, /help: did you mean upper\?\n2\n2\n$/);
});

test("input that ends inside a form is explained, and the exit code is 1", async () => {
  const { code, out } = await hold("1\n(list 1\n");
  assert.equal(code, 1);
  assert.match(out, /^1\n<2>:1:1: read\/unclosed/);
});

test("a name can be defined again, and what used it uses the new one", async () => {
  const text = "(define x 1)\n(define (f) (* 10 x))\n(define y (+ x 1))\n(define x 5)\n(list (f) y)\n";
  assert.match((await hold(text)).out, /x defined again.*\n\(50 6\)\n$/);
});

test("a definition that needs what came later may take an earlier one's name", async () => {
  assert.match((await hold("(define x 1)\n(define y 2)\n(define x (+ y 1))\nx\n")).out, /\n3\n$/);
});

test("a definition that others need is not replaced by a mistake", async () => {
  assert.match((await hold("(define (f) 1)\n(define (f) (nope))\n(f)\n")).out, /name\/unbound[\s\S]*\n1\n$/);
});

test("what definitions print is printed once, however often they are loaded", async () => {
  const { out } = await hold(
    '(define x (do (print "made") 1))\n(define y 1)\n(define y 2)\n:engine cek\n(+ x y)\n',
  );
  assert.equal(out.match(/made/g)?.length, 1);
  assert.match(out, /\n3\n$/);
});

test("the commands answer", async () => {
  const file = join(scratch(), "more.sx");
  writeFileSync(file, "(define more 7)\n");
  const { out } = await hold(
    `:type (list 1)\n:type inc\n:doc nth\n:doc let\n:doc sum\n:doc li\n(define (sq n) (* n n))\n:doc sq\n:load ${file}\nmore\n:engine\n:engine cek\n(sq more)\n:help\n:quit\n(nope)\n`,
  );
  for (const line of [
    /^list\nfunction\n/,
    /\(nth xs:list\|nil index:integer\) -> any\n/,
    /\(let \(\(name value\) …\) body …\)/,
    /\(define \(sum xs\) \(reduce \+ 0 xs\)\)/,
    /The HTML element li\./,
    /\n\(define \(sq n\) \(\* n n\)\)\n/,
    /\nmore defined\n7\n/,
    /The engine is js\.\nThe engine is now cek; values were computed anew\.\n49\n/,
    /:load FILE/,
  ])
    assert.match(out, line);
  assert.doesNotMatch(out, /nope/);
});

test("a command that lacks a word, or is misspelt, says what is right; a keyword is a value", async () => {
  const { out } = await hold(":doc\n:typ\n:doc mapp\n:engine fast\n:load gone.sx\n:title\n");
  assert.equal(
    out,
    [
      "The command needs a name.",
      "There is no command :typ; did you mean :type?",
      "name/unbound: nothing here is called mapp\nhelp: did you mean map?",
      "There is no engine fast; there are js, cek, vm.",
      "gone.sx cannot be read: there is no such file or folder.",
      '"title"\n',
    ].join("\n"),
  );
});

test("an engine that cannot run what is defined is refused, and the session goes on with the old one", async () => {
  const { out } = await hold(
    "(define (f) (prompt :p (+ 1 (capture :p (k) (k 1)))))\n:engine js\n(f)\n:engine\n",
    ["--engine", "cek"],
  );
  assert.match(out, /engine\/unsupported[\s\S]*\n2\nThe engine is cek\.\n$/);
});

test("files of the command line are there from the start", async () => {
  const file = join(scratch(), "start.sx");
  writeFileSync(file, "(define start 3)\n");
  assert.equal((await hold("start\n", [file])).out, "3\n");
});

test("Tab offers forms and elements where a call begins, values elsewhere, and commands at a colon", async () => {
  const session = new Session(jsEngine(), () => null);
  await session.evaluate("(define make-bread 1) (defcomp ~make () (p 1))", "a.sx");
  const offered = (line: string) => complete(line, session, [":help", ":load"])[0];
  assert.ok(["main", "make-bread", "map", "mark"].every((name) => offered("(ma").includes(name)));
  assert.ok(offered("(list ma").includes("make-bread"));
  assert.ok(!offered("(list ma").includes("main"));
  assert.deepEqual(offered("(~ma"), ["~make"]);
  assert.ok(offered("(defc").includes("defcomp"));
  assert.ok(offered("(group-").includes("group-by"));
  assert.deepEqual(offered(":l"), [":load"]);
  assert.deepEqual(offered('(str "ma'), []);
  assert.deepEqual(offered("; ma"), []);
});

test("at a terminal Tab completes a name and Enter answers", async () => {
  const { code, out } = await type(["(string-le", "\t", ' "abc")', "\r", end]);
  assert.equal(code, 0);
  assert.match(out, /string-length/);
  assert.match(out, /\n3\r?\n/);
});

test("at a terminal Ctrl-C forgets what was begun, and ends a session in which nothing was", async () => {
  const { out } = await type(["(list 1", "\r", "2", "\u0003", "(+ 20 3)", "\r", "\u0003"]);
  assert.match(out, /\n23\r?\n/);
  assert.doesNotMatch(out, /unclosed/);
});

test("lines are kept for the next session, readable by their user alone", async () => {
  const file = join(scratch(), "state", "history");
  await type(["(+ 1 1)", "\r", "(+ 2 2)", "\r", end], ["--history", file]);
  assert.equal(readFileSync(file, "utf8"), "(+ 1 1)\n(+ 2 2)\n");
  assert.equal(statSync(file).mode & 0o777, 0o600);
  chmodSync(file, 0o644);
  const { out } = await type(["\u001b[A", "\u001b[A", "\r", end], ["--history", file]);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.match(out, /\n2\r?\n/);
});

test("a history that cannot be kept is said once, and the session goes on", async () => {
  const file = join(scratch(), "file");
  writeFileSync(file, "");
  const { err, out } = await type(["1", "\r", "(+ 20 3)", "\r", end], ["--history", join(file, "history")]);
  assert.match(out, /\n23\r?\n/);
  assert.equal(err.match(/cannot be kept/g)?.length, 1);
});

test("history belongs to the state directory", () => {
  assert.equal(historyFile({ XDG_STATE_HOME: "/state" }), "/state/sx/history");
  assert.match(historyFile({}), /\.local\/state\/sx\/history$/);
});
