// The DOM renderer: trees as nodes of a document, the same that a browser would make of their HTML wherever a
// parser keeps the nesting. It asks a document for little, calls nothing on an element that its children could
// have renamed (a form's fields hide the form's own methods), and no script that it makes ever runs.

import { sxError } from "../core/errors.ts";
import { attributeText } from "./attributes.ts";
import type { AttributeValue, CallNode, Node } from "./nodes.ts";
import { type Sink, walkNodes } from "./sink.ts";
import { foreignAttribute, spaceInside, spaces } from "./spaces.ts";
import { rawTextTags } from "./tags.ts";

/** What is used of the nodes of a document. */
export interface DomNode {
  readonly firstChild: DomNode | null;
  appendChild(child: DomNode): unknown;
}

export interface DomElement extends DomNode {
  readonly attributes: { item(index: number): unknown };
  setAttribute(name: string, value: string): void;
  setAttributeNS(namespace: string, name: string, value: string): void;
  replaceWith(node: DomNode): void;
}

/** A `template`, which keeps what is inside apart. */
interface DomTemplate extends DomElement {
  readonly content: DomNode;
  innerHTML: string;
}

/** What is used of a document. */
export interface DomDocument {
  createElementNS(namespace: string, name: string): DomElement;
  createTextNode(text: string): DomNode;
  createDocumentFragment(): DomNode;
}

/** Makes nodes of one document, and remembers the holes among them. */
export class Dom {
  private readonly document: DomDocument;
  private readonly holes = new Map<string, DomElement>();

  constructor(document: DomDocument) {
    this.document = document;
  }

  /** A tree as a fragment of the document. Throws `wire/unexpanded` where a call was left in it. */
  build(nodes: readonly Node[]): DomNode {
    const sink = new DomSink(this.document, this.holes);
    walkNodes(nodes, sink);
    return sink.root;
  }

  /** Puts a tree in the place of a hole; false where there is no such hole, or no longer. */
  fill(id: string, nodes: readonly Node[]): boolean {
    const hole = this.holes.get(id);
    if (!hole) return false;
    this.holes.delete(id);
    hole.replaceWith(this.build(nodes));
    return true;
  }
}

/** An element that is being filled. */
interface Open {
  readonly element: DomElement;
  readonly tag: string;
  readonly space: string;
  /** Attributes that are set: of two with one name the first counts, as in a parser. */
  readonly names: Set<string>;
  /** What will be inside. It is put there in one go, while the element still has all its own methods. */
  content: DomNode | null;
}

class DomSink implements Sink {
  readonly root: DomNode;
  private readonly document: DomDocument;
  private readonly holes: Map<string, DomElement>;
  private readonly around: Open[] = [];

  constructor(document: DomDocument, holes: Map<string, DomElement>) {
    this.document = document;
    this.holes = holes;
    this.root = document.createDocumentFragment();
  }

  open(tag: string): void {
    const outer = this.around.at(-1);
    const space = spaceInside(outer?.tag ?? "", outer?.space ?? spaces.html, tag);
    this.around.push({ element: this.make(tag, space), tag, space, names: new Set(), content: null });
  }

  attr(name: string, value: AttributeValue): void {
    const { element, space, names } = this.around.at(-1) as Open; // attributes follow an opened element
    const plain = name.toLowerCase();
    if (names.has(plain)) return;
    names.add(plain);
    const text = value === true ? "" : attributeText(value);
    if (space === spaces.html) return this.set(element, plain, text);
    const { namespace, name: adjusted } = foreignAttribute(space, plain);
    if (namespace === null) this.set(element, adjusted, text);
    else element.setAttributeNS(namespace, adjusted, text);
  }

  text(text: string): void {
    const { tag, space } = this.around.at(-1) ?? { tag: "", space: spaces.html };
    // What is literal elsewhere a parser reads as markup inside svg and math.
    if (rawTextTags.has(tag) && space !== spaces.html) this.raw(text);
    else this.place(this.document.createTextNode(text));
  }

  raw(html: string): void {
    const outer = this.around.at(-1);
    const space = spaceInside(outer?.tag ?? "", outer?.space ?? spaces.html, "");
    const name = Object.entries(spaces).find(([, address]) => address === space)?.[0] ?? "html";
    if (name === "html") return this.place(this.parse(html));
    // Only inside such an element does a parser read the names of its namespace.
    const parsed = this.parse(`<${name}>${html}</${name}>`);
    const shell = parsed.firstChild as DomNode; // it was just written
    for (let child = shell.firstChild; child; child = shell.firstChild) this.place(child);
  }

  hole(id: string): void {
    this.open("sx-hole");
    this.attr("id", id);
    this.holes.set(id, (this.around.at(-1) as Open).element); // just opened
  }

  call(node: CallNode): void {
    throw sxError("wire/unexpanded", { component: node.name });
  }

  close(): void {
    const { element, tag, space, content } = this.around.pop() as Open; // whatever is closed was opened
    const keepsApart = tag === "template" && space === spaces.html;
    if (content) (keepsApart ? (element as DomTemplate).content : element).appendChild(content); // a template is one
    this.place(element);
  }

  private place(node: DomNode): void {
    const outer = this.around.at(-1);
    if (!outer) {
      this.root.appendChild(node);
      return;
    }
    outer.content ??= this.document.createDocumentFragment();
    outer.content.appendChild(node);
  }

  private make(tag: string, space: string): DomElement {
    // A parser that reads a fragment marks its scripts as done; those made otherwise would run once they are shown.
    if (tag === "script" && space !== spaces.math) {
      const name = space === spaces.html ? "script" : "svg";
      const parsed = this.parse(name === "script" ? "<script></script>" : "<svg><script></script></svg>");
      const first = parsed.firstChild as DomElement; // it was just written
      return name === "script" ? first : (first.firstChild as DomElement); // likewise
    }
    return this.document.createElementNS(space, space === spaces.html ? tag.toLowerCase() : tag);
  }

  /** Sets an attribute whose name a document may find too odd to set, although its parser takes it. */
  private set(element: DomElement, name: string, text: string): void {
    if (!name.includes("@")) return element.setAttribute(name, text);
    const holder = this.parse(`<i ${name}></i>`).firstChild as DomElement; // it was just written
    const attribute = (holder.attributes.item(0) as { cloneNode(): { value: string } }).cloneNode(); // likewise
    attribute.value = text;
    (element as DomElement & { setAttributeNode(attribute: object): void }).setAttributeNode(attribute); // all elements have it
  }

  private parse(html: string): DomNode {
    const template = this.document.createElementNS(spaces.html, "template") as DomTemplate; // the name says so
    template.innerHTML = html;
    return template.content;
  }
}
