// Opcodes of extensions, ids 200 to 247: what a guest language or a tool adds to the machine. Registration checks
// ids and names once; a module says which (id, name) pairs it was compiled for, and is refused where they differ,
// so that the same bytes never mean two programs. README.md walks through an example.

import { sxError } from "../core/errors.ts";
import type { Value } from "../core/values.ts";
import type { ExtensionUse, Proto } from "./module.ts";
import { extensionIds, type Opcode, opcodeById, operandBytes } from "./opcodes.ts";
import { RunningExtensions } from "./running-extensions.ts";

/** Who has which ids. An extension may use those from its base to the end of the row that its base is in. */
export const extensionRanges: readonly {
  readonly owner: string;
  readonly first: number;
  readonly last: number;
}[] = [
  { owner: "guest_vm", first: 200, last: 209 },
  { owner: "inline tests", first: 210, last: 219 },
  { owner: "test_ext", first: 220, last: 229 },
  { owner: "ports", first: 230, last: 247 },
];

/** A registration. */
export interface Extension<State> {
  readonly name: string;
  /** From 1 to 65535; a module runs only with the version it was compiled for. */
  readonly version: number;
  /** The first id of its own. */
  readonly base: number;
  readonly ops: readonly ExtensionOperation<State>[];
  /** What its operations keep between them: made once for each machine. */
  initState(): State;
}

export interface ExtensionOperation<State> {
  readonly id: number;
  readonly name: string;
  /** At most three bytes of them. Extensions do not jump, and do not name variables. */
  readonly operands: readonly ("constant" | "count")[];
  readonly pops: number;
  readonly pushes: number;
  /** Pops and pushes as many values as it says. Operands come as the numbers in the code. */
  run(machine: ExtensionMachine<State>, operands: readonly number[]): void;
}

/** The machine, as an operation sees it. */
export interface ExtensionMachine<State> {
  readonly state: State;
  push(value: Value): void;
  pop(): Value;
  /** A constant of the module that is running. */
  constant(index: number): Value;
}

/** An operation in its place. */
export interface Registered {
  readonly extension: Extension<unknown>;
  readonly operation: ExtensionOperation<unknown>;
  readonly opcode: Opcode;
}

const mostOperandBytes = 3;

/** The extensions that machines may be made with. */
export class ExtensionRegistry {
  private readonly extensions = new Map<string, Extension<unknown>>();
  private readonly byId = new Map<number, Registered>();

  /** Throws an `extension/…` error where a name or an id cannot be had. */
  constructor(extensions: readonly Extension<unknown>[] = []) {
    for (const extension of extensions) this.register(extension);
  }

  /** The opcode of an id, the language's own or an extension's; undefined where it means nothing. */
  opcode(id: number): Opcode | undefined {
    return opcodeById.get(id) ?? this.byId.get(id)?.opcode;
  }

  /** An opcode's name for people: `CALL`, `test_ext.OP_TEST_PUSH_42`, or `UNKNOWN_230`. */
  nameOf(id: number): string {
    return this.opcode(id)?.name ?? `UNKNOWN_${id}`;
  }

  /** What a module of these functions has to say about extensions; throws `module/unknown-opcode`. */
  usesIn(protos: readonly Proto[]): ExtensionUse[] {
    const used = new Map<Extension<unknown>, Set<number>>();
    for (const [index, { code }] of protos.entries()) {
      for (let at = 0; at < code.length; ) {
        const id = code[at] as number; // in range
        const opcode = this.opcode(id);
        if (!opcode) throw sxError("module/unknown-opcode", { opcode: id, proto: String(index), offset: at });
        const registered = this.byId.get(id);
        if (registered) {
          const ids = used.get(registered.extension) ?? new Set();
          used.set(registered.extension, ids.add(id));
        }
        at += 1 + bytesOf(opcode);
      }
    }
    return [...used]
      .map(([{ name, version, base }, ids]) => {
        const ops = [...ids].sort((a, b) => a - b).map((id) => ({ id, name: this.ownName(id) }));
        return { name, version, base, ops };
      })
      .sort((a, b) => a.base - b.base);
  }

  /** Refuses what a module needs and this registry has not, or has otherwise: `module/bad-extension`. */
  check(uses: readonly ExtensionUse[]): void {
    for (const use of uses) {
      const problem = this.differenceFrom(use);
      if (problem !== null) throw sxError("module/bad-extension", { extension: use.name, problem });
    }
  }

  /** The extensions at work in one machine, each with a state of its own. */
  start(): RunningExtensions {
    return new RunningExtensions([...this.extensions.values()], this.byId);
  }

  private differenceFrom({ name, version, base, ops }: ExtensionUse): string | null {
    const extension = this.extensions.get(name);
    if (!extension) return "which is not registered here";
    if (extension.version !== version)
      return `version ${version}, and version ${extension.version} is registered here`;
    if (extension.base !== base) return `with the base ${base}, and here its base is ${extension.base}`;
    for (const op of ops) {
      const registered = this.byId.get(op.id);
      if (registered?.extension !== extension || registered.operation.name !== op.name)
        return `with ${op.name} as ${op.id}, and here ${op.id} is ${this.nameOf(op.id)}`;
    }
    return null;
  }

  private ownName(id: number): string {
    return (this.byId.get(id) as Registered).operation.name; // callers ask for what is registered
  }

  private register(extension: Extension<unknown>): void {
    const { name, version } = extension;
    checkName(name, "an extension");
    if (this.extensions.has(name)) {
      const what = `the name ${name}`;
      throw sxError("extension/duplicate", { what, first: "another extension", second: "this one" });
    }
    checkRange(`the version of ${name}`, version, 1, 0xffff);
    const { first, last } = rangeOf(extension);
    this.extensions.set(name, extension);
    for (const operation of extension.ops) {
      checkName(operation.name, `an operation of ${name}`);
      const fullName = `${name}.${operation.name}`;
      checkRange(`the id of ${fullName}`, operation.id, first, last);
      this.take(extension, operation, fullName);
    }
  }

  private take(
    extension: Extension<unknown>,
    operation: ExtensionOperation<unknown>,
    fullName: string,
  ): void {
    const { id, operands, pops, pushes } = operation;
    const holder = this.byId.get(id);
    if (holder) {
      const first = holder.opcode.name;
      throw sxError("extension/duplicate", { what: `the id ${id}`, first, second: fullName });
    }
    for (const { opcode } of this.byId.values()) {
      if (opcode.name === fullName)
        throw sxError("extension/duplicate", {
          what: `the name ${fullName}`,
          first: String(opcode.id),
          second: String(id),
        });
    }
    const opcode = { id, name: fullName, operands, pops, popsPerCount: 0, pushes, ends: false };
    const problem = problemOf(opcode);
    if (problem !== null) throw sxError("extension/bad-operation", { operation: fullName, problem });
    this.byId.set(id, { extension, operation, opcode });
  }
}

/** A registry with nothing in it. */
export const noExtensions: ExtensionRegistry = new ExtensionRegistry();

/** How many bytes an opcode's operands take. */
export function bytesOf({ operands }: Opcode): number {
  return operands.reduce((sum, operand) => sum + operandBytes[operand], 0);
}

/** The ids an extension may use. */
function rangeOf({ name, base }: Extension<unknown>): { first: number; last: number } {
  checkRange(`the base of ${name}`, base, extensionIds.first, extensionIds.last);
  const row = extensionRanges.find(({ first, last }) => base >= first && base <= last);
  return { first: base, last: row?.last ?? extensionIds.last };
}

function checkRange(what: string, id: number, first: number, last: number): void {
  if (!Number.isInteger(id) || id < first || id > last)
    throw sxError("extension/outside-range", { what, id, first, last });
}

function checkName(name: string, owner: string): void {
  if (!/^[A-Za-z][\w-]{0,63}$/.test(name)) throw sxError("extension/bad-name", { name, owner });
}

function problemOf(opcode: Opcode): string | null {
  const { operands, pops, pushes } = opcode;
  const strange = operands.find((operand) => operand !== "constant" && operand !== "count");
  if (strange !== undefined) return `has the operand ${strange}, and extensions have constants and counts`;
  if (bytesOf(opcode) > mostOperandBytes) return `has ${bytesOf(opcode)} bytes of operands`;
  for (const [word, count] of Object.entries({ pops, pushes }))
    if (!Number.isInteger(count) || count < 0 || count > 255) return `${word} ${count} values`;
  return null;
}
