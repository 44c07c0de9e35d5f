// A realm: one library of definitions over parent realms, and the engine that runs it. Loading reads and
// collects, linking resolves every name and compiles; what the realm answers afterwards never depends on
// the order in which things were asked.

import { prelude } from "./bootstrap/emitted/prelude.js";
import { frontEnd } from "./bootstrap/front-end.ts";
import { type DefinitionHash, hashDefinitions } from "./content/hash.ts";
import { suggest, sxError } from "./core/errors.ts";
import { Border } from "./core/host-values.ts";
import type { Primitive } from "./core/primitives/primitive.ts";
import { createPrimitives } from "./core/primitives/table.ts";
import { write } from "./core/printer.ts";
import { readForms } from "./core/reader.ts";
import { Source } from "./core/source.ts";
import type { Dict, Value } from "./core/values.ts";
import type { Core } from "./front/core.ts";
import { type Definition, Library } from "./front/definition.ts";
import { definitionsIn } from "./front/dependencies.ts";
import type { Engine, EngineHost, EngineInstance, MarkupKind, WaitingEngine } from "./front/engine.ts";
import type { FrontEnd } from "./front/front-end.ts";
import { shippableAmong } from "./front/shippable.ts";
import { printHtml } from "./render/html.ts";
import { CallNode, type Node } from "./render/nodes.ts";
import { type Chunk, completePage, type RenderMode, streamPage } from "./render/stream.ts";
import { nodesOfMarked, Suspense } from "./render/suspense.ts";
import { replaceNodes } from "./render/tree.ts";
import { writeWire } from "./render/wire.ts";

export interface RealmOptions {
  readonly engine: Engine;
  /** Realms whose definitions this one sees; they must have been made with the same engine. */
  readonly parents?: readonly Realm[];
  /** Functions of the host that programs of this family may call besides the language's own; for a realm without parents. */
  readonly platform?: readonly Primitive[];
  /** Answers what programs `perform`, at once or by a promise; nobody does when it is absent. */
  readonly perform?: (operation: Value, args: readonly Value[]) => Value;
  /** Receives what `print` writes: the written forms with spaces between. */
  readonly print?: (line: string) => void;
  /**
   * Check what comes in from the host in depth, naming the path of a value that SX cannot hold. Functions of the host
   * are such values: what programs may call are `platform` functions, and functions that they gave away themselves.
   */
  readonly checkHostValues?: boolean;
  /** What its markup is made as; a realm that makes text asks a twin of its own for trees. For a realm without parents. */
  readonly markup?: MarkupKind;
}

export interface RenderOptions {
  /** Names of the components that the receiver has: on the wire their calls are left to it, where they may be. */
  readonly loaded?: ReadonlySet<string>;
}

/** What all realms of one family share while a page is drawn. */
interface Page {
  suspense: Suspense | null;
  leaves: (definition: Definition) => boolean;
}

const leavesNothing = () => false;

export class Realm {
  private readonly options: RealmOptions;
  private readonly library: Library;
  private readonly parents: readonly Realm[];
  private readonly frontEnd: FrontEnd;
  /** The prelude of the family; its definitions are compiled when one is needed. */
  private readonly prelude: FrontEnd;
  private readonly instance: EngineInstance;
  private readonly primitives: ReadonlyMap<string, Primitive>;
  /** Null where nothing is checked that comes in from the host. */
  private readonly border: Border | null;
  private readonly page: Page;
  private readonly isShippable: (definition: Definition) => boolean;
  private pending: Definition[] = [];
  private expressionsRun = 0;
  /** What was loaded, for the twin that makes trees where this one makes text. */
  private readonly texts: { readonly text: string; readonly file: string | undefined }[] = [];
  private twin: Realm | null = null;

  /** `twinOf` is whose twin it is, if anybody's. */
  constructor(options: RealmOptions, twinOf: Realm | null = null) {
    const parents = options.parents ?? [];
    const [first] = parents;
    this.options = options;
    this.parents = parents;
    this.border = options.checkHostValues ? ((first ?? twinOf)?.border ?? new Border()) : null;
    // A family of realms shares one running engine: what a parent compiled is called directly.
    this.primitives =
      first?.primitives ?? withPlatform(createPrimitives(), options.platform ?? [], this.border);
    this.page = first?.page ?? { suspense: null, leaves: leavesNothing };
    this.isShippable =
      first?.isShippable ?? shippableAmong(new Set(options.platform?.map(({ name }) => name)));
    this.instance =
      first?.instance ??
      options.engine.start(
        this.primitives,
        hostOf(options, this.page, this.border),
        options.markup ?? "text",
      );
    const names = new Set([...this.primitives.keys(), ...options.engine.natives]);
    this.prelude = first?.prelude ?? readPrelude(names);
    this.library = new Library(first ? parents.map((parent) => parent.library) : [this.prelude.library]);
    this.frontEnd = frontEnd(this.library, names, (macro) => this.macroFunction(macro));
  }

  /** Adds the definitions of one file. Throws an SxError with a span where it cannot be read or collected. */
  load(text: string, options: { readonly file?: string } = {}): void {
    for (const parent of this.parents) parent.link();
    const forms = readForms(new Source(options.file ?? "<text>", text));
    this.pending.push(...this.frontEnd.collect(forms));
    this.texts.push({ text, file: options.file });
  }

  /** Resolves and compiles everything that was loaded. Also done by the first question. */
  link(): void {
    const pending = this.pending;
    if (pending.length === 0) return;
    for (const definition of pending) this.frontEnd.resolveDefinition(definition);
    this.pending = [];
    this.compile(pending, null);
  }

  /** Runs the top-level expressions that were loaded and not run yet, in order; gives the last value. */
  run(): Value {
    this.link();
    let value: Value = null;
    for (let core = this.nextExpression(); core; core = this.nextExpression()) value = this.compile([], core);
    return this.given(value);
  }

  /** The core form of the next expression that has not been run, or null. */
  private nextExpression(): Core | null {
    const form = this.library.expressions[this.expressionsRun];
    if (form === undefined) return null;
    this.expressionsRun++;
    return this.frontEnd.resolveExpression(form);
  }

  /** Calls a function definition with host values. */
  call(name: string, ...args: readonly Value[]): Value {
    return this.given(this.instance.call(this.callable(name, args), args));
  }

  /** A value that goes out to the host. */
  private given(value: Value): Value {
    return this.border ? this.border.note(value) : value;
  }

  /** The function definition of a name, after a look at what it is to be called with. */
  private callable(name: string, args: readonly Value[]): Definition {
    this.link();
    const definition = this.definition(name);
    if (definition.kind === "component" || definition.kind === "macro")
      throw sxError("call/not-callable", { found: name });
    for (const [index, arg] of args.entries()) this.border?.check(arg, `argument ${index + 1} of ${name}`);
    return definition;
  }

  /** As `call`, waiting for effects that take time. */
  async callAsync(name: string, ...args: readonly Value[]): Promise<Value> {
    const definition = this.callable(name, args);
    return this.given(await this.waiting().callAsync(definition, args));
  }

  /** As `evaluate`, waiting for effects that take time. */
  async evaluateAsync(text: string, options: { readonly file?: string } = {}): Promise<Value> {
    this.load(text, options);
    this.link();
    let value: Value = null;
    for (let core = this.nextExpression(); core; core = this.nextExpression()) {
      this.compile(definitionsIn(core), null);
      value = await this.waiting().runAsync(core);
    }
    return this.given(value);
  }

  /** Whether its engine can wait for the answers of effects. */
  get canWait(): boolean {
    return this.instance.waiting !== null;
  }

  private waiting(): WaitingEngine {
    const { waiting, name } = this.instance;
    if (!waiting) throw sxError("engine/unsupported", { feature: "waiting for effects", engine: name });
    return waiting;
  }

  /** Renders a component with props from the host: declared types are checked here. */
  render(name: string, props: Dict, mode: RenderMode = "html", options: RenderOptions = {}): string {
    if (mode === "wire") return writeWire(this.renderTree(name, props, options));
    return this.instance.render(this.component(name, props), props, []);
  }

  /** A component as a tree, for whatever prints one. */
  renderTree(name: string, props: Dict, options: RenderOptions = {}): readonly Node[] {
    const realm = this.treeRealm();
    return realm.drawing(null, options, () => realm.draw(name, props));
  }

  /**
   * A page that does not wait: first the page with a hole for each value that `suspense` is still waiting for,
   * then what belongs there, in the order in which the values come.
   */
  async *renderStream(
    name: string,
    props: Dict,
    mode: RenderMode = "html",
    options: RenderOptions = {},
  ): AsyncGenerator<Chunk> {
    const { nodes, suspense, draw } = this.open(name, props, mode, options);
    yield* streamPage(mode, nodes, suspense, draw);
  }

  /** A page that waits for everything in it; the answer is the same whatever comes first. */
  async renderAsync(
    name: string,
    props: Dict,
    mode: RenderMode = "html",
    options: RenderOptions = {},
  ): Promise<string> {
    const { nodes, suspense, draw } = this.open(name, props, mode, options);
    const complete = await completePage(nodes, suspense, draw);
    return mode === "wire" ? writeWire(complete) : printHtml(complete);
  }

  /** Draws the calls that were left in a tree, with the components of this realm. */
  expand(nodes: readonly Node[]): Node[] {
    const realm = this.treeRealm();
    return replaceNodes(nodes, (node) =>
      node instanceof CallNode ? realm.draw(node.name, node.props, node.children) : null,
    );
  }

  /** A page with holes, and how what comes later is drawn. */
  private open(name: string, props: Dict, mode: RenderMode, options: RenderOptions) {
    const realm = mode === "wire" ? this.treeRealm() : this;
    const suspense = new Suspense((value, { id }) => {
      this.border?.check(value, `the value of hole ${id}`);
    });
    const draw = <T>(run: () => T): T => realm.drawing(suspense, mode === "wire" ? options : {}, run);
    return { nodes: draw(() => realm.draw(name, props)), suspense, draw };
  }

  /** A component as nodes: a tree where this realm makes trees, else its text and the holes in it. */
  private draw(name: string, props: Dict, children: readonly Value[] = []): readonly Node[] {
    const definition = this.component(name, props);
    const { trees } = this.instance;
    if (trees) return trees.render(definition, props, [...children]);
    return nodesOfMarked(this.instance.render(definition, props, [...children]));
  }

  /** Runs with the holes of one page open, and the calls left that its receiver can draw. */
  private drawing<T>(suspense: Suspense | null, { loaded }: RenderOptions, run: () => T): T {
    const { page, isShippable } = this;
    const saved = { ...page };
    page.suspense = suspense;
    page.leaves = loaded
      ? (definition) => loaded.has(definition.name) && isShippable(definition)
      : leavesNothing;
    try {
      return run();
    } finally {
      Object.assign(page, saved);
    }
  }

  private component(name: string, props: Dict): Definition {
    this.link();
    const definition = this.definition(name);
    if (definition.kind !== "component") throw sxError("call/not-callable", { found: name });
    this.border?.check(props, name);
    return definition;
  }

  /** This realm where it makes trees, else its twin that does, with all that was loaded here. */
  private treeRealm(): Realm {
    if (this.instance.trees) return this;
    if (this.options.markup === "tree")
      throw sxError("engine/unsupported", { feature: "markup as a tree", engine: this.instance.name });
    const parents = this.parents.map((parent) => parent.treeRealm());
    this.twin ??= new Realm({ ...this.options, parents, markup: "tree" }, this);
    for (const { text, file } of this.texts.slice(this.twin.texts.length))
      this.twin.load(text, file === undefined ? {} : { file });
    return this.twin.treeRealm();
  }

  /** The value of an expression; definitions in the text are added first. The last expression counts. */
  evaluate(text: string, options: { readonly file?: string } = {}): Value {
    this.load(text, options);
    return this.run();
  }

  /** A value as a child: what a page would show of it. On the wire for a realm that makes trees. */
  renderValue(value: Value, mode: RenderMode = "html"): string {
    return mode === "wire" ? writeWire(this.valueTree(value)) : this.instance.markup(value);
  }

  /** Likewise, as a tree. */
  valueTree(value: Value): readonly Node[] {
    const { trees, name } = this.instance;
    if (!trees) throw sxError("engine/unsupported", { feature: "the tree of a value", engine: name });
    return trees.nodes(value);
  }

  /** Every literal string that can become part of a `class` attribute, this realm's own, sorted. */
  classStrings(): string[] {
    this.link();
    return [...this.library.classStrings].sort();
  }

  /** The names this realm defines, in the order they were loaded. */
  definedNames(): string[] {
    return [...this.library.definitions.keys()];
  }

  /** What each definition of this realm is known by whatever its name, in the order they were loaded. Only macros run. */
  hashes(): Map<string, DefinitionHash> {
    const definitions = [...this.library.definitions.values()];
    const known = hashDefinitions(definitions, (definition) => this.resolve(definition));
    return new Map(definitions.map((each) => [each.name, known.get(each) as DefinitionHash])); // each was asked for
  }

  private resolve(definition: Definition): void {
    const inPrelude = definition.library === this.prelude.library;
    (inPrelude ? this.prelude : this.frontEnd).resolveDefinition(definition);
  }

  private definition(name: string): Definition {
    const definition = this.library.find(name);
    if (definition) return definition;
    throw sxError("name/unbound", { name, suggestion: suggest(name, this.library.names()) });
  }

  private macroFunction(macro: Definition): (args: Value[]) => Value {
    this.frontEnd.resolveDefinition(macro);
    if (macro.compiled === null) this.compile([macro], null);
    return (args) => this.instance.call(macro, args);
  }

  /** Compiles definitions with everything they reach that has not been compiled yet. */
  private compile(wanted: readonly Definition[], expression: Core | null): Value {
    const unit = new Set<Definition>();
    const queue = [...wanted, ...(expression ? definitionsIn(expression) : [])];
    for (let definition = queue.pop(); definition; definition = queue.pop()) {
      if (definition.compiled !== null || unit.has(definition)) continue;
      if (definition.state === "resolving") {
        throw sxError(
          "macro/failed",
          { macro: definition.name, reason: "a macro needs it while it is itself being expanded" },
          definition.span,
        );
      }
      this.resolve(definition);
      unit.add(definition);
      if (definition.core) queue.push(...definitionsIn(definition.core));
      for (const prop of definition.shape?.props ?? [])
        if (prop.fallback) queue.push(...definitionsIn(prop.fallback));
    }
    if (unit.size === 0 && !expression) return null;
    // Values are computed in the order they were written, whoever needed them first.
    const known = [this.prelude.library, this.library].flatMap((library) => [
      ...library.definitions.values(),
    ]);
    const inOrder = known.filter((definition) => unit.has(definition));
    try {
      return this.instance.run(inOrder, expression);
    } catch (error) {
      // The compiler itself is recursive; what is too deep for it was nested by macros or very long choices.
      if (error instanceof RangeError)
        throw sxError("read/too-deep", { limit: 500 }, inOrder[0]?.span ?? null);
      throw error;
    }
  }
}

/** What an engine may ask of the world, for a family of realms. */
function hostOf({ print, perform }: RealmOptions, page: Page, border: Border | null): EngineHost {
  const asked: typeof perform =
    perform && border ? (what, args) => perform(what, border.note(args)) : perform;
  return {
    print: (values) => print?.(values.map((value) => write(value)).join(" ")),
    perform: asked ?? null,
    openHole(pending, fill) {
      if (!page.suspense) throw sxError("suspense/needs-stream", {});
      return page.suspense.open(pending, fill);
    },
    leaves: (definition) => page.leaves(definition),
  };
}

const preludeForms = readForms(new Source("prelude.sx", prelude));

/** The prelude for one family of realms, read but not resolved yet. */
function readPrelude(names: ReadonlySet<string>): FrontEnd {
  const made = frontEnd(new Library([], true), names, (macro) => {
    throw new Error(`the prelude calls the macro ${macro.name}, and has none`);
  });
  made.collect(preludeForms);
  return made;
}

function withPlatform(
  primitives: Map<string, Primitive>,
  platform: readonly Primitive[],
  border: Border | null,
) {
  for (const entry of platform) primitives.set(entry.name, border ? border.noting(entry) : entry);
  return primitives;
}

/** A realm of its own or over parents. */
export function createRealm(options: RealmOptions): Realm {
  return new Realm(options);
}
