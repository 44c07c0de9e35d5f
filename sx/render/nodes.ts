// The tree of markup: what an engine makes where a page is to be more than HTML text. Every decision about
// attributes and children has been taken when a node is made, so whatever prints a tree decides nothing.
// A list of nodes is a fragment; text is a plain string. Walking a tree is in sink.ts.

import type { Dict, TrustedUrl, Value } from "../core/values.ts";

/** Finished markup, as `raw!` and `srcdoc` bring it. */
export class RawNode {
  readonly html: string;
  constructor(html: string) {
    this.html = html;
  }
}

/** A decided value: text, true for a bare name, an address that the program vouches for, or the page of a `srcdoc`. */
export type AttributeValue = string | true | TrustedUrl | RawNode;

export class ElementNode {
  readonly tag: string;
  /** Names as they are printed, each once, in order. */
  readonly attributes: (readonly [name: string, value: AttributeValue])[];
  readonly children: Node[];
  constructor(
    tag: string,
    attributes: (readonly [name: string, value: AttributeValue])[] = [],
    children: Node[] = [],
  ) {
    this.tag = tag;
    this.attributes = attributes;
    this.children = children;
  }
}

/** The call of a component that is left for whoever has its definition. */
export class CallNode {
  readonly name: string;
  readonly props: Dict;
  /** One value for each child that was written, since a component may count them. */
  readonly children: readonly Value[];
  constructor(name: string, props: Dict, children: readonly Value[]) {
    this.name = name;
    this.props = props;
    this.children = children;
  }
}

/** A function as it travels: the address of its definition and the data it holds on to. */
export class Handler {
  /** `@h:` and a hash, with a member's number where the definition has several. */
  readonly address: string;
  readonly data: readonly Value[];
  constructor(address: string, data: readonly Value[]) {
    this.address = address;
    this.data = data;
  }
}

/** A place that is filled later; until then it shows its children. */
export class HoleNode {
  readonly id: string;
  readonly children: readonly Node[];
  constructor(id: string, children: readonly Node[]) {
    this.id = id;
    this.children = children;
  }
}

export type Node = string | RawNode | ElementNode | CallNode | HoleNode;
