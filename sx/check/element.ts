// An element as the rules see it: its attributes with what is known of their values, and its children. An attribute
// is absent only where it certainly is: a spread may bring any, and a value that is not known may be there.

import type { Span } from "../core/source.ts";
import type { Value } from "../core/values.ts";
import type { Core } from "../front/core.ts";
import { printsTruthWords } from "../render/tags.ts";
import { type Answer, type Known, literalsOf, type Place, together } from "./known.ts";
import { attributeSpan } from "./places.ts";

type ElementCore = Extract<Core, { kind: "element" }>;

export interface Attribute {
  readonly name: string;
  /** What it may be, literals only; "" and other texts, numbers, true, but not what leaves it out. */
  readonly values: readonly Value[];
  /** Whether it can be nothing but those. */
  readonly complete: boolean;
  readonly given: Answer;
  readonly place: Place;
}

export class Element {
  readonly core: ElementCore;
  readonly known: Known;
  readonly tag: string;
  /** Whether attributes may be there that nobody can see here. */
  readonly open: boolean;
  readonly children: readonly Place[];
  private readonly attributes = new Map<string, Attribute>();

  constructor(core: ElementCore, known: Known) {
    this.core = core;
    this.known = known;
    this.tag = core.tag;
    this.children = core.children.map((child) => ({ core: child, known }));
    let open = false;
    for (const { name, value } of core.attributes) {
      if (name !== null) this.add(name, { core: value, known });
      else if (value.kind === "dict") {
        for (const [index, key] of value.keys.entries())
          this.add(key, { core: value.values[index] as Core, known }); // a value for each key
      } else open = true;
    }
    this.open = open;
  }

  private add(name: string, place: Place): void {
    const { values, complete } = literalsOf(place);
    const printed = values.filter((value) => isPrinted(name, value));
    const answers: Answer[] = values.map((value) => (isPrinted(name, value) ? "yes" : "no"));
    const given = complete ? together(answers) : "maybe";
    this.attributes.set(name.toLowerCase(), { name, values: printed, complete, given, place });
  }

  /** An attribute that stands here, whether or not it is given in the end. */
  attribute(name: string): Attribute | null {
    return this.attributes.get(name) ?? null;
  }

  all(): Attribute[] {
    return [...this.attributes.values()];
  }

  /** Whether the element has the attribute. */
  has(name: string): Answer {
    return this.attributes.get(name)?.given ?? (this.open ? "maybe" : "no");
  }

  /** The one literal an attribute has, undefined where it is absent, or null where that is not known. */
  exact(name: string): Value | undefined | null {
    const attribute = this.attributes.get(name);
    if (this.has(name) === "no") return undefined;
    if (!attribute || attribute.given === "maybe" || attribute.values.length !== 1) return null;
    return attribute.values[0];
  }

  /** Where an attribute stands, or the element. */
  spanOf(name: string): Span | null {
    const { span } = this.core;
    const attribute = this.attributes.get(name);
    return span && attribute ? attributeSpan(span, attribute.name) : span;
  }
}

/** nil and false leave an attribute out, except where false is printed as a word. */
function isPrinted(name: string, value: Value): boolean {
  if (value === null || value === undefined) return false;
  return value !== false || printsTruthWords(name);
}
