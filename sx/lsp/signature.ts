// Signature help: how what is being called is called, and which of its parts the cursor is at.

import { partsOf, type Syntax } from "../format/syntax.ts";
import { isParameterList, type Name } from "./definitions.ts";
import { callOf, describePrimitive, partsOfCall } from "./description.ts";
import { type FileNames, isComponent, type Meaning } from "./names.ts";
import { type Code, isClosed } from "./nodes.ts";

export interface Signature {
  readonly label: string;
  readonly doc: string;
  /** The parts as they stand in the label. */
  readonly parts: readonly string[];
  /** The index of the part at the cursor, or null where it is at none. */
  readonly active: number | null;
}

/** The signature of the innermost call around an offset that has one. */
export function signatureAt(code: Code, names: FileNames, offset: number): Signature | null {
  const calls = code
    .pathTo(offset)
    .filter(
      (node) =>
        isParameterList(node) && node.start < offset && (offset < node.end || !isClosed(code.text, node)),
    );
  for (const call of calls.reverse()) {
    const [head] = partsOf(call);
    const occurrence = names.occurrences.find((one) => one.head && one.start === head?.start);
    if (!head || !occurrence || offset <= head.end) continue;
    const signature = signatureOf(code, call, occurrence.name, occurrence.meaning, offset);
    if (signature) return signature;
  }
  return null;
}

function signatureOf(
  code: Code,
  call: Syntax,
  name: string,
  meaning: Meaning,
  offset: number,
): Signature | null {
  const args = partsOf(call).slice(1);
  const before = args.filter(({ end }) => end < offset).length;
  if (meaning.kind === "primitive") {
    const description = describePrimitive(name);
    if (!description) return null;
    // A row is `(name part part ...) -> type`.
    const parts = (/^\((.*)\) ->/.exec(description.code)?.[1] ?? "").split(" ").slice(1);
    const shown = parts.filter((part) => part !== "...");
    const repeats = parts.at(-1) === "...";
    return {
      label: description.code,
      doc: description.text,
      parts: shown,
      active: clamp(before, shown.length, repeats),
    };
  }
  if (meaning.kind !== "definition" || meaning.found.site.kind === "value") return null;
  const { site } = meaning.found;
  const parts = partsOfCall(site.header);
  const active = isComponent(meaning.found)
    ? propIndex(code, args, site.header.props, offset)
    : clamp(before, parts.length, site.header.rest !== null);
  return { label: callOf(site), doc: site.doc ?? "", parts, active };
}

function clamp(index: number, count: number, repeats: boolean): number | null {
  if (index < count) return index;
  return repeats && count > 0 ? count - 1 : null;
}

/** The prop whose keyword or value the cursor is at. */
function propIndex(
  code: Code,
  args: readonly Syntax[],
  props: readonly Name[],
  offset: number,
): number | null {
  for (const [i, node] of args.entries()) {
    const name = code.keyword(node);
    const value = args[i + 1];
    if (name === null || offset < node.start || (value && offset > value.end)) continue;
    const index = props.findIndex((prop) => prop.name === name);
    return index < 0 ? null : index;
  }
  return null;
}
