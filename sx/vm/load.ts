// Loading: a module's protos become code that the machine runs. Each proto is loaded once, from whoever makes a closure
// of it, since only that one knows which of its captured variables are cells; lowering.ts has the rest. The module must
// have been verified, or have been compiled here.

import { sxError } from "../core/errors.ts";
import type { SxSymbol } from "../core/values.ts";
import { Code, type ComponentShape, GlobalCell } from "./code.ts";
import { instructionsOf } from "./instructions.ts";
import { type Linker, type Loading, Lowering } from "./lowering.ts";
import type { Entry, Module, Place, Proto } from "./module.ts";
import { assemble } from "./steps.ts";

/** A definition of a loaded module. */
export interface LoadedEntry {
  readonly name: SxSymbol;
  readonly kind: Entry["kind"];
  readonly code: Code;
}

/** Loads what a module defines. `define` is told of every entry before any code is looked into. */
export function loadModule(
  module: Module,
  places: readonly (readonly Place[])[],
  linker: Linker,
  define: (entry: LoadedEntry) => void,
): LoadedEntry[] {
  const loader = new Loader(module, places, linker);
  const entries = module.entries.map(({ name, proto, kind }) => ({
    name: module.constants[name] as SxSymbol, // the verifier looked
    kind,
    code: loader.codeOf(proto),
  }));
  for (const entry of entries) define(entry);
  loader.noteAssigned();
  for (const { proto } of module.entries) loader.load(proto, []);
  return entries;
}

class Loader implements Loading {
  readonly module: Module;
  readonly linker: Linker;
  private readonly places: readonly (readonly Place[])[];
  private readonly codes: (Code | undefined)[] = [];
  /** Protos whose code is there, with which of their captured variables are cells. */
  private readonly loaded = new Map<number, readonly boolean[]>();

  constructor(module: Module, places: readonly (readonly Place[])[], linker: Linker) {
    this.module = module;
    this.places = places;
    this.linker = linker;
  }

  proto(index: number): Proto {
    return this.module.protos[index] as Proto; // the verifier looked
  }

  text(index: number): string {
    return this.module.constants[index] as string; // the verifier looked
  }

  codeOf(index: number): Code {
    let code = this.codes[index];
    if (!code) {
      code = this.makeCode(this.proto(index));
      this.codes[index] = code;
    }
    return code;
  }

  private makeCode(proto: Proto): Code {
    const isComponent = proto.kind === "component";
    const parameters = isComponent
      ? proto.props.length + proto.env.length + Number(proto.attrs) + Number(proto.rest)
      : proto.required + Number(proto.rest);
    return new Code(this.text(proto.name), proto.kind, {
      required: proto.required,
      rest: proto.rest,
      slots: proto.slots,
      cellParameters: proto.cells.filter((slot) => slot < parameters),
      ...(isComponent ? { shape: this.shapeOf(proto) } : {}),
    });
  }

  private shapeOf(proto: Proto): ComponentShape {
    const props = proto.props.map(({ name, required, fallback }) => ({
      name: this.text(name),
      required,
      fallback,
    }));
    const env = proto.env.map((name) => this.text(name));
    const slotOf = new Map([...props.map(({ name }) => name), ...env].map((name, slot) => [name, slot]));
    return { props, env, attrs: proto.attrs, children: proto.rest, slotOf };
  }

  /** Definitions that this module assigns are called by what they hold when the call is begun. */
  noteAssigned(): void {
    for (const proto of this.module.protos)
      for (const { opcode, values } of instructionsOf(proto, this.linker.extensions)) {
        if (opcode.name !== "GLOBAL_SET") continue;
        const cell = this.linker.global(this.module.constants[values[0] as number] as SxSymbol); // the verifier looked
        if (cell instanceof GlobalCell) cell.assigned = true;
      }
  }

  /** Fills in the code of a proto; `cells` says which of its captured variables are cells. */
  load(index: number, cells: readonly boolean[]): Code {
    const code = this.codeOf(index);
    const known = this.loaded.get(index);
    if (known) {
      if (known.some((cell, i) => cell !== cells[i]))
        throw sxError("module/bad-proto", {
          proto: `${index} "${code.name}"`,
          problem: "is made in two places that capture differently",
        });
      return code;
    }
    this.loaded.set(index, cells);
    const lowering = new Lowering(this, this.proto(index), code, cells, this.places[index] ?? []);
    const { steps, room } = lowering.run();
    Object.assign(code, assemble(steps), { space: this.proto(index).slots + room + 4 });
    return code;
  }
}
