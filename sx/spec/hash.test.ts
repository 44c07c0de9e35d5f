// Hashes: the vectors that fix them for good, how each form is spelled, what is one meaning and what is two.
// The laws are in ../laws-hash.test.ts.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { contentPrimitives } from "../bootstrap/content.ts";
import { platformPrimitives } from "../bootstrap/platform.ts";
import { cekEngine } from "../cek/engine.ts";
import { type DefinitionHash, hashDefinitions, showAddress } from "../content/hash.ts";
import { SxError } from "../core/errors.ts";
import { sha256 } from "../core/sha256.ts";
import { jsEngine } from "../js/engine.ts";
import { createRealm, type Realm } from "../realm.ts";

function load(text: string, parents: readonly Realm[] = []): Realm {
  const realm = createRealm({ engine: jsEngine(), parents });
  realm.load(text, { file: "test.sx" });
  return realm;
}

/** The address of each definition of a text by name. */
function addresses(text: string): Record<string, string> {
  return Object.fromEntries([...load(text).hashes()].map(([name, hash]) => [name, showAddress(hash)]));
}

function hashOf(text: string, name: string): DefinitionHash {
  return load(text).hashes().get(name) as DefinitionHash; // the text defines it
}

/** The canonical text of a definition's group without its first line. */
function canonical(text: string, name: string): string {
  return hashOf(text, name)
    .text.replace(/^;sx1 [a-z,]+\n/, "")
    .trimEnd();
}

/** How the body of a function with the parameters a, b and c is spelled. */
function spelled(form: string): string {
  const text = canonical(`(define (f a b c) ${form})`, "f");
  const [start, end] = ["(define @c:0 (fn (a b c) ", "))"];
  assert.ok(text.startsWith(start) && text.endsWith(end), text);
  return text.slice(start.length, -end.length);
}

const idHash = "3224f7539909f2e70f3f181df4dde8e53c7bb30138095e761f2e6a9b3819f2c4";
const cycleHash = "0bc10654229b556cdb665b09937c222ce27f17a06c23d19e2dd904ecc8b35af8";
const badgeHash = "68e7ebc3a2aff3dc6d07045e66ff5246bc4940cab9857a1e5b942a9af6de6c68";

test("vector 1: an identity function, however it is laid out and named", () => {
  assert.equal(addresses("(define id (fn (x) x))").id, idHash);
  assert.equal(
    addresses("; it gives back\n( define\tid #| what |# (fn\n(x ) x ; it was given\n))").id,
    idHash,
  );
  assert.equal(addresses("(define ident (fn (x) x))").ident, idHash);
  assert.equal(addresses("(define (ident x) x)").ident, idHash);
});

test("vector 2: the name of a local is part of it", () => {
  assert.equal(
    addresses("(define id (fn (y) y))").id,
    "4e659c10358730283ad1549814f8e12fa7335ee906e25b818accc5f1b84d3c24",
  );
});

test("vector 3: a function that calls itself, of any name", () => {
  for (const name of ["fact", "product-to"]) {
    assert.equal(
      addresses(`(define ${name} (fn (n) (if (= n 0) 1 (* n (${name} (- n 1))))))`)[name],
      "88e03adab440c09b7b761a36175f549a82066eaa6d1b25b03f61a5f16cb784d7",
    );
  }
});

test("vector 4: two functions that call each other, in either order", () => {
  const text = (name: string, other: string) =>
    `(define ${name} (fn (n) (if (= n 0) "ping" (${other} (- n 1)))))`;
  const expected = { ping: `${cycleHash}.0`, pong: `${cycleHash}.1` };
  assert.deepEqual(addresses(`${text("ping", "pong")}\n${text("pong", "ping")}`), expected);
  assert.deepEqual(addresses(`${text("pong", "ping")}\n${text("ping", "pong")}`), expected);
  assert.deepEqual(addresses(`${text("a-1", "b-1")}\n${text("b-1", "a-1")}`), {
    "a-1": `${cycleHash}.0`,
    "b-1": `${cycleHash}.1`,
  });
});

const badge = '(defcomp ~badge (&key text) (span :class "badge" text))';
const card =
  '(defcomp ~card (&key title &rest children) (div :class "card" (h2 title) (~badge :text "new") children))';

test("vectors 5 and 6: a component, and one that calls it", () => {
  const expected = {
    "~badge": badgeHash,
    "~card": "9aa23ffb292b7368e4e1038c3e86c9991f82e76a1c0892ad9606b5bbb2bd9b91",
  };
  assert.deepEqual(addresses(`${badge}\n${card}`), expected);
  assert.deepEqual(addresses(`${card}\n${badge}`), expected);
});

test("vector 7: a component changes with the one that it calls", () => {
  assert.equal(
    addresses(`${badge.replace('"badge"', '"badge hot"')}\n${card}`)["~card"],
    "ded41c9afd2f77e5366dd1293505d2945cdacb42a79e3ab657bae3125bbccea3",
  );
});

test("the hash is the SHA-256 of the text, which says its version and the kinds of its members", () => {
  const { hash, text, member } = hashOf("(defcomp ~a (&rest children) (b-1)) (define (b-1) (~a))", "~a");
  assert.equal(hash, sha256(text));
  assert.equal(member, 1);
  assert.equal(
    text,
    ";sx1 value,component\n(define @c:0 (fn () (@c:1)))\n(defcomp @c:1 (&rest children) (@c:0))\n",
  );
});

test("each form has one spelling", () => {
  const spellings: Readonly<Record<string, string>> = {
    "(when a b c)": "(if a (do b c) nil)",
    "(cond a 1 b 2 :else 3)": "(if a 1 (if b 2 3))",
    "(case a 1 b 2 c)": "(let ((@0 a)) (if (= @0 1) b (if (= @0 2) c nil)))",
    "(and a b)": "(let ((@0 a)) (if @0 b @0))",
    "(or a (or b c))": "(let ((@0 a)) (if @0 @0 (let ((@1 b)) (if @1 @1 c))))",
    "(let* ((x a)) (do b x))": "(let ((x a)) b x)",
    "(begin a b)": "a b",
    "(str (begin a b))": "(str (do a b))",
    "(let loop ((n a)) (loop b))": "(letrec ((loop (fn (n) (loop b)))) (loop a))",
    "(do (define x a) (print x) (define (g y) x) (g b))":
      "(letrec ((x a) (@0 (print x)) (g (fn (y) x))) (g b))",
    "(lambda (x &rest more) a)": "(fn (x &rest more) a)",
    "(fn (&rest all) a b)": "(fn (&rest all) a b)",
    "(set! a [b c])": "(set! a (list b c))",
    '{:k a b 1 "two words" c}': '{:k a :b 1 "two words" c}',
    "(get a :k)": '(get a "k")',
    '\'(x "s" :k {y 1} 2e21)': '(quote (x "s" :k {:y 1} 2e+21))',
    "(str '5 'true '\"x\")": '(str 5 true "x")',
    "`(x ,a ,@b)": "(concat (list (quasiquote x) a) b)",
    '`(x "s" y)': '(list (quasiquote x) "s" (quasiquote y))',
    "`(x ,'y)": "(list (quasiquote x) (quote y))",
    "`(let ((x# ,a)) x#)": '(let ((@0 (gensym "x"))) (list (quasiquote let) (list (list @0 a)) @0))',
    "(-> a (str b) (list c _))": "(list c (str a b))",
    "(->> a (map inc))": "(map inc a)",
    "(try a b (catch (e) e b) (finally c a))": "(try a b (catch (e) e b) (finally c a))",
    "(provide a b c a)": "(provide a b c a)",
    "(list (context a) (context a b))": "(list (context a) (context a b))",
    "(prompt a (capture b (k) (k c)))": "(prompt a (capture b (k) (k c)))",
    "(perform a b)": "(perform a b)",
    "(suspense :fallback (p a) b (fn (v) v))": "(suspense :fallback (p a) b (fn (v) v))",
    '(div a :class b (spread c) "t")': '(let ((@0 a)) (div :class b (spread c) @0 "t"))',
    "(<> a (html:map b))": "(<> a (html:map b))",
    "(svg (circle :r a) (svg:text b))": "(svg (svg:circle :r a) (svg:text b))",
    "(let ((~x a)) (~x :p b c))": "(let ((~x a)) (~x :p b c))",
    '"\\u{0}\\u{1f600}\\n"': '"\\u{0}😀\\n"',
    "-0.50e1": "-5",
  };
  for (const [form, expected] of Object.entries(spellings)) assert.equal(spelled(form), expected, form);
});

test("a header keeps the names, types, defaults and marks of its parameters, and not what is said of them", () => {
  const header = (list: string) =>
    /\((?=&)(.*)\) nil\)$/.exec(canonical(`(defcomp ~x ${list} nil)`, "~x"))?.[1];
  assert.equal(
    header('(&key a (b 1) (c :doc "said") (d :required true :default a :type :string))'),
    "&key a (b :default 1) c (d :type string :default a :required true)",
  );
  assert.equal(
    header("(&rest children &attrs more &env user cart)"),
    "&env (user cart) &attrs more &rest children",
  );
  assert.equal(header("(&key (a :required nil))"), "&key a");
  assert.equal(header("(&key (a :type any) (b :default nil))"), "&key (a :type any) (b :default nil)");
});

test("implicit parameters stand in the calls", () => {
  const text = "(defcomp ~hello (&env (user)) user) (define (f user) (~hello))";
  assert.match(canonical(text, "f"), /^\(define @c:0 \(fn \(user\) \(@h:[0-9a-f]{64} :user user\)\)\)$/);
});

test("a head that would be read as something else stands in a do", () => {
  assert.equal(spelled("(let ((title a)) (title b))"), "(let ((title a)) (title b))");
  assert.equal(spelled("(let ((title a)) ((do title) b))"), "(let ((title a)) ((do title) b))");
  assert.equal(spelled("(let ((~x a)) ((do ~x) b))"), "(let ((~x a)) ((do ~x) b))");
  assert.match(canonical(`${badge} (define (f) ((do ~badge) 1))`, "f"), /\(\(do @h:[0-9a-f]{64}\) 1\)/);
});

test("a primitive under the name of a variable is told from it", () => {
  const macro = "(defmacro pair (a b) `(list ,a ,b))";
  assert.match(
    canonical(`${macro} (define (f list) (pair list 1))`, "f"),
    /\(fn \(list\) \(@p:list list 1\)\)/,
  );
  assert.match(canonical("(define (f =) (case 1 2 3))", "f"), /\(@p:= @0 2\)/);
});

test("a loop of an outer variable's name is told from it", () => {
  assert.equal(
    spelled("(let ((loop a)) (let loop ((n loop)) (loop n)))"),
    "(let ((loop a)) (letrec ((@0 (fn (n) (@0 n)))) (@0 loop)))",
  );
});

test("names that macros make are numbered anew in each definition", () => {
  const macro = "(defmacro either (a b) `(let ((t# ,a)) (if t# t# ,b)))";
  const hashes = addresses(
    `${macro} (define (f a b) (either a b)) (define (g a b) (either a b)) (define (h a b) (or a b))`,
  );
  assert.equal(hashes.f, hashes.g);
  assert.equal(hashes.f, hashes.h, "what `or` makes is the same");
  const quoting = "(defmacro named () `(let ((t# 1)) (quote t#)))";
  const first = addresses(`${quoting} (define f (named))`);
  const second = addresses(`${quoting} (define (g) (list (named) (named))) (define f (named))`);
  assert.equal(first.f, second.f);
});

test("a macro's template names definitions by what they are, quoted data by how they are called", () => {
  const template = (name: string) =>
    `(define ${name} 1) (defmacro m () \`(list ${name})) (define d '(${name}))`;
  const [before, after] = [addresses(template("one")), addresses(template("uno"))];
  assert.equal(before.m, after.m);
  assert.notEqual(before.d, after.d);
});

test("a macro's change that changes no expansion changes no caller", () => {
  const text = (own: string, made: string) =>
    `(defmacro m (x) (do ${own} \`(str ${made} ,x))) (define (f) (m 1))`;
  const first = addresses(text("1", "2"));
  const inner = addresses(text("3", "2"));
  const outer = addresses(text("1", "4"));
  assert.notEqual(first.m, inner.m);
  assert.equal(first.f, inner.f);
  assert.notEqual(first.f, outer.f);
});

test("what means the same has one hash", () => {
  const alike: readonly (readonly [string, string])[] = [
    ["(define f (lambda (x) x))", "(define (f x) x)"],
    ["(define f (let* ((x 1)) x))", "(define f (let ((x 1)) x))"],
    ["(define f (if 1 2))", "(define f (when 1 2))"],
    ["(define f [1 2])", "(define f (list 1 2))"],
    ['(define f {:a "x"})', '(define f {"a" :x})'],
    ["(define f (-> 1 inc))", "(define f (inc 1))"],
    ["(define f 1.50)", "(define f 15e-1)"],
    ["(defcomp ~f (&key (a 1 )) a)", '(defcomp ~f (&key (a :doc "it" :default 1)) a)'],
    ["(defcomp ~f (&key (a :type string)) a)", "(defcomp ~f (&key (a :type :string)) a)"],
    ["(define f (svg (title 1)))", "(define f (svg (svg:title 1)))"],
    ['(define f (p "x" :id 1))', '(define f (p :id 1 "x"))'],
  ];
  for (const [one, other] of alike) assert.deepEqual(addresses(one), addresses(other), one);
});

test("what means something else has another hash", () => {
  const texts = [
    "(define f 1)",
    '(define f "1")',
    "(define f (fn () 1))",
    "(define f (do 1 1))",
    "(define f 'x)",
    "(define f `x)",
    "(define f :x)",
    "(define f '(x))",
    "(define f `(x))",
    "(define f '{:a 1})",
    "(define f {:a 1})",
    "(define f {:a 1 :b 2})",
    "(define f {:b 2 :a 1})",
    "(define f 'nil)",
    "(define f ':x)",
    "(define f '(quote x))",
    "(define f (list 'x))",
    "(define f (p 1))",
    "(define f (<> 1))",
    "(define f ((do str) (p 1)))",
    "(define f (fn (a b) a))",
    "(define f (fn (a &rest b) a))",
    "(define f (fn (a) (fn (b) a)))",
    "(define f (let ((a 1)) (let ((b 2)) a)))",
    "(define f (let ((a 1) (b 2)) a))",
    "(define f (letrec ((a 1) (b 2)) a))",
    "(defmacro f () 1)",
  ];
  const hashes = texts.map((text) => Object.values(addresses(text))[0]);
  assert.equal(new Set(hashes).size, texts.length, "no two of them are one");
});

test("definitions of parents and of the prelude are references like any", () => {
  const parent = load(badge);
  const child = load(`${card} (define (big xs) (find odd? xs))`, [parent]);
  const hashes = child.hashes();
  assert.deepEqual([...hashes.keys()], ["~card", "big"]);
  assert.equal(hashes.get("~card")?.hash, addresses(`${badge}${card}`)["~card"]);
  assert.deepEqual(
    hashes.get("big")?.references.map(({ name }) => name),
    ["find"],
  );
});

test("only macros run: a definition that would fail has its hash", () => {
  assert.match(addresses("(define f (/ 1 0))").f ?? "", /^[0-9a-f]{64}$/);
});

test("a long chain and a large cycle cost no depth of calls", () => {
  const chain = Array.from(
    { length: 3_000 },
    (_, index) => `(define (f${index}) ${index ? `(f${index - 1})` : 0})`,
  );
  assert.equal(new Set(Object.values(addresses(chain.join("\n")))).size, 3_000);
  const cycle = chain.with(0, "(define (f0) (f2999))").join("\n");
  const hashes = load(cycle).hashes();
  assert.equal(new Set([...hashes.values()].map(({ hash }) => hash)).size, 1);
  assert.equal(hashes.get("f2999")?.text.split("\n").length, 3_002);
});

test("a choice too long to be spelled is refused", () => {
  const clauses = Array.from({ length: 60_000 }, (_, index) => `(= a ${index}) ${index}`).join(" ");
  assert.throws(() => addresses(`(define (f a) (cond ${clauses}))`), { kind: "read/too-deep" });
});

test("a parameter that the canonical text has for itself is refused", () => {
  assert.throws(
    () => addresses("(defcomp ~x (&key @c:0) @c:0)"),
    (error) => {
      return error instanceof SxError && error.kind === "name/reserved" && error.span?.start === 0;
    },
  );
  assert.match(canonical("(define (f @c:0) @c:0)", "f"), /\(fn \(@0\) @0\)/);
});

test("the chapter gives the same on an engine that checks every call", () => {
  const platform = [...platformPrimitives(), ...contentPrimitives(() => {})];
  const chapter = createRealm({ engine: jsEngine({ checkProps: true }), platform });
  chapter.load(readFileSync(join(import.meta.dirname, "hash.sx"), "utf8"), { file: "hash.sx" });
  const folder = join(import.meta.dirname, "tests");
  for (const file of [
    "components/props",
    "control/logic",
    "quasiquote/templates",
    "macros/hygiene",
    "let/named",
  ]) {
    const definitions = [
      ...load(readFileSync(join(folder, `${file}.sx`), "utf8"))
        .hashes()
        .values(),
    ].map(({ definition }) => definition);
    const known = chapter.call("hash-definitions", new Map(), definitions);
    assert.deepEqual(
      known,
      hashDefinitions(definitions, () => {}),
      file,
    );
  }
});

test("every engine that macros run on gives one hash", () => {
  const folder = join(import.meta.dirname, "tests");
  for (const file of ["components/props", "components/environment", "programs/lists", "macros/hygiene"]) {
    const text = readFileSync(join(folder, `${file}.sx`), "utf8");
    const other = createRealm({ engine: cekEngine() });
    other.load(text, { file });
    const [one, two] = [load(text).hashes(), other.hashes()];
    assert.ok(one.size > 2, file);
    assert.deepEqual([...two.values()].map(showAddress), [...one.values()].map(showAddress), file);
  }
});
