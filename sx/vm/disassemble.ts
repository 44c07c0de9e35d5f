// A module for people: its constants, definitions and functions, each instruction on a line with its operands and
// what they stand for. Also as plain data, for programs that read it. It never fails: what makes no sense is shown
// as it is, because that is when somebody looks.

import { glimpse, shorten } from "../core/glimpse.ts";
import { Keyword, SxSymbol, type Value } from "../core/values.ts";
import { bytesOf, type ExtensionRegistry, noExtensions } from "./extensions.ts";
import {
  type Capture,
  type Entry,
  type ExtensionUse,
  HashReference,
  type Module,
  type Proto,
} from "./module.ts";
import { type Opcode, type OperandKind, opcodeIds, operandBytes } from "./opcodes.ts";

export interface Listing {
  readonly extensions: readonly ExtensionUse[];
  readonly constants: readonly ListedConstant[];
  readonly entries: readonly {
    readonly name: string;
    readonly kind: Entry["kind"];
    readonly proto: number;
  }[];
  readonly protos: readonly ListedProto[];
  readonly dependencies: readonly string[];
}

export interface ListedConstant {
  readonly index: number;
  readonly kind: string;
  /** Its written form, shortened. */
  readonly text: string;
}

export interface ListedProto {
  readonly index: number;
  readonly name: string;
  readonly kind: Proto["kind"];
  readonly required: number;
  readonly rest: boolean;
  readonly props: readonly {
    readonly name: string;
    readonly type: string | null;
    readonly required: boolean;
    readonly fallback: boolean;
  }[];
  readonly env: readonly string[];
  readonly attrs: boolean;
  readonly slots: number;
  readonly cells: readonly number[];
  readonly captures: readonly Capture[];
  readonly code: readonly Instruction[];
}

export interface Instruction {
  readonly offset: number;
  readonly name: string;
  readonly operands: readonly number[];
  /** What the operands stand for, or null where the numbers say it. */
  readonly meaning: string | null;
}

/** A module as data to look at. Names of extensions come from the registry, then from the module itself. */
export function disassemble(module: Module, registry: ExtensionRegistry = noExtensions): Listing {
  const { constants, entries, protos, dependencies, extensions = [] } = module;
  return {
    extensions,
    constants: constants.map((value, index) => ({ index, kind: kindOf(value), text: show(value) })),
    entries: entries.map(({ name, kind, proto }) => ({ name: textAt(module, name), kind, proto })),
    protos: protos.map((proto, index) => listProto(module, proto, index, registry)),
    dependencies,
  };
}

function listProto(module: Module, proto: Proto, index: number, registry: ExtensionRegistry): ListedProto {
  const { kind, required, rest, env, attrs, slots, cells, captures } = proto;
  const props = proto.props.map((prop) => ({
    name: textAt(module, prop.name),
    type: prop.type < 0 ? null : textAt(module, prop.type),
    required: prop.required,
    fallback: prop.fallback,
  }));
  const name = textAt(module, proto.name);
  const code = listCode(module, proto, registry);
  const names = env.map((at) => textAt(module, at));
  return { index, name, kind, required, rest, props, env: names, attrs, slots, cells, captures, code };
}

function listCode(module: Module, { code }: Proto, registry: ExtensionRegistry): Instruction[] {
  const instructions: Instruction[] = [];
  for (let offset = 0; offset < code.length; ) {
    const id = code[offset] as number; // in range
    const opcode = registry.opcode(id);
    const next = offset + 1 + (opcode ? bytesOf(opcode) : 0);
    if (!opcode || next > code.length) {
      // Where its operands end is not known, so each byte from here on may stand for itself.
      instructions.push({
        offset,
        name: registry.nameOf(id),
        operands: [],
        meaning: declaredName(module, id),
      });
      offset++;
    } else {
      const operands = operandsOf(opcode, code, offset + 1);
      const meanings = opcode.operands.map((kind, at) => meaningOf(module, kind, operands[at] ?? 0, next));
      const meaning = meanings.filter((words) => words !== null).join(", ");
      instructions.push({ offset, name: opcode.name, operands, meaning: meaning === "" ? null : meaning });
      offset = next;
    }
  }
  return instructions;
}

/** What a module itself calls an opcode that is not registered here. */
function declaredName({ extensions = [] }: Module, id: number): string | null {
  for (const { name, ops } of extensions) {
    const op = ops.find((candidate) => candidate.id === id);
    if (op) return `${name}.${op.name}`;
  }
  return null;
}

function operandsOf({ operands }: Opcode, code: ArrayLike<number>, start: number): number[] {
  let from = start;
  return operands.map((kind) => {
    let number = 0;
    for (const end = from + operandBytes[kind]; from < end; from++) number = number * 256 + (code[from] ?? 0);
    return number;
  });
}

function meaningOf(module: Module, kind: OperandKind, operand: number, next: number): string | null {
  switch (kind) {
    case "constant":
      return operand < module.constants.length ? show(module.constants[operand]) : "no such constant";
    case "proto":
      return operand < module.protos.length
        ? textAt(module, module.protos[operand]?.name ?? -1)
        : "no such proto";
    case "offset":
      return `to ${next + operand}`;
    case "count":
    case "slot":
      return null;
  }
}

function textAt({ constants }: Module, index: number): string {
  const value = constants[index];
  if (typeof value === "string") return shorten(value);
  return value instanceof SxSymbol ? shorten(value.name) : `constant ${index}`;
}

function show(value: Value): string {
  return value instanceof HashReference ? `@h:${value.hash}.${value.member}` : glimpse(value);
}

function kindOf(value: Value): string {
  if (value === null) return "nil";
  if (Array.isArray(value)) return "list";
  if (value instanceof SxSymbol) return "symbol";
  if (value instanceof Keyword) return "keyword";
  if (value instanceof HashReference) return "reference";
  return typeof value === "object" ? "dict" : typeof value;
}

/** A listing as text, one line for each thing, ended by a newline. */
export function showListing(listing: Listing): string {
  const { extensions, constants, entries, protos, dependencies } = listing;
  const sections = [
    section(
      "extensions",
      extensions.map(
        ({ name, version, ops }) =>
          `${name} ${version}: ${ops.map((op) => `${op.id} ${op.name}`).join(", ")}`,
      ),
    ),
    section(
      "constants",
      constants.map(({ index, kind, text }) => `${String(index).padStart(4)}  ${kind.padEnd(9)} ${text}`),
    ),
    section(
      "entries",
      entries.map(({ name, kind, proto }) => `${name}  ${kind}, proto ${proto}`),
    ),
    ...protos.map((proto) => section(headingOf(proto), proto.code.map(showInstruction))),
    section("dependencies", dependencies),
  ];
  return sections.filter((text) => text !== "").join("\n");
}

function section(heading: string, lines: readonly string[]): string {
  if (lines.length === 0) return "";
  // Names may be any text; a terminal must not obey them.
  const shown = [heading, ...lines.map((line) => `  ${line}`)].map((line) => line.replace(/\p{Cc}/gu, "�"));
  return `${shown.join("\n")}\n`;
}

function headingOf(proto: ListedProto): string {
  const { index, name, kind, required, rest, props, env, attrs, slots, cells, captures } = proto;
  const parts = [
    kind === "component"
      ? ""
      : `${required}${rest ? " or more" : ""} ${required === 1 && !rest ? "argument" : "arguments"}`,
    props.length > 0 ? `props ${props.map(showProp).join(" ")}` : "",
    env.length > 0 ? `env ${env.join(" ")}` : "",
    attrs ? "attrs" : "",
    kind === "component" && rest ? "children" : "",
    `${slots} ${slots === 1 ? "slot" : "slots"}`,
    cells.length > 0 ? `cells ${cells.join(" ")}` : "",
    captures.length > 0 ? `captures ${captures.map(showCapture).join(" ")}` : "",
  ];
  return `proto ${index} ${name}: ${kind}, ${parts.filter((part) => part !== "").join(", ")}`;
}

function showProp({ name, type, required, fallback }: ListedProto["props"][number]): string {
  return `${name}${type === null ? "" : `:${type}`}${required ? "!" : ""}${fallback ? "=" : ""}`;
}

function showCapture({ from, index }: Capture): string {
  return from === "self" ? "self" : `${from}:${index}`;
}

const nameWidth = Math.max(...Object.keys(opcodeIds).map((name) => name.length));

function showInstruction({ offset, name, operands, meaning }: Instruction): string {
  const left = `${String(offset).padStart(4, "0")}  ${name.padEnd(nameWidth)} ${operands.join(" ")}`;
  return (meaning === null ? left : `${left.padEnd(nameWidth + 16)} ; ${meaning}`).trimEnd();
}
