// How a form is written, by the name at its head: which of its parts stay on the line of the head, what those
// are, and how the rest follows. Layout (block.ts) and spelling (spelling.ts) both ask here. A name that is not
// in the table is called like a function; a test holds the table against the language's special forms.

import { htmlTags, svgTags } from "../render/tags.ts";

/** What a part of a form is. */
export type Role =
  | "code"
  /** Something that is never evaluated, or a word such as the name that a definition makes. */
  | "data"
  /** `((name value) …)` */
  | "bindings"
  /** `(a b &rest more)` */
  | "parameters"
  /** `(&key (title :type string) … &rest children)` */
  | "header"
  /** `name` or `(name parameter …)` */
  | "target";

export interface Shape {
  /** The parts behind the head that stay on its line. */
  readonly lead: readonly Role[];
  /**
   * How the others follow where the form has more than one line: each on a line of its own; in pairs of a test
   * and a result; or as in a call, where the writer's line breaks count.
   */
  readonly rest: "lines" | "clauses" | "call";
  /** Lines go below the first part instead of two columns in. */
  readonly aligned?: true;
  /** Keywords and their values are pairs, as props and attributes are. */
  readonly paired?: true;
}

const lines = (...lead: Role[]): Shape => ({ lead, rest: "lines" });
const call: Shape = { lead: [], rest: "call" };
const markup: Shape = { lead: [], rest: "lines", paired: true };

const shapes: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ["define", lines("target")],
  ["defcomp", lines("data", "header")],
  ["defisland", lines("data", "header")],
  ["defmacro", lines("data", "parameters")],
  ["deftest", lines("data")],
  ["defpage", lines("data")],
  ["fn", lines("parameters")],
  ["lambda", lines("parameters")],
  ["let", lines("bindings")],
  ["let*", lines("bindings")],
  ["letrec", lines("bindings")],
  ["if", lines("code")],
  ["when", lines("code")],
  ["cond", { lead: [], rest: "clauses" }],
  ["case", { lead: ["code"], rest: "clauses" }],
  ["and", { lead: ["code"], rest: "call", aligned: true }],
  ["or", { lead: ["code"], rest: "call", aligned: true }],
  ["do", lines()],
  ["begin", lines()],
  ["try", lines()],
  ["catch", lines("parameters")],
  ["finally", lines()],
  ["provide", lines("code", "code")],
  ["prompt", lines("code")],
  ["capture", lines("code", "parameters")],
  ["->", lines("code")],
  ["->>", lines("code")],
  ["quote", { lead: ["data"], rest: "lines" }],
  ["quasiquote", lines("code")],
  ["suspense", markup],
  ["<>", lines()],
  ["context", call],
  ["perform", call],
  ["set!", call],
  ["spread", call],
  ["unquote", call],
  ["splice-unquote", call],
]);

/** The names with a shape of their own. */
export const shapedNames: ReadonlySet<string> = new Set(shapes.keys());

const namedLet: Shape = lines("data", "bindings");
const markedDefine: Shape = lines("data", "target");

/** The shape of a form; `first` and `second` are the texts of what follows its head. */
export function shapeOf(head: string | null, first: string, second: string): Shape {
  if (head === null) return call;
  if ((head === "let" || head === "let*") && first !== "" && !/^[([{]/.test(first)) return namedLet;
  if (head === "define" && first === ":shadow") return markedDefine;
  return shapes.get(head) ?? (isMarkup(head, first, second) ? markup : call);
}

/** A component or an element. Where SVG alone has the tag, a function may have the name too, unless attributes follow. */
function isMarkup(head: string, first: string, second: string): boolean {
  if (head.startsWith("~") || /^(?:html|svg):./.test(head)) return true;
  if (head === "map") return false;
  return htmlTags.has(head) || (svgTags.has(head) && first.startsWith(":") && second !== "");
}
