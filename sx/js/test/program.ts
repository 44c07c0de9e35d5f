// Programs made at random, as SX text: well-formed, in scope, and bounded in what they do, so that two
// engines can be held against each other. A program is a pure function of lists of numbers, one list for each
// part of it, one number for each decision; 0 is the simplest answer, and a list that ends gives zeros, so that
// fast-check shrinks programs by shrinking their lists. Effects are everywhere: `say` prints its argument and gives it back.

import fc from "fast-check";

type Kind = "number" | "text" | "truth" | "list" | "dict" | "any" | "child";

interface Variable {
  readonly name: string;
  readonly kind: Kind | "children" | "function";
  /** May be assigned; what counts down a recursion may not. */
  readonly mutable: boolean;
}

/** Which expression of the program is to be wrapped, in which of `wrappings`. */
export interface Wrap {
  readonly site: number;
  readonly form: number;
}

export interface Program {
  readonly definitions: string;
  readonly expression: string;
  /** How many expressions can be wrapped. */
  readonly sites: number;
}

/** Ways to write an expression that change nothing. */
export const wrappings: readonly ((code: string) => string)[] = [
  (code) => `((fn () ${code}))`,
  (code) => `(let ((wrapped ${code})) wrapped)`,
  (code) => `(do ${code})`,
];

const prelude = `
(define (say v) (print v) v)
(define (kind-of e) (if (condition? e) (condition-kind e) e))
(define (call-it f v) (f v))
(defmacro either (a b) \`(let ((t# ,a)) (if t# t# ,b)))
(defmacro again (x) \`(list ,x ,x))
(define counter 0)
(define box 1)
(define (tick) (set! counter (+ counter 1)))`;

/** Decisions for programs: for its expression, for its shape, and for each definition, so many of each at most. */
export function decisions(most = 120): fc.Arbitrary<number[][]> {
  const list = fc.array(fc.nat({ max: 999 }), { minLength: 10, maxLength: most, size: "max" });
  return fc.noBias(fc.array(list, { minLength: 5, maxLength: 8, size: "max" }));
}

/** The program that lists of decisions make: for its expression, for its shape, and for each definition. `markup` asks for an expression that gives markup. */
export function makeProgram(
  decisions: readonly (readonly number[])[],
  options: { wrap?: Wrap | null; markup?: boolean } = {},
): Program {
  return new Writer(decisions, options.wrap ?? null).program(options.markup ?? false);
}

interface Signature {
  readonly name: string;
  readonly count: number;
  readonly rest: boolean;
}

class Writer {
  private readonly decisions: readonly (readonly number[])[];
  private readonly wrap: Wrap | null;
  private list: readonly number[] = [];
  private at = 0;
  private sites = 0;
  private names = 0;
  private scope: Variable[] = [
    { name: "counter", kind: "number", mutable: true },
    { name: "box", kind: "any", mutable: true },
  ];
  private functions: Signature[] = [];
  private components: { name: string; children: boolean }[] = [];
  /** Inside a function: what its recursive calls pass on, so that they end. */
  private fuel: string | null = null;
  /** A loop whose next round may be started here, and how many carriers it has. */
  private loop: { name: string; step: string; carriers: Variable[] } | null = null;

  constructor(decisions: readonly (readonly number[])[], wrap: Wrap | null) {
    this.decisions = decisions;
    this.wrap = wrap;
  }

  program(markup: boolean): Program {
    this.turnTo(1);
    const functions = Array.from({ length: this.pick(4) }, (_, index) => ({
      name: `f${index}`,
      count: this.pick(3),
      rest: this.pick(6) === 5,
    }));
    const components = Array.from({ length: this.pick(4) }, (_, index) => ({
      name: `~c${index}`,
      children: this.pick(3) < 2,
    }));
    // Functions draw components or components call functions, never both, so that all recursion counts down.
    const functionsFirst = this.pick(2) === 0;
    const definitions: string[] = [prelude];
    const writeFunctions = () => {
      this.functions = functions;
      for (const [index, signature] of functions.entries()) {
        this.turnTo(2 + index);
        definitions.push(this.define(signature, functions.slice(0, index)));
      }
    };
    if (functionsFirst) writeFunctions();
    for (const [index, component] of components.entries()) {
      this.turnTo(5 + index);
      definitions.push(this.defcomp(component));
      this.components.push(component);
    }
    if (!functionsFirst) writeFunctions();
    this.functions = functions;
    this.turnTo(0);
    return { definitions: definitions.join("\n"), expression: this.main(markup), sites: this.sites };
  }

  private main(markup: boolean): string {
    if (markup)
      return this.components.length > 0 && this.pick(2) > 0
        ? this.componentCall(3)
        : this.expression("child", 4);
    if (this.functions.length > 0 && this.pick(3) > 0) return this.callDefined(2);
    return this.expression("any", 5);
  }

  private turnTo(list: number): void {
    this.list = this.decisions[list] ?? [];
    this.at = 0;
  }

  private next(): number {
    return this.list[this.at++] ?? 0;
  }

  private pick(count: number): number {
    return this.next() % count;
  }

  private choose<T>(...options: readonly T[]): T {
    return options[this.pick(options.length)] as T; // inside the bounds
  }

  private fresh(stem: string): string {
    return `${stem}${this.names++}`;
  }

  /** Writes with more variables in scope. */
  private within(variables: readonly Variable[], write: () => string, keepLoop = true): string {
    const saved = { scope: this.scope, loop: this.loop };
    this.scope = [...this.scope, ...variables];
    if (!keepLoop) this.loop = null;
    const code = write();
    this.scope = saved.scope;
    this.loop = saved.loop;
    return code;
  }

  /** A function whose first parameter counts down. At its end it may call `earlier` ones, which end too. */
  private define({ name, count, rest }: Signature, earlier: readonly Signature[]): string {
    const names = Array.from({ length: count }, (_, index) => `p${index}`);
    const variables: Variable[] = names.map((parameter) => ({ name: parameter, kind: "any", mutable: true }));
    if (rest) variables.push({ name: "more", kind: "list", mutable: true });
    this.fuel = "(- n 1)";
    const body = this.within([{ name: "n", kind: "number", mutable: false }, ...variables], () => {
      const end =
        earlier.length > 0 && this.pick(3) === 2
          ? this.callOf(this.choose(...earlier), 1)
          : this.expression("any", 1);
      return `(if (< n 1) ${end} ${this.tail("any", 4)})`;
    });
    this.fuel = null;
    return `(define (${[name, "n", ...names].join(" ")}${rest ? " &rest more" : ""}) ${body})`;
  }

  private defcomp({ name, children }: { name: string; children: boolean }): string {
    const variables: Variable[] = ["a", "b", "c"].map((prop) => ({ name: prop, kind: "any", mutable: true }));
    const [, fallback, last] = ["", this.expression("any", 1), this.expression("number", 1)];
    const inner: Variable[] = children
      ? [...variables, { name: "children", kind: "children", mutable: false }]
      : variables;
    const body = this.within(inner, () =>
      children && this.pick(2) === 1
        ? `(div${this.attributes(2)} ${this.expression("child", 2)} ${this.childrenUse(3)})`
        : this.expression("child", 4),
    );
    return `(defcomp ${name} (&key a (b :default ${fallback}) (c ${last})${children ? " &rest children" : ""}) ${body})`;
  }

  /** An expression in tail position of a function: more often than not the function goes on. */
  private tail(kind: Kind, depth: number): string {
    if (depth > 0 && this.functions.length > 0) {
      switch (this.pick(7)) {
        case 1:
        case 2:
          return this.callDefined(depth);
        case 3:
          return `(if ${this.expression("truth", 2)} ${this.tail(kind, depth - 1)} ${this.tail(kind, depth - 1)})`;
        case 4: {
          const name = this.fresh("v");
          const value = this.expression("any", 2);
          return `(let ((${name} ${value})) ${this.within([{ name, kind: "any", mutable: true }], () => this.tail(kind, depth - 1))})`;
        }
        case 5:
          return `(do ${this.effect(2)} ${this.tail(kind, depth - 1)})`;
      }
    }
    return this.expression(kind, depth);
  }

  private callDefined(depth: number): string {
    return this.callOf(this.choose(...this.functions), depth);
  }

  private callOf({ name, count, rest }: Signature, depth: number): string {
    const fuel = this.fuel ?? this.choose("1", "2", "3", "0", "130");
    const wrong = this.pick(12) === 11 ? 1 : 0;
    const extra = rest ? this.pick(3) : wrong;
    const args = Array.from({ length: count + extra }, () => this.argument(depth));
    return `(${[name, fuel, ...args].join(" ")})`;
  }

  /** An argument: variables, assignments and effects side by side show what is computed when. */
  private argument(depth: number, kind: Kind = "any"): string {
    switch (this.pick(6)) {
      case 0:
      case 1:
        return this.leaf(kind);
      case 2:
        return this.assignment(depth);
      case 3:
        return `(say ${this.leaf(kind)})`;
      default:
        return this.expression(kind, depth - 1);
    }
  }

  expression(kind: Kind, depth: number): string {
    const site = this.sites++;
    const code = this.plain(kind, depth);
    return site === this.wrap?.site ? (wrappings[this.wrap.form] as (code: string) => string)(code) : code;
  }

  private plain(kind: Kind, depth: number): string {
    if (depth <= 0) return this.leaf(kind);
    if (this.pick(2) === 0) return this.special(kind, depth - 1);
    return this.general(kind, depth - 1);
  }

  private leaf(kind: Kind): string {
    const wanted = this.scope.filter(
      (variable) => variable.kind === kind || (kind === "any" && variable.kind !== "children"),
    );
    if (wanted.length > 0 && this.pick(3) > 0) {
      const nearest = wanted.slice(-4).reverse();
      return this.choose(...nearest).name;
    }
    switch (kind) {
      case "number":
        return this.choose("0", "1", "2", "3", "-1", "0.5", "counter", "1e308");
      case "text":
        return this.choose('""', '"a"', '"b<"', '"\\nc"', '"d&\\""');
      case "truth":
        return this.choose("true", "false", "nil");
      case "list":
        return this.choose("nil", "(list)", "(list 1 2)", '\'(3 "x" nil)', "(list counter box)");
      case "dict":
        return this.choose("{}", '{:k 1 :m "v"}', "nil", "{:k nil}", "{:k box :class counter}");
      case "child":
        return this.choose('"t"', "nil", "5", "(br)", '(b "x")', "box");
      case "any":
        return this.leaf(this.choose<Kind>("number", "text", "truth", "list", "dict"));
    }
  }

  /** What only makes sense of this kind. */
  private special(kind: Kind, depth: number): string {
    const e = (of: Kind) => this.expression(of, depth);
    switch (kind) {
      case "number":
        return this.choose(
          () => this.leaf("number"),
          () => `(${this.choose("+", "-", "*")} ${e("number")} ${e("number")})`,
          () => `(${this.choose("+", "-", "*")} ${e("number")} ${e("number")} ${e("number")})`,
          () => `(${this.choose("inc", "dec", "abs")} ${e("number")})`,
          () => `(+ ${e("any")} ${e("number")})`,
          () => `(${this.choose("mod", "/", "rem")} ${e("number")} ${e("number")})`,
          () => `(len ${e("list")})`,
          () =>
            `(reduce (fn (sum x) ${this.lambda(["sum", "x"], "number", depth)}) ${e("number")} ${e("list")})`,
          () => "(tick)",
        )();
      case "text":
        return this.choose(
          () => this.leaf("text"),
          () => `(str ${e("any")} ${e("any")})`,
          () => `(str ${e("text")} ${e("number")} ${e("any")})`,
          () => `(upper ${e("text")})`,
          () => `(join ${e("list")} ",")`,
        )();
      case "truth":
        return this.choose(
          () => this.leaf("truth"),
          () => `(${this.choose("<", ">", "<=", "=", "!=")} ${e("number")} ${e("number")})`,
          () => `(not ${e("any")})`,
          () => `(and ${e("any")} ${e("truth")})`,
          () => `(or ${e("truth")} ${e("any")})`,
          () => `(= ${e("any")} ${e("any")})`,
          () => `(${this.choose("nil?", "number?", "string?")} ${e("any")})`,
          () => `(empty? ${e("list")})`,
          () => `(< ${e("any")} ${e("number")})`,
          () => `(some ${this.lambdaOf(1, "truth", depth)} ${e("list")})`,
          () => `(every? ${this.lambdaOf(1, "truth", depth)} ${e("list")})`,
        )();
      case "list":
        return this.choose(
          () => this.leaf("list"),
          () => `(list ${e("any")} ${e("any")})`,
          () => `(cons ${e("any")} ${e("list")})`,
          () => `(rest ${e("list")})`,
          () => `(map ${this.lambdaOf(1, "any", depth)} ${e("list")})`,
          () => `(filter ${this.lambdaOf(1, "truth", depth)} ${e("list")})`,
          () => `(map-indexed ${this.lambdaOf(2, "any", depth)} ${e("list")})`,
          () =>
            `(let ((xs ${e("list")})) (filter (fn (x) (do (set-nth! xs 0 ${e("any")}) ${e("truth")})) xs))`,
        )();
      case "dict":
        return this.choose(
          () => this.leaf("dict"),
          () => `{:k ${e("any")} :m ${e("any")}}`,
          () => `(assoc ${e("dict")} :k ${e("any")})`,
        )();
      case "any":
        return this.expression(this.choose<Kind>("number", "text", "truth", "list", "dict", "child"), depth);
      case "child":
        return this.markup(depth);
    }
  }

  /** A function literal, a defined function or an unknown one, of so many parameters. */
  private lambdaOf(count: number, kind: Kind, depth: number): string {
    if (this.pick(4) === 3)
      return count === 1 ? this.choose("say", "inc", "kind-of", "tick", "box", "not") : "list";
    const names = Array.from({ length: count }, () => this.fresh("x"));
    return `(fn (${names.join(" ")}) ${this.lambda(names, kind, depth)})`;
  }

  private lambda(names: readonly string[], kind: Kind, depth: number): string {
    const variables = names.map((name): Variable => ({ name, kind: "any", mutable: true }));
    return this.within(variables, () => this.expression(kind, depth), false);
  }

  private effect(depth: number): string {
    return this.choose(
      () => `(print ${this.leaf("any")})`,
      () => this.assignment(depth),
      () => this.expression("any", depth),
      () => "(tick)",
      () => `(for-each ${this.lambdaOf(1, "any", depth - 1)} ${this.expression("list", depth - 1)})`,
    )();
  }

  private assignment(depth: number): string {
    const targets = this.scope.filter((variable) => variable.mutable);
    const target = this.choose(...targets.slice(-4).reverse());
    const kind =
      target.kind === "any" || target.kind === "function" || target.kind === "children" ? "any" : target.kind;
    return `(set! ${target.name} ${this.expression(this.pick(8) === 7 ? "any" : kind, depth - 1)})`;
  }

  /** What gives any kind: control, binding, calls, errors. */
  private general(kind: Kind, depth: number): string {
    const e = (of: Kind = kind) => this.expression(of, depth);
    const bind = (variables: readonly Variable[], of: Kind = kind) => this.within(variables, () => e(of));
    const any = (name: string): Variable => ({ name, kind: "any", mutable: true });
    return this.choose(
      () => `(say ${e()})`,
      () => `(if ${e("truth")} ${e()} ${e()})`,
      () => `(do ${this.effect(depth)} ${e()})`,
      () => {
        const [one, two] = [this.fresh("v"), this.fresh("w")];
        const first = e("any");
        const second = this.within([any(one)], () => e("number"));
        return `(let ((${one} ${first}) (${two} ${second})) ${bind([any(one), { name: two, kind: "number", mutable: this.pick(2) === 1 }])})`;
      },
      () => this.attempt(kind, depth),
      () => `(cond ${e("truth")} ${e()} ${e("any")} ${e()} :else ${e()})`,
      () => `(case ${e("any")} ${e("number")} ${e()} "a" ${e()} :else ${e()})`,
      () => {
        const name = this.fresh("a");
        return `((fn (${name}) ${this.lambda([name], kind, depth)}) ${e("any")})`;
      },
      () => this.rounds(kind, depth),
      () => this.recursive(kind, depth),
      () => (this.functions.length > 0 ? this.callDefined(depth) : e()),
      () => (this.functions.length > 0 ? `(list ${this.callDefined(depth)} ${e()})` : e()),
      () => (kind === "any" && this.components.length > 0 ? this.componentCall(depth) : e()),
      () => `(provide "k" ${e("any")} ${e()})`,
      () => `(context ${this.choose('"k"', '"other"')} ${e()})`,
      () => this.assignment(depth),
      () => `(get ${e("dict")} ${this.choose(":k", ":m", '"class"', "box")})`,
      () => {
        const [d, one] = [this.fresh("d"), this.fresh("v")];
        return `(let ((${d} ${e(this.choose<Kind>("dict", "any"))}) (${one} (get ${d} :k))) (list (get ${d} :m) ${one} (get ${d} :k) ${bind([any(one)])}))`;
      },
      () => `(or ${e("truth")} ${e()})`,
      () => `(and ${e("any")} ${e()})`,
      () => {
        const f = this.fresh("f");
        const fn = this.lambdaOf(1, kind, depth);
        return `(let ((${f} ${fn})) ${this.choose(`(list (${f} ${e("any")}) (${f} ${e("any")}))`, `(call-it ${f} ${e("any")})`, `(do (set! ${f} ${this.lambdaOf(1, kind, depth - 1)}) (${f} ${e("any")}))`, `(${f} ${e("any")})`)})`;
      },
      () => `(apply ${this.lambdaOf(2, kind, depth)} (list ${e("any")} ${e("any")}))`,
      () =>
        this.choose(
          () => `(raise ${e("any")})`,
          () => `(nth (list ${e("any")}) ${e("number")})`,
          () => `(box ${e("any")} ${e("any")})`,
          () => `((fn (q) q) ${e("any")} ${e("any")})`,
          () => `(/ ${e("number")} 0)`,
        )(),
      () => (this.loop ? this.again(depth) : e()),
      () => `(either ${e("truth")} ${e()})`,
      () => `(again ${e("number")})`,
      () => `\`(here ,${e("any")} (deep ,@${e("list")} ,${e()}))`,
      () => `(-> ${e("number")} (+ ${e("number")}) (list ${e("any")} _ ${e()}))`,
      () => {
        const signal = this.fresh("s");
        const handler = `(fn (${signal}) ${this.lambda([signal], kind, depth - 1)})`;
        const body = this.within([], () => this.expression(kind, depth), false);
        return `(with-handler ${handler} (fn () (list (raise-continuable ${e("any")}) ${body})))`;
      },
      () => `(raise-continuable ${e("any")})`,
      () =>
        `(${this.choose("find", "remove", "take-while")} ${this.lambdaOf(1, "truth", depth)} ${e("list")})`,
      () => `(sort-by ${this.lambdaOf(1, "number", depth)} ${e("list")})`,
    )();
  }

  private attempt(kind: Kind, depth: number): string {
    const body = this.within([], () => this.expression(kind, depth), false);
    const e = this.fresh("e");
    const handler = this.within([{ name: e, kind: "any", mutable: true }], () =>
      this.choose(
        () => `(do (print (kind-of ${e})) ${this.expression(kind, depth)})`,
        () => `(kind-of ${e})`,
        () => this.tail(kind, depth),
      )(),
    );
    const cleanup = `(finally ${this.effect(depth)})`;
    return this.choose(
      `(try ${body} (catch (${e}) ${handler}))`,
      `(try ${body} ${cleanup})`,
      `(try ${body} (catch (${e}) ${handler}) ${cleanup})`,
    );
  }

  /** A named let that counts up to at most four; its other carriers are anything. */
  private rounds(kind: Kind, depth: number): string {
    const [name, step] = [this.fresh("loop"), this.fresh("i")];
    const carriers = Array.from(
      { length: this.pick(3) },
      (): Variable => ({ name: this.fresh("c"), kind: this.choose<Kind>("number", "any"), mutable: true }),
    );
    const starts = carriers.map(
      (carrier) => `(${carrier.name} ${this.argument(depth, carrier.kind as Kind)})`,
    ); // number or any
    const variables: Variable[] = [{ name: step, kind: "number", mutable: false }, ...carriers];
    const body = this.within(variables, () => {
      this.loop = { name, step, carriers };
      const end = this.expression(kind, depth);
      const test = this.choose(
        `(> ${step} ${this.pick(4)})`,
        `(or (> ${step} 3) ${this.expression("truth", depth)})`,
      );
      const go = this.choose(
        () => this.again(depth),
        () => `(do ${this.effect(depth)} ${this.again(depth)})`,
        () => `(if ${this.expression("truth", depth)} ${this.again(depth)} ${this.expression(kind, depth)})`,
        () =>
          `(let ((u ${this.expression("number", depth)})) ${this.within([{ name: "u", kind: "number", mutable: this.pick(2) === 1 }], () => this.again(depth))})`,
      )();
      return `(if ${test} ${end} ${go})`;
    });
    return `(let ${name} ((${step} 0) ${starts.join(" ")}) ${body})`;
  }

  private again(depth: number): string {
    const { name, step, carriers } = this.loop as NonNullable<Writer["loop"]>; // callers looked
    const args = carriers.map((carrier) => {
      const kind = carrier.kind as Kind; // number or any
      return this.choose(
        () => carrier.name,
        () => `(${this.choose("+", "*", "-")} ${this.leaf("number")} ${this.leaf("number")})`,
        () => this.argument(depth, kind),
        () => `(set! ${carrier.name} ${this.expression(kind, depth - 1)})`,
        () => `(context "k" (${this.choose("+", "*")} ${step} ${this.expression("number", depth - 1)}))`,
        () => this.expression(kind, depth),
      )();
    });
    return `(${[name, `(+ ${step} 1)`, ...args].join(" ")})`;
  }

  private recursive(kind: Kind, depth: number): string {
    const [f, g] = [this.fresh("r"), this.fresh("s")];
    const variables: Variable[] = [
      { name: "m", kind: "number", mutable: false },
      { name: "q", kind: "any", mutable: true },
    ];
    const body = (other: string) =>
      this.within(
        variables,
        () => {
          const end = this.expression(kind, depth);
          const call = `(${other} (- m 1) ${this.expression("any", depth)})`;
          return `(if (< m 1) ${end} ${this.choose(call, call, `(list ${call} ${this.leaf("any")})`, `(do ${this.effect(depth)} ${call})`, `(and ${this.leaf("truth")} ${call})`)})`;
        },
        false,
      );
    const start = `(${f} ${this.choose("2", "0", "3")} ${this.expression("any", depth)})`;
    if (this.pick(2) === 0) return `(letrec ((${f} (fn (m q) ${body(f)}))) ${start})`;
    return `(letrec ((${f} (fn (m q) ${body(g)})) (${g} (fn (m q) ${body(f)}))) ${start})`;
  }

  /** An element, a fragment, a component, or what gives several of them. */
  private markup(depth: number): string {
    const child = () => this.expression(this.choose<Kind>("child", "child", "any", "text"), depth);
    const some = () => Array.from({ length: this.pick(4) }, child).join(" ");
    const children = this.scope.some((variable) => variable.kind === "children");
    return this.choose(
      () => this.leaf("child"),
      () => `(${this.choose("p", "div", "pre", "ul")}${this.attributes(depth)} ${some()})`,
      () => `(${this.choose("span", "li")} ${some()})`,
      () => (children ? this.childrenUse(depth) : `(<> ${some()})`),
      () => `(input${this.attributes(depth)})`,
      () => (this.components.length > 0 ? this.componentCall(depth) : `(<> ${some()})`),
      () => `(map ${this.lambdaOf(1, "child", depth)} ${this.expression("list", depth)})`,
      () => `(map-indexed ${this.lambdaOf(2, "child", depth)} ${this.expression("list", depth)})`,
      () => `(<> ${some()})`,
      () =>
        `(${this.choose("title", "textarea", "style")} ${this.expression("text", depth)} ${this.expression(this.choose<Kind>("text", "any"), depth)})`,
      () => `(when ${this.expression("truth", depth)} ${child()})`,
      () => `(list ${some()})`,
      () => `(str ${this.expression("text", depth)} ${this.expression("any", depth)})`,
    )();
  }

  private attributes(depth: number): string {
    const names = new Set<string>();
    let out = "";
    for (let count = this.pick(4); count > 0; count--) {
      const name = this.choose(
        "class",
        "title",
        "hidden",
        "href",
        "data-x",
        "style",
        "aria-label",
        "spread",
        "tabindex",
        "draggable",
      );
      if (names.has(name)) continue;
      names.add(name);
      out +=
        name === "spread"
          ? ` (spread ${this.expression("dict", depth)})`
          : ` :${name} ${this.attribute(name, depth)}`;
    }
    return out;
  }

  private attribute(name: string, depth: number): string {
    const e = (kind: Kind) => this.expression(kind, depth);
    if (name === "class")
      return this.choose(
        () => '"plain"',
        () => `(list "one" ${e("any")} ${e("text")})`,
        () => `(list "one" (when ${e("truth")} "two") ${e("any")})`,
        () => `(if ${e("truth")} "yes" ${this.choose("nil", '"no"', e("text"))})`,
        () => e("any"),
      )();
    if (name === "style")
      return this.choose(
        () => '{:color "red"}',
        () => '"color:red;"',
        () => '"bad{"',
        () => e("dict"),
      )();
    if (name === "href")
      return this.choose(
        () => '"/x"',
        () => `(str "/x/" ${e("any")})`,
        () => `(str ${e("text")} "/y")`,
        () => e("any"),
      )();
    return this.choose(
      () => e("text"),
      () => e("truth"),
      () => e("number"),
      () => `(str "p" ${e("any")})`,
      () => e("any"),
    )();
  }

  private childrenUse(depth: number): string {
    return this.choose(
      () => "children",
      () => "(div children children)",
      () => `(when ${this.expression("truth", depth)} children)`,
      () => "(let ((kept children)) (<> kept (i kept)))",
      () => "(i (len children))",
      () => "(map (fn (c) (li c)) children)",
      () => `(map (fn (x) (li children)) ${this.expression("list", depth)})`,
      () => (this.components.length > 0 ? this.componentCall(depth, "children") : "(p children)"),
      () => `(${this.choose("title", "pre", "textarea")} children)`,
      () => `(do ${this.effect(depth)} (p children))`,
      () => "(try (p children) (catch (bad) (kind-of bad)))",
    )();
  }

  private componentCall(depth: number, inside: string | null = null): string {
    const component = this.choose(...this.components);
    const parts = this.choose("abc", "cba", "b", "bca", "a", "").split("");
    const props = parts.map((prop) => `:${prop} ${this.expression(prop === "c" ? "number" : "any", depth)}`);
    if (this.pick(6) === 5)
      props.push(`(spread {:${this.choose("a", "b", "zz")} ${this.expression("any", depth)}})`);
    const given = inside ?? this.expression("child", depth);
    const children = component.children
      ? [
          given,
          ...Array.from({ length: this.pick(3) }, () =>
            this.expression(this.choose<Kind>("child", "any"), depth),
          ),
        ]
      : [];
    const ordered = this.pick(3) === 2 ? [...children, ...props] : [...props, ...children];
    if (this.pick(5) < 4) return `(${[component.name, ...ordered].join(" ")})`;
    return `(let ((~held ${component.name})) (${["~held", ...ordered].join(" ")}))`;
  }
}
