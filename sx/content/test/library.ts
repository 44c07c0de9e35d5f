// Libraries of definitions made at random, for the laws of hashes: every special form, all sugar, elements,
// components with every kind of parameter, macros. They resolve, and are never run, so their forms need make
// no sense. Names of definitions are left open, and each definition has marks where a test can change it; who
// names whom is written down while the text is made, without a look at any core form.

import type { Pick } from "../../core/test/respelling.ts";

type Kind = "value" | "function" | "component" | "macro";

export interface MadeDefinition {
  readonly kind: Kind;
  /** Its text, with `‹3›` for the name of definition 3, and `‹mark›` and `‹outer›` for numbers of its own. */
  readonly template: string;
  /** The definitions it names itself, in code and in templates. */
  readonly mentions: ReadonlySet<number>;
  /** The macros whose expansions become part of it, or of what it expands to. */
  readonly calls: ReadonlySet<number>;
}

/** The numbers of a definition: `mark` stands in its code, for a macro in the template; `outer` in a macro's own code. */
export interface Marks {
  readonly mark: number;
  readonly outer: number;
}

/** A library of two to eight definitions. */
export function makeLibrary(pick: Pick): MadeDefinition[] {
  const kinds = Array.from({ length: 2 + pick(7) }, (): Kind => {
    const choice = pick(8);
    return choice < 3 ? "function" : choice < 5 ? "component" : choice < 7 ? "value" : "macro";
  });
  const headers = kinds.map(() => makeHeader(pick));
  return kinds.map((_, self) => new Writer(pick, kinds, headers, self).definition());
}

/** A definition's text with names and marks filled in. */
export function fillIn(made: MadeDefinition, names: readonly string[], marks: Marks): string {
  return made.template.replace(
    /‹(?:(mark|outer)|(\d+))›/g,
    (_, mark: keyof Marks | undefined, index: string) =>
      mark === undefined ? (names[Number(index)] as string) : String(marks[mark]),
  ); // each number has a name
}

/** A component's parameters, as its callers must know them. */
interface Header {
  readonly props: readonly Prop[];
  readonly env: boolean;
  readonly attrs: boolean;
  readonly children: boolean;
}

interface Prop {
  readonly name: string;
  /** Its type and whether it is required, as they are written. */
  readonly options: string;
  readonly required: boolean;
}

function makeHeader(pick: Pick): Header {
  const props = ["title", "size", "list"].slice(0, pick(4)).map((name): Prop => {
    const type = ["", "", " :type string", " :type :any", " :type list"][pick(5)] as string; // one of five
    const required = pick(4) === 3;
    return { name, options: `${type}${required ? " :required true" : ""}`, required };
  });
  return { props, env: pick(4) === 3, attrs: pick(4) === 3, children: pick(2) === 1 };
}

type Option = string | (() => string);

/** The names of variables: inner ones hide outer ones, primitives and elements. */
const variables = ["x", "y", "list", "title", "map", "loop", "~held"];
const inSteps = ["value", "function"] as const;

class Writer {
  private readonly pick: Pick;
  private readonly kinds: readonly Kind[];
  private readonly headers: readonly Header[];
  private readonly self: number;
  private readonly mentions = new Set<number>();
  private readonly calls = new Set<number>();
  private scope: readonly string[] = [];

  constructor(pick: Pick, kinds: readonly Kind[], headers: readonly Header[], self: number) {
    this.pick = pick;
    this.kinds = kinds;
    this.headers = headers;
    this.self = self;
  }

  definition(): MadeDefinition {
    const kind = this.kinds[this.self] as Kind; // one for each definition
    const name = `‹${this.self}›`;
    const template = {
      value: () => `(define ${name} (do ‹mark› ${this.form(4)}))`,
      function: () => this.functionText(name),
      component: () => `(defcomp ${name} ${this.componentRest()})`,
      macro: () => `(defmacro ${name} (a b) (do ‹outer› \`(do ‹mark› ${this.expansion()})))`,
    }[kind]();
    return { kind, template, mentions: this.mentions, calls: this.calls };
  }

  private oneOf<T>(items: readonly T[]): T {
    return items[this.pick(items.length)] as T; // inside the bounds
  }

  private choose(...options: readonly Option[]): string {
    const option = this.oneOf(options);
    return typeof option === "string" ? option : option();
  }

  private within(names: readonly string[], write: () => string): string {
    const outer = this.scope;
    this.scope = [...outer, ...names];
    const text = write();
    this.scope = outer;
    return text;
  }

  /** A few different names. */
  private names(most: number): string[] {
    const start = this.pick(variables.length);
    const count = this.pick(most + 1);
    return Array.from(
      { length: count },
      (_, index) => variables[(start + index) % variables.length] as string,
    ); // inside the bounds
  }

  private functionText(name: string): string {
    const names = this.names(3);
    const rest = this.choose("", " &rest more");
    const body = this.within([...names, ...(rest ? ["more"] : [])], () => `‹mark› ${this.body(4)}`);
    return this.choose(
      `(define (${[name, ...names].join(" ")}${rest}) ${body})`,
      `(define ${name} (${this.choose("fn", "lambda")} (${names.join(" ")}${rest}) ${body}))`,
    );
  }

  /** A component's parameters and body. */
  private componentRest(): string {
    const header = this.headers[this.self] as Header; // one for each definition
    const parts: string[] = header.props.length > 0 ? ["&key"] : [];
    const inSight: string[] = [];
    for (const { name, options } of header.props) {
      const fallback = () => this.within(inSight, () => this.form(1));
      parts.push(
        this.choose(
          () => `(${name}${options} :default ${fallback()}${this.choose("", ' :doc "said"')})`,
          options ? `(${name}${options})` : name,
          () => (options ? `(${name}${options} :doc "said")` : `(${name} ${fallback()})`),
        ),
      );
      inSight.push(name);
    }
    const sections = [
      { there: header.env, text: "&env (user)", name: "user" },
      { there: header.attrs, text: "&attrs others", name: "others" },
      { there: header.children, text: "&rest children", name: "children" },
    ].filter(({ there }) => there);
    const names = [...inSight, ...sections.map(({ name }) => name)];
    const words = [...parts, ...sections.map(({ text }) => text)].join(" ");
    return `(${words}) ‹mark› ${this.within(names, () => this.body(4))}`;
  }

  /** What a macro makes of its arguments: each stands in it, and names are its own or those of definitions. */
  private expansion(): string {
    return this.choose(
      "(list ,a ,b)",
      "(let ((t# ,a)) (if t# t# ,b))",
      "(map (fn (x#) (str x# ,b)) ,a)",
      () => `(list ,a 'plain ${this.reference("value", "function", "component")} ,b)`,
      () => `(let ((x# ,a) (y# (concat x# ,b))) (try ${this.reference(...inSteps)} (finally (do x# y#))))`,
      () => this.macroCall((name) => `(${name} ,a (do ,b))`) ?? "(do ,@(list a b))",
    );
  }

  /** The name of a definition of such a kind, noted; nil where there is none. */
  private reference(...kinds: readonly Kind[]): string {
    const indices = this.kinds.flatMap((kind, index) => (kinds.includes(kind) ? [index] : []));
    if (indices.length === 0) return "nil";
    const index = this.oneOf(indices);
    this.mentions.add(index);
    return `‹${index}›`;
  }

  /** A call of a macro that was made before, noted, or null where there is none. */
  private macroCall(call: (name: string) => string): string | null {
    const earlier = this.kinds.flatMap((kind, index) =>
      kind === "macro" && index < this.self ? [index] : [],
    );
    if (earlier.length === 0) return null;
    const index = this.oneOf(earlier);
    this.calls.add(index);
    if (this.kinds[this.self] === "macro") this.mentions.add(index);
    return call(`‹${index}›`);
  }

  private body(depth: number): string {
    if (this.pick(5) < 4) return this.choose("", "(print 1) ") + this.form(depth);
    const [one, two] = ["inner", "y"];
    return this.within([one, two], () => {
      const value = this.form(depth - 1);
      const fn = this.within(["z"], () => this.form(depth - 1));
      const step = this.choose("", "(print 2) ");
      return `(define ${one} ${value}) ${step}(define (${two} z) ${fn}) ${this.form(depth - 1)}`;
    });
  }

  form(depth: number): string {
    if (depth <= 0) return this.leaf();
    const f = () => this.form(depth - 1);
    const body = (names: readonly string[] = []) => this.within(names, () => this.body(depth - 1));
    switch (this.pick(8)) {
      case 0:
        return this.leaf();
      case 1:
        return this.choice(f, body);
      case 2:
        return this.binding(depth, f, body);
      case 3:
        return this.control(f, body);
      case 4:
        return this.data(f);
      case 5:
      case 6:
        return this.markup(f);
      default:
        return this.call(f);
    }
  }

  /** A variable in sight, or a function where there is none. */
  private variable(): string {
    return this.scope.length > 0 ? this.oneOf(this.scope) : "str";
  }

  private leaf(): string {
    return this.choose(
      () => this.choose("0", "-1.5", "1e21", '"text"', '"a\\n\\"b"', "(do :key)", "true", "false", "nil"),
      () => (this.scope.length > 0 ? this.oneOf(this.scope) : "7"),
      () => this.reference("value", "function", "component"),
      () => this.choose("str", "inc", "map", "list", "concat"),
      () => this.choose("'name", '\'(a (b :k 1) {:k v} "s")', "'()", "{}", "`tag", "(do)", "(quote quote)"),
    );
  }

  private choice(f: () => string, body: () => string): string {
    return this.choose(
      () => `(if ${f()} ${f()} ${f()})`,
      () => `(if ${f()} ${f()})`,
      () => `(when ${f()} ${body()})`,
      () => `(cond ${f()} ${f()} ${f()} ${f()} :else ${f()})`,
      () => `(cond ${f()} ${f()})`,
      () => `(case ${f()} 1 ${f()} "a" ${f()} :else ${f()})`,
      () => `(and ${f()} ${f()} ${f()})`,
      () => `(or ${f()} ${f()})`,
      "(and)",
    );
  }

  private binding(depth: number, f: () => string, body: (names: readonly string[]) => string): string {
    const inOrder = (names: readonly string[]): string =>
      names.map((name, index) => `(${name} ${this.within(names.slice(0, index), f)})`).join(" ");
    const names = this.names(3);
    const [first = "x"] = names;
    return this.choose(
      () => `(${this.choose("let", "let*")} (${inOrder(names)}) ${body(names)})`,
      () =>
        `(letrec (${names.map((name) => `(${name} ${this.within(names, f)})`).join(" ")}) ${body(names)})`,
      () => {
        const starts = names.map((name) => `(${name} ${f()})`).join(" ");
        return `(let loop (${starts}) ${body(["loop", ...names])} (loop ${names.map(f).join(" ")}))`;
      },
      () => `(fn (${names.join(" ")}) ${body(names)})`,
      () => `(lambda (${first} &rest more) ${body([first, "more"])})`,
      () => `((fn (${first}) ${body([first])}) ${f()})`,
      () => `(map (fn (${first}) ${body([first])}) ${f()})`,
      () => (this.scope.length > 0 ? `(set! ${this.oneOf(this.scope)} ${f()})` : this.form(depth - 1)),
      () => {
        const target = this.reference("value", "function");
        return target === "nil" ? f() : `(set! ${target} ${f()})`;
      },
    );
  }

  private control(f: () => string, body: (names?: readonly string[]) => string): string {
    return this.choose(
      () => `(${this.choose("do", "begin")} ${f()} ${f()})`,
      () => `(try ${body()} (catch (e) ${body(["e"])}))`,
      () => `(try ${f()} ${f()} (finally ${body()}))`,
      () => `(try ${f()} (catch (x) ${body(["x"])}) (finally ${f()} ${f()}))`,
      () => `(provide ${f()} ${f()} ${body()})`,
      () => `(context ${f()})`,
      () => `(context ${f()} ${f()})`,
      () => `(prompt ${f()} ${body()})`,
      () => `(capture ${f()} (k) ${body(["k"])})`,
      () => `(perform ${f()} ${f()})`,
      () => `(suspense :fallback ${f()} ${f()} (fn (v) ${body(["v"])}))`,
      () => `(raise ${f()})`,
    );
  }

  private data(f: () => string): string {
    return this.choose(
      () => `[${f()} ${f()}]`,
      () => `{:k ${f()} "two words" ${f()} n ${f()} 3 ${f()}}`,
      () => `\`(here ,${f()} (deep ,@${f()} ,${f()}) :k 1)`,
      () => `\`(let ((x# ,${f()})) (x# {:k ,${f()}}))`,
      () => `\`(${this.reference("value", "function", "component", "macro")} ,'plain (p q) "s")`,
      () => `\`(a \`(b ,(c ,${f()}) ,'d))`,
      () => `(-> ${f()} (str ${f()}) (concat ${f()} _ 1) not)`,
      () => `(->> ${f()} (map inc) (list ${f()}))`,
    );
  }

  private call(f: () => string): string {
    return this.choose(
      () => `(${this.choose("str", "list", "=", "+", "map", "find", "sort-by")} ${f()} ${f()})`,
      () => `(${this.reference("function", "value").replace("nil", "str")} ${f()})`,
      () => `(${this.variable().replace("~held", "(do ~held)")} ${f()} ${f()})`,
      () => `((do ${this.variable()}) ${f()})`,
      () => `((do ${this.reference("component", "function")}) ${f()})`,
      () => `(${f()} ${f()})`.replace(/^\((?=[^(])/, "(list "),
      () => this.macroCall((name) => `(${name} ${f()} ${f()})`) ?? f(),
      () => this.macroCall((name) => `(${name} ${f()} ${f()})`) ?? f(),
    );
  }

  private markup(f: () => string): string {
    const attributes = () =>
      this.choose(
        "",
        () => ` :class ${f()}`,
        () => ` :data-x ${f()} (spread ${f()}) :id ${f()}`,
      );
    return this.choose(
      () => `(div${attributes()} ${f()} ${f()})`,
      () => `(p ${f()}${attributes()} "text")`,
      () => `(ul (li ${f()}) (title ${f()}) (b))`,
      () => `(input${attributes()} :disabled ${f()})`,
      () => `(svg :viewBox "0 0 1 1" (circle :r ${f()}) (svg:text ${f()}) (a ${f()}))`,
      () => `(html:map :name "m" ${f()})`,
      () => `(<> ${f()} ${f()})`,
      () => this.componentCall(f),
      () => this.componentCall(f),
      () => `(let ((~held ${this.reference("component")})) (~held :a ${f()} ${f()}))`,
    );
  }

  private componentCall(f: () => string): string {
    const name = this.reference("component");
    if (name === "nil") return f();
    const header = this.headers[Number(/\d+/.exec(name)?.[0])] as Header; // the reference is a number
    const parts = header.props
      .filter(({ required }) => required || this.pick(2) === 1)
      .map((prop) => `:${prop.name} ${prop.options.includes("type") ? `(str ${f()})` : f()}`);
    if (header.attrs) parts.push(`:other ${f()}`);
    if (this.pick(4) === 3) parts.push(`(spread ${f()})`);
    const children = header.children ? [f(), f()] : [];
    const ordered = this.pick(2) === 1 ? [...children, ...parts] : [...parts, ...children];
    const call = (words: readonly string[]) => `(${[name, ...words].join(" ")})`;
    return header.env ? `(let ((user ${f()})) ${call(ordered)})` : call(ordered);
  }
}
