// A document for tests: as much of one as dom.ts uses, without a parser (finished markup stays a text of its
// own kind), and with a form whose fields hide its methods, as a browser's do. `outline` shows what was made.

import type { DomDocument, DomElement, DomNode } from "../dom.ts";
import { spaces } from "../spaces.ts";

class TestNode implements DomNode {
  readonly children: TestNode[] = [];
  parent: TestNode | null = null;

  get firstChild(): TestNode | null {
    return this.children[0] ?? null;
  }

  appendChild(child: DomNode): void {
    const node = child as TestNode; // a test has no other nodes
    const moved = node instanceof Fragment ? [...node.children] : [node];
    for (const each of moved) {
      each.remove();
      this.children.push(each);
      each.parent = this;
    }
  }

  remove(): void {
    this.parent?.children.splice(this.parent.children.indexOf(this), 1);
    this.parent = null;
  }
}

class Fragment extends TestNode {}

class Text extends TestNode {
  readonly kind: "text" | "raw";
  readonly text: string;
  constructor(kind: "text" | "raw", text: string) {
    super();
    this.kind = kind;
    this.text = text;
  }
}

class Element extends TestNode implements DomElement {
  readonly space: string;
  readonly name: string;
  readonly list: { name: string; value: string }[] = [];
  readonly content = new Fragment();
  constructor(space: string, name: string) {
    super();
    this.space = space;
    this.name = name;
  }

  get attributes() {
    return { item: (index: number) => ({ cloneNode: () => ({ ...this.list[index] }) }) };
  }

  setAttribute(name: string, value: string): void {
    if (name.includes("@")) throw new Error(`InvalidCharacterError: ${name}`);
    this.list.push({ name, value });
  }

  setAttributeNS(namespace: string, name: string, value: string): void {
    this.list.push({ name: `${namespace.split("/").at(-1)} ${name}`, value });
  }

  setAttributeNode(attribute: { name: string; value: string }): void {
    this.list.push(attribute);
  }

  replaceWith(node: DomNode): void {
    const { parent } = this;
    if (!parent) throw new Error("only what stands somewhere is replaced");
    const rest = parent.children.slice(parent.children.indexOf(this) + 1);
    this.remove();
    parent.appendChild(node);
    for (const each of rest) parent.appendChild(each);
  }

  /** Of a form its fields are properties, whatever else has their names. */
  override appendChild(child: DomNode): void {
    super.appendChild(child);
    if (this.name !== "form") return;
    for (const field of this.children.filter((each) => each instanceof Element)) {
      for (const { name, value } of field.list)
        if (name === "name" || name === "id") Object.defineProperty(this, value, { value: field });
    }
  }

  /** Finished markup is kept as it is; of the few things that dom.ts itself writes the elements are made. */
  set innerHTML(html: string) {
    const [, foreign, inside] = /^<(svg|math)>([\s\S]*)<\/\1>$/.exec(html) ?? [];
    const attribute = /^<i (\S+)><\/i>$/.exec(html)?.[1];
    if (html === "<script></script>") this.content.appendChild(new Element(spaces.html, "script"));
    else if (attribute !== undefined) {
      const holder = new Element(spaces.html, "i");
      holder.list.push({ name: attribute, value: "" });
      this.content.appendChild(holder);
    } else if (foreign !== undefined) {
      const shell = new Element(spaces[foreign as "svg" | "math"], foreign); // the pattern names no other
      const script = inside === "<script></script>";
      shell.appendChild(script ? new Element(shell.space, "script") : new Text("raw", inside ?? ""));
      this.content.appendChild(shell);
    } else this.content.appendChild(new Text("raw", html));
  }
}

export const testDocument: DomDocument = {
  createElementNS: (space, name) => new Element(space, name),
  createTextNode: (text) => new Text("text", text),
  createDocumentFragment: () => new Fragment(),
};

/** What is inside a node, a line for each node and attribute. */
export function outline(node: DomNode, indent = ""): string {
  return (node as TestNode).children.map((child) => outlineOf(child, indent)).join(""); // a test has no other nodes
}

function outlineOf(node: TestNode, indent: string): string {
  if (node instanceof Text)
    return `${indent}${node.kind === "raw" ? "raw " : ""}${JSON.stringify(node.text)}\n`;
  if (!(node instanceof Element)) throw new Error("only elements and texts stand inside others");
  const space = Object.entries(spaces).find(([, address]) => address === node.space)?.[0];
  const attributes = node.list.map(({ name, value }) => `${indent}  ${name}=${JSON.stringify(value)}\n`);
  const content =
    node.content.children.length > 0 ? `${indent}  content\n${outline(node.content, `${indent}    `)}` : "";
  return `${indent}<${space === "html" ? "" : `${space} `}${node.name}>\n${attributes.join("")}${content}${outline(node, `${indent}  `)}`;
}
