// A session: what has been defined so far, and the realm it lives in. Each text is evaluated in a realm of its own over
// what there is, so a text with a mistake leaves nothing behind. A name that is defined again is replaced: the
// definitions are then loaded anew with the new one in its place, and values are computed anew.

import { SxError, sxError } from "../../core/errors.ts";
import { type Form, ListForm } from "../../core/form.ts";
import { write } from "../../core/printer.ts";
import { readForms } from "../../core/reader.ts";
import { Source } from "../../core/source.ts";
import { Markup, SxSymbol, type Value } from "../../core/values.ts";
import type { Engine } from "../../front/engine.ts";
import { createRealm, type Realm } from "../../realm.ts";

/** A text that defined something. */
interface Entry {
  readonly file: string;
  readonly text: string;
  readonly names: readonly string[];
}

export interface Answer {
  readonly value: Value;
  readonly defined: readonly string[];
  /** Of the defined names, those that had another definition before. */
  readonly replaced: readonly string[];
}

export class Session {
  private engine: Engine;
  private readonly print: (line: string) => void;
  private realm: Realm;
  private entries: readonly Entry[] = [];
  /** Definitions are being loaded again: what they print was seen already. */
  private quiet = false;

  constructor(engine: Engine, print: (line: string) => void) {
    this.engine = engine;
    this.print = print;
    this.realm = this.openRealm(engine);
  }

  get engineName(): string {
    return this.engine.name;
  }

  /** Every name that was defined, in order. */
  names(): string[] {
    return this.entries.flatMap(({ names }) => names);
  }

  /** A definition as it was written, or null for a name that has none here. */
  sourceOf(name: string): string | null {
    for (const { file, text } of this.entries) {
      const form = definitionIn(file, text, name);
      if (form) return text.slice(form.start, form.end);
    }
    return null;
  }

  /** Evaluates a text. Throws an SxError, and then everything is as before. */
  async evaluate(text: string, file: string): Promise<Answer> {
    try {
      return await this.evaluateOver(this.realm, text, file, this.entries);
    } catch (error) {
      if (!(error instanceof SxError) || error.kind !== "name/duplicate") throw error;
      return this.redefine(text, file, error);
    }
  }

  /** The value of a text in a realm that is forgotten again. */
  async look(text: string, file: string): Promise<Value> {
    const realm = createRealm({ engine: this.engine, parents: [this.realm] });
    return realm.canWait ? realm.evaluateAsync(text, { file }) : realm.evaluate(text, { file });
  }

  /** A value for people: markup as the HTML of a page, all else in written form. */
  show(value: Value): string {
    return value instanceof Markup ? this.realm.renderValue(value) : write(value);
  }

  /** Goes on with another engine, with everything defined so far. Throws where that engine refuses a definition. */
  use(engine: Engine): void {
    this.realm = this.load(engine, this.entries);
    this.engine = engine;
  }

  private openRealm(engine: Engine): Realm {
    const print = (line: string) => {
      if (!this.quiet) this.print(line);
    };
    return createRealm({ engine, print });
  }

  private async evaluateOver(
    over: Realm,
    text: string,
    file: string,
    entries: readonly Entry[],
  ): Promise<Answer> {
    const realm = createRealm({ engine: this.engine, parents: [over] });
    const value = realm.canWait ? await realm.evaluateAsync(text, { file }) : realm.evaluate(text, { file });
    const defined = realm.definedNames();
    this.realm = defined.length === 0 ? over : realm;
    this.entries = defined.length === 0 ? entries : [...entries, { file, text, names: defined }];
    return { value, defined, replaced: [] };
  }

  /** Evaluates a text that defines names which are there already. */
  private async redefine(text: string, file: string, refusal: SxError): Promise<Answer> {
    const own = new Set(this.names());
    const replaced = definitionsIn(file, text).filter((name) => own.has(name));
    if (replaced.length === 0) throw refusal;
    const kept = this.entries.map((entry) => without(entry, replaced));
    if (replaced.some((name) => kept.some((entry) => entry.names.includes(name)))) throw refusal;
    const fresh = { file, text, names: definitionsIn(file, text) };
    const place = this.entries.findIndex(({ names }) => names.includes(replaced[0] as string)); // own has it
    const entries = [...kept.slice(0, place), fresh, ...kept.slice(place)];
    const realm = this.loadEither(entries, [...kept, fresh]);
    const { value } = await this.evaluateOver(realm, expressionsIn(file, text), file, this.entries);
    this.entries = entries.filter(({ names }) => names.length > 0);
    this.realm = realm;
    return { value, defined: fresh.names, replaced };
  }

  /** The new definition stands where the old one stood, or last when it needs what came later. */
  private loadEither(inPlace: readonly Entry[], last: readonly Entry[]): Realm {
    try {
      return this.load(this.engine, inPlace);
    } catch (error) {
      if (!(error instanceof SxError) || error.kind !== "name/uninitialised") throw error;
      return this.load(this.engine, last);
    }
  }

  private load(engine: Engine, entries: readonly Entry[]): Realm {
    this.quiet = true;
    try {
      const realm = this.openRealm(engine);
      for (const { file, text } of entries) realm.load(text, { file });
      realm.link();
      return realm;
    } finally {
      this.quiet = false;
    }
  }
}

/** An entry with the definitions of some names blanked out. */
function without(entry: Entry, names: readonly string[]): Entry {
  let { text } = entry;
  const gone = names.filter((name) => {
    const form = definitionIn(entry.file, text, name);
    if (form)
      text = text.slice(0, form.start) + blank(text.slice(form.start, form.end)) + text.slice(form.end);
    return form !== null;
  });
  return { file: entry.file, text, names: entry.names.filter((name) => !gone.includes(name)) };
}

/** A text without its definitions, every place kept. */
function expressionsIn(file: string, text: string): string {
  return without({ file, text, names: [] }, definitionsIn(file, text)).text;
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, " ");
}

function definitionsIn(file: string, text: string): string[] {
  return readForms(new Source(file, text))
    .map((form) => definedName(form))
    .filter((name) => name !== null);
}

function definitionIn(file: string, text: string, name: string): ListForm | null {
  const forms = readForms(new Source(file, text));
  return (forms.find((form) => definedName(form) === name) as ListForm | undefined) ?? null; // only lists define names
}

/** The name that a top-level form defines, or null. */
function definedName(form: Form): string | null {
  if (!(form instanceof ListForm) || !(form.items[0] instanceof SxSymbol)) return null;
  if (!/^(?:define|defcomp|defisland|defmacro)$/.test(form.items[0].name)) return null;
  const target = form.items.slice(1).find((item) => item instanceof SxSymbol || item instanceof ListForm);
  const name = target instanceof ListForm ? target.items[0] : target;
  return name instanceof SxSymbol ? name.name : null;
}

/** The error for a name that nothing explains; `suggestion` may be null. */
export function unknownName(name: string, suggestion: string | null): SxError {
  return sxError("name/unbound", { name, suggestion });
}
