// The reader: about 500 kB of generated SX into forms with positions, against JSON.parse of the same tree.
// JSON.parse does less: it makes no symbols or keywords and remembers no places.

import { readForms } from "../sx/core/reader.ts";
import { Source } from "../sx/core/source.ts";
import type { Comparison } from "./comparison.ts";
import { compare, type Effort, randomNumbers } from "./measure.ts";
import { loadReaderPeers } from "./peers/readers.ts";

type Tree = string | number | boolean | null | Name | Key | Tree[];

class Name {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

class Key {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

const tags = ["div", "ul", "li", "span", "h2", "p", "a", "when", "member-menu", "~card"];
const keys = ["class", "id", "href", "title", "data-kind", "for"];
const vocabulary = "post title tags day name n i user cart href row item x total url kind".split(" ");

/** A tree like a large file of views: elements with attributes, questions to data, short texts. */
function createTree(characters: number): Tree[] {
  const random = randomNumbers(11);
  const below = (limit: number) => Math.floor(random() * limit);
  const pick = (words: readonly string[]) => words[below(words.length)] as string; // inside the bounds
  const words = (count: number) => Array.from({ length: count }, () => pick(vocabulary)).join(" ");
  const question = (): Tree[] => [new Name("get"), new Name(pick(vocabulary)), new Key(pick(keys))];
  const leaf = (): Tree => {
    const kind = below(16);
    if (kind === 0) return below(2) === 0 ? true : null;
    if (kind === 1) return `${words(2)} "in quotes"\nand a line`;
    if (kind < 7) return question();
    if (kind < 12) return new Name(pick(vocabulary));
    return words(1 + below(4));
  };
  const setting = (): Tree => [below(10_000) / 4, words(1), words(2), question()][below(4)] as Tree; // inside the bounds
  const element = (depth: number): Tree[] => {
    const attributes = Array.from({ length: below(4) }, () => [new Key(pick(keys)), setting()]);
    const children = Array.from({ length: 1 + below(5) }, () =>
      depth > 0 && below(3) > 0 ? element(depth - 1) : leaf(),
    );
    return [new Name(pick(tags)), ...attributes.flat(), ...children];
  };
  const root: Tree[] = [new Name("page")];
  for (let size = 0; size < characters; ) {
    const next = element(5);
    root.push(next);
    size += toSx(next, 2).length;
  }
  return root;
}

function toSx(tree: Tree, indent: number): string {
  if (Array.isArray(tree)) {
    const items = tree.map((item, index) => {
      if (index === 0) return toSx(item, indent);
      return Array.isArray(item)
        ? `\n${" ".repeat(indent)}${toSx(item, indent + 2)}`
        : ` ${toSx(item, indent)}`;
    });
    return `(${items.join("")})`;
  }
  if (tree instanceof Name) return tree.name;
  if (tree instanceof Key) return `:${tree.name}`;
  if (tree === null) return "nil";
  return typeof tree === "string" ? JSON.stringify(tree) : String(tree);
}

function toJson(tree: Tree): unknown {
  if (Array.isArray(tree)) return tree.map(toJson);
  if (tree instanceof Name) return tree.name;
  return tree instanceof Key ? `:${tree.name}` : tree;
}

/** The text in SX and its twin in JSON. */
export function createTexts(characters = 500_000): { sx: string; json: string } {
  const tree = createTree(characters);
  return { sx: toSx(tree, 2), json: JSON.stringify(toJson(tree)) };
}

/** Measures the reader. */
export async function* compareReader(effort: Effort): AsyncGenerator<Comparison> {
  const { sx, json } = createTexts();
  const contenders = [
    { name: "JSON.parse", run: () => JSON.parse(json) },
    { name: "sx reader", run: () => readForms(new Source("generated.sx", sx)) },
  ];
  const peers = effort.withPeers ? await loadReaderPeers() : [];
  for (const { name, read } of peers) contenders.push({ name, run: () => read(sx) });
  const kilobytes = (text: string) => Math.round(text.length / 1000);
  yield {
    title: `Reading ${kilobytes(sx)} kB of SX, against ${kilobytes(json)} kB of JSON`,
    base: "JSON.parse",
    rows: await compare(contenders, { ...effort, sliceMs: effort.sliceMs * 2 }),
    bounds: [{ row: "sx reader", floor: 2.2, goal: 1.3 }],
  };
}
