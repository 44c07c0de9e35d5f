// The front end: the chapters expand.sx and resolve.sx, emitted, behind the interface that realms use. One
// running copy of them serves every library; what belongs to a library is in the record that `make-resolver` makes.

import type { ErrorDetails, ErrorKind } from "../core/error-kinds.ts";
import { type Expansion, SxError, sxError } from "../core/errors.ts";
import type { Form } from "../core/form.ts";
import type { Span } from "../core/source.ts";
import type { Core } from "../front/core.ts";
import type { FrontEnd, Scope, StartFrontEnd, Watch } from "../front/front-end.ts";
import { create as createExpander } from "./emitted/expand.js";
import { create as createRenderer } from "./emitted/render.js";
import { create as createResolver } from "./emitted/resolve.js";
import { frontPrimitives } from "./front.ts";
import { type Chapter, type CreateChapter, createHost } from "./host.ts";

/** What the chapters of the front end are emitted as; those that are left out are the committed ones. */
export interface FrontChapters {
  readonly render?: CreateChapter;
  readonly expand?: CreateChapter;
  readonly resolve?: CreateChapter;
}

const chapter = createChapter({});

/** The front end of the specification as it is committed. */
export const frontEnd = frontEndOf(chapter);

/** The names of the special forms, which nothing else may have. */
export const specialForms: ReadonlySet<string> = new Set(chapter["special-forms"].keys());

/** What a `:type` of a prop may name. */
export const propTypes: ReadonlySet<string> = new Set(chapter["prop-types"]);

/** A front end with other chapters: the bootstrapper's newest, or one with a rule broken, to see that somebody notices. */
export function frontEndWith(chapters: FrontChapters): StartFrontEnd {
  return frontEndOf(createChapter(chapters));
}

/** The chapter on resolution over those it uses. */
function createChapter(chapters: FrontChapters): Chapter {
  const { render = createRenderer, expand = createExpander, resolve = createResolver } = chapters;
  const host = createHost(...frontPrimitives());
  return resolve(host, { ...expand(host, {}), ...render(host, {}) });
}

/** The front end that a loaded chapter on resolution is. */
export function frontEndOf(chapter: Chapter): StartFrontEnd {
  return (library, primitives, runMacro, watch): FrontEnd => {
    const refuse = (kind: ErrorKind, details: ErrorDetails<ErrorKind>, span: Span | null) => {
      const error = sxError(kind, details, span);
      if (!watch) throw error;
      trail.noteAll(error);
      watch.note(error);
    };
    const resolver: ResolverRecord = chapter["make-resolver"](library, primitives, runMacro, refuse);
    const trail = new Trail(resolver.trail);
    if (watch) watchForms(resolver, trail, watch);
    return {
      library,
      collect: (forms) => trail.around(() => chapter["collect-forms"](resolver, forms)),
      resolveDefinition: (definition) =>
        trail.around(() => chapter["resolve-definition"](resolver, definition)),
      resolveExpression: (form) => trail.around(() => chapter["resolve-expression"](resolver, form)),
      shapeOf: (definition) => trail.around(() => chapter["shape-of"](resolver, definition)),
    };
  };
}

type ResolveForm = (resolver: ResolverRecord, form: Form, scope: Scope) => Core;

/** What the chapter makes, as far as it is seen here. */
interface ResolverRecord {
  /** The macro calls being expanded, innermost last; an error leaves it as it was. */
  readonly trail: Expansion[];
  /** Resolves a form that stands anywhere. */
  resolve: ResolveForm;
}

/** Lets every form pass by a watch that wants to see it. */
function watchForms(resolver: ResolverRecord, trail: Trail, watch: Watch): void {
  const { look, recover } = watch;
  if (!look || !recover) return;
  const resolve = resolver.resolve;
  resolver.resolve = (record, form, scope) => {
    look.call(watch, form, scope);
    const length = resolver.trail.length;
    try {
      return resolve(record, form, scope);
    } catch (error) {
      trail.noteAll(error);
      resolver.trail.length = length;
      return recover.call(watch, error, form);
    }
  };
}

/** The macro calls being expanded, for the messages of errors inside. */
class Trail {
  private readonly calls: Expansion[];
  /** Where the calls begin that belong to what is being run; those before it belong to whoever asked for that. */
  private start = 0;

  constructor(calls: Expansion[]) {
    this.calls = calls;
  }

  /** Runs the chapter. An error takes the calls along that it left, and leaves the trail as it was before. */
  around<T>(run: () => T): T {
    const { start } = this;
    this.start = this.calls.length;
    try {
      return run();
    } catch (error) {
      this.noteAll(error);
      this.calls.length = this.start;
      throw error;
    } finally {
      this.start = start;
    }
  }

  /** Says in an error which calls it happened in, innermost first. */
  noteAll(error: unknown): void {
    if (error instanceof SxError) error.expansions.push(...this.calls.slice(this.start).reverse());
  }
}
