// Completion: what may be written at a place. A keyword where a component or an element is called is one of its
// props or attributes; at the head of a list stands whatever can be called; where a name is being made there is
// nothing to offer.

import { propTypes } from "../bootstrap/front-end.ts";
import { partsOf, type Syntax } from "../format/syntax.ts";
import { htmlTags, svgTags } from "../render/tags.ts";
import { attributesOf } from "./attributes.ts";
import { isParameterList } from "./definitions.ts";
import {
  type Description,
  describe,
  describeDefinition,
  describePrimitive,
  describeProp,
  describeSpecialForm,
  describeTag,
} from "./description.ts";
import {
  type Environment,
  type FileNames,
  type Found,
  isComponent,
  localsAt,
  type Meaning,
  occurrenceAt,
} from "./names.ts";
import { type Code, isClosed } from "./nodes.ts";
import { formDocs } from "./special-forms.ts";
import { languageNames } from "./vocabulary.ts";

export type CandidateKind =
  | "local"
  | "function"
  | "component"
  | "macro"
  | "value"
  | "primitive"
  | "special"
  | "tag"
  | "prop"
  | "attribute"
  | "word";

export interface Candidate {
  readonly name: string;
  readonly kind: CandidateKind;
  readonly description: Description | null;
}

export interface Completion {
  /** Where what is being typed begins. */
  readonly start: number;
  readonly candidates: readonly Candidate[];
}

/** What may stand at an offset. */
export function complete(code: Code, names: FileNames, environment: Environment, offset: number): Completion {
  const path = code.pathTo(offset);
  const token = path.at(-1)?.kind === "atom" ? path.at(-1) : undefined;
  const start = token?.start ?? offset;
  const answer = (candidates: readonly Candidate[]): Completion => ({ start, candidates });
  if (!token && path.some((node) => isText(code, node, offset))) return answer([]);
  const around = path.filter((node) => node !== token && isAround(code, node, offset));
  const call = around.findLast(isParameterList);
  const typed = code.text.slice(start, offset);
  if (typed.startsWith(":")) return answer(call ? keywordsIn(code, names, call, around, offset) : []);
  if (typed.startsWith("&")) return answer(marks.map(word));
  if (around.some((node) => node.kind === "prefix" && code.mark(node) === "'")) return answer([]);
  const before = call && partsOf(call).filter((part) => part.end <= start);
  if (call && isPropDeclaration(code, call, around) && code.keyword(before?.at(-1)) === "type")
    return answer([...propTypes].map(word));
  if (token && occurrenceAt(names, offset)?.role === "binding") return answer([]);
  const isHead = call?.kind === "list" && around.at(-1) === call && before?.length === 0;
  const visible = [...localCandidates(code, names, start), ...globalCandidates(environment, isHead)];
  return answer(isHead ? [...visible, ...headCandidates(code, around, typed)] : visible);
}

/** Whether an offset lies in a string or comment, where nothing is code. */
function isText(code: Code, node: Syntax, offset: number): boolean {
  if (node.kind === "line-comment") return node.start < offset;
  if (node.kind === "block-comment") return node.start < offset && offset < node.end;
  if (node.kind !== "string") return false;
  const isEnded = node.end > node.start + 1 && code.text[node.end - 1] === '"';
  return node.start < offset && (offset < node.end || !isEnded);
}

function isAround(code: Code, node: Syntax, offset: number): boolean {
  if (node.kind === "prefix") return node.start < offset && offset <= node.end;
  return node.start < offset && (offset < node.end || !isClosed(code.text, node));
}

const marks = ["&key", "&env", "&attrs", "&rest"];
const wordsByForm: Readonly<Record<string, readonly string[]>> = {
  cond: [":else"],
  case: [":else"],
  define: [":shadow"],
  suspense: [":fallback"],
};
const propOptions = [":type", ":default", ":required", ":doc"];

function word(name: string): Candidate {
  return { name, kind: "word", description: null };
}

/** The keywords that a form takes and does not have yet. */
function keywordsIn(
  code: Code,
  names: FileNames,
  call: Syntax,
  around: readonly Syntax[],
  offset: number,
): Candidate[] {
  const parts = partsOf(call);
  const given = new Set(
    parts.filter(({ start, end }) => offset < start || end < offset).map((part) => code.keyword(part)),
  );
  const candidates = isPropDeclaration(code, call, around)
    ? propOptions.map(word)
    : keywordsOf(code.symbol(parts[0]) ?? "", meaningOfHead(names, parts[0]));
  return candidates.filter(({ name }) => !given.has(name.slice(1)));
}

function meaningOfHead(names: FileNames, head: Syntax | undefined): Meaning | undefined {
  return names.occurrences.find((one) => one.head && one.start === head?.start)?.meaning;
}

function keywordsOf(head: string, meaning: Meaning | undefined): Candidate[] {
  if (meaning?.kind === "tag")
    return attributesOf(meaning.tag).map((name) => ({
      name: `:${name}`,
      kind: "attribute",
      description: null,
    }));
  if (meaning?.kind === "definition" && isComponent(meaning.found)) return propCandidates(meaning.found);
  return (Object.hasOwn(wordsByForm, head) ? (wordsByForm[head] ?? []) : []).map(word);
}

function propCandidates(found: Found): Candidate[] {
  const { props, env } = found.site.header;
  return [...props, ...env].map(({ name }) => ({
    name: `:${name}`,
    kind: "prop",
    description: describeProp(found, name),
  }));
}

/** Whether a list is `(name :type …)` in the header of a component. */
function isPropDeclaration(code: Code, list: Syntax, around: readonly Syntax[]): boolean {
  const at = around.indexOf(list);
  const [owner, header] = [around[at - 2], around[at - 1]];
  const head = code.head(owner);
  return (head === "defcomp" || head === "defisland") && owner !== undefined && partsOf(owner)[2] === header;
}

function localCandidates(code: Code, names: FileNames, offset: number): Candidate[] {
  return localsAt(names, offset).map((local) => {
    const { name } = local;
    return { name, kind: "local", description: describe(code, name, { kind: "local", local }) };
  });
}

function globalCandidates(environment: Environment, isHead: boolean): Candidate[] {
  const definitions = environment
    .names()
    .map((name) => environment.find(name))
    .filter((found) => found !== null)
    .filter(({ site }) => isHead || site.kind !== "macro")
    .map((found): Candidate => {
      const { kind, name } = found.site;
      return { name: name.name, kind: kindOf(kind), description: describeDefinition(found) };
    });
  const taken = new Set(definitions.map(({ name }) => name));
  const primitives = [...languageNames]
    .filter((name) => !taken.has(name))
    .map((name): Candidate => ({ name, kind: "primitive", description: describePrimitive(name) }));
  return [...definitions, ...primitives];
}

function kindOf(kind: Found["site"]["kind"]): CandidateKind {
  if (kind === "island") return "component";
  return kind === "test" ? "value" : kind;
}

/** What only the head of a list can be: special forms and elements. */
function headCandidates(code: Code, around: readonly Syntax[], typed: string): Candidate[] {
  const special = [...formDocs.keys()].map(
    (name): Candidate => ({ name, kind: "special", description: describeSpecialForm(name) }),
  );
  const inSvg = around.some((node) => code.head(node) === "svg");
  const tags = [...htmlTags].filter((tag) => tag !== "map");
  const prefixed = typed.startsWith("svg:") ? [...svgTags].map((tag) => `svg:${tag}`) : [];
  const all = new Set([...tags, ...(inSvg ? svgTags : []), ...prefixed]);
  return [
    ...special,
    ...[...all].map((tag): Candidate => ({ name: tag, kind: "tag", description: describeTag(tag) })),
  ];
}
