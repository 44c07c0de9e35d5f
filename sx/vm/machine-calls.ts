// Calls of the machine's own functions, whose names begin with %, as the compiler (spec/compiler.sx) writes them: how
// many arguments each takes, of what kinds, and what it leaves. The machine looks at none of this again.
// Markup is followed from its beginning to its end: every element is begun, left and named as a page may have it.

import { SxError } from "../core/errors.ts";
import { checkName } from "../render/attributes.ts";
import { escapableTextTags, htmlTags, rawTextTags, sharedSvgTags, svgTags } from "../render/tags.ts";
import { anyValue, type Begun, isValue, type Kind } from "./stack-kinds.ts";

/** What an argument must be. */
interface Want {
  readonly words: string;
  readonly fits: (kind: Kind) => boolean;
}

const constantOf = (words: string, fits: (value: unknown) => boolean): Want => ({
  words,
  fits: (kind) => kind.is === "constant" && fits(kind.value),
});
const block = (takes: number): Want => ({
  words: takes === 0 ? "a block" : `a block of ${takes}`,
  fits: (kind) => kind.is === "block" && kind.takes === takes,
});
const orNil = ({ words, fits }: Want): Want => ({
  words: `${words} or nil`,
  fits: (kind) => fits(kind) || (kind.is === "constant" && kind.value === null),
});

const value: Want = { words: "a value", fits: isValue };
const text = constantOf("a constant text", (found) => typeof found === "string");
const tag = constantOf("the name of an element", isTag);
const list: Want = { words: "a list that was just made", fits: ({ is }) => is === "list" };
const names = constantOf("a constant list of names", isNames);
const markup: Want = { words: "markup in the making", fits: ({ is }) => is === "markup" };

function isTag(found: unknown): boolean {
  return typeof found === "string" && (htmlTags.has(found) || svgTags.has(found) || sharedSvgTags.has(found));
}

function isNames(found: unknown): boolean {
  return Array.isArray(found) && found.every((name) => name === null || isKey(name));
}

/** Whether a constant may be the name of a prop or the key of a dict. */
export function isKey(found: unknown): boolean {
  return typeof found === "string" && found !== "__proto__";
}

const plainCalls: ReadonlyMap<string, readonly Want[]> = new Map([
  ["%try", [block(0), orNil(block(1)), orNil(block(0))]],
  ["%provide", [value, value, block(0)]],
  ["%prompt", [value, block(0)]],
  ["%capture", [value, block(1)]],
  ["%provided", [value]],
  ["%context", [value]],
  ["%perform", [value, list]],
  ["%unset", []],
  ["%absent?", [value]],
  ["%initialised", [value, text]],
  ["%required", [value, text, text]],
  ["%prop-type", [value, text, text, text]],
]);

const markupCalls: ReadonlyMap<string, readonly Want[]> = new Map([
  ["%fragment", []],
  ["%open", [tag]],
  ["%enter", [markup, tag]],
  ["%attribute", [markup, value, tag, text]],
  ["%attributes", [markup, list, tag, names]],
  ["%content", [markup]],
  ["%child", [markup, value]],
  ["%text", [markup, list, tag]],
  ["%lines", [markup, markup]],
  ["%leave", [markup, tag]],
  ["%markup", [markup]],
]);

/** What is wrong with a call, in the words of `module/bad-use`; or what it leaves on the stack. */
export type CallResult =
  | { readonly gives: Kind }
  | { readonly expected: string; readonly found: Kind | string };

/** Looks at a call of a function whose name begins with %. */
export function checkMachineCall(name: string, args: readonly Kind[]): CallResult {
  if (name === "%component") return checkComponentCall(args);
  const wants = plainCalls.get(name) ?? markupCalls.get(name);
  if (!wants) return { expected: "to be a function of the machine", found: "none of that name" };
  if (wants.length !== args.length)
    return { expected: `${wants.length} arguments`, found: String(args.length) };
  for (const [index, want] of wants.entries()) {
    const found = args[index] as Kind; // as many as wants
    if (!want.fits(found)) return { expected: want.words, found };
  }
  if (name === "%try" && args[1]?.is !== "block" && args[2]?.is !== "block")
    return { expected: "a handler or a cleanup", found: "neither" };
  return plainCalls.has(name) ? { gives: anyValue } : build(name, args);
}

/** The component, the values of its props, its children, and the names of the props. */
function checkComponentCall(args: readonly Kind[]): CallResult {
  const [children, last] = args.slice(-2);
  if (args.length < 3 || !children || !last)
    return { expected: "3 arguments or more", found: String(args.length) };
  if (last.is !== "constant" || !isNames(last.value)) return { expected: names.words, found: last };
  if (!list.fits(children)) return { expected: list.words, found: children };
  const other = args.slice(0, -2).find((kind) => !isValue(kind));
  if (other) return { expected: value.words, found: other };
  const count = (last.value as unknown[]).length; // isNames says so
  if (count !== args.length - 3)
    return { expected: `a name for each of ${args.length - 3} props`, found: String(count) };
  return { gives: anyValue };
}

/** A call that markup is made by; its arguments are what they must be. */
function build(name: string, args: readonly Kind[]): CallResult {
  if (name === "%fragment") return begin(null, null);
  if (name === "%open") return begin(constantText(args[0]), null);
  const { begun, starting } = args[0] as Extract<Kind, { is: "markup" }>; // so all others take it first
  const expectsStart = name === "%attribute" || name === "%attributes" || name === "%content";
  if (starting !== expectsStart)
    return {
      expected: starting ? "attributes or content" : "an element that begins",
      found: "another place",
    };
  const goOn: CallResult = { gives: { is: "markup", begun, starting: false } };
  const isText = begun.tag !== null && (rawTextTags.has(begun.tag) || escapableTextTags.has(begun.tag));
  const named = constantText(name === "%attribute" ? args[2] : args[name === "%leave" ? 1 : 2]);
  if (["%attribute", "%attributes", "%text", "%leave"].includes(name) && named !== begun.tag)
    return { expected: `the element ${begun.tag ?? "that was begun"}`, found: `the element ${named}` };
  if ((name === "%text") !== isText && ["%text", "%child", "%enter", "%lines"].includes(name))
    return { expected: isText ? "text alone inside" : "an element of text", found: "another" };
  switch (name) {
    case "%enter":
      return begin(constantText(args[1]), begun);
    case "%attribute": {
      const problem = problemOfName(named, constantText(args[3]));
      return problem === null ? { gives: args[0] as Kind } : { expected: "an attribute", found: problem };
    }
    case "%attributes":
      return { gives: args[0] as Kind };
    case "%leave":
      return begun.around ? { gives: { is: "markup", begun: begun.around, starting: false } } : closed;
    case "%markup":
      return isWhole(args[0]) ? { gives: anyValue } : unclosed;
    case "%lines":
      return isWhole(args[1]) ? goOn : unclosed;
    default:
      return goOn;
  }
}

/** An element that was begun with nothing around it. */
const whole: Begun = { tag: null, around: null };
const closed: CallResult = { gives: { is: "markup", begun: whole, starting: false } };
const unclosed: CallResult = { expected: "markup whose elements are closed", found: "an open one" };

function begin(tagName: string | null, around: Begun | null): CallResult {
  const begun = tagName === null ? whole : { tag: tagName, around };
  return { gives: { is: "markup", begun, starting: tagName !== null } };
}

function isWhole(kind: Kind | undefined): boolean {
  return kind?.is === "markup" && kind.begun === whole && !kind.starting;
}

function constantText(kind: Kind | undefined): string {
  return kind?.is === "constant" ? String(kind.value) : "";
}

function problemOfName(tagName: string, name: string): string | null {
  try {
    checkName(tagName, name);
    return null;
  } catch (error) {
    if (error instanceof SxError) return error.message;
    throw error;
  }
}
