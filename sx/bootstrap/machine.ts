// What eval.sx asks of its host: frames, bindings and functions as records, calls of host functions whose
// errors come back as records, and the sink that markup goes into. The records are classes so that the host's
// compiler sees one shape for each; their fields are the chapter's to read and write.

import { deepestActivation } from "../core/depth.ts";
import type { ErrorDetails, ErrorKind } from "../core/error-kinds.ts";
import { fromCondition, SxError, sxError, toCondition } from "../core/errors.ts";
import { type Primitive, primitive } from "../core/primitives/primitive.ts";
import type { Span } from "../core/source.ts";
import {
  Closure,
  Component,
  Condition,
  Continuation,
  type Dict,
  isDict,
  Pending,
  type Value,
} from "../core/values.ts";
import type { Core, Fn, Local } from "../front/core.ts";
import type { Definition } from "../front/definition.ts";
import { hasType } from "../front/prop-type.ts";
import { pendingFailure } from "../render/suspense.ts";
import { sinkPrimitives } from "./sink.ts";

/** One thing left to do. What `values` holds is the frame kind's own business. */
class Frame {
  kind: string;
  core: Core | null;
  env: Value;
  values: Value;
  index: number;
  next: Frame | null;
  depth: number;
  /** Of a frame that prints what it is given: the form that gives it, when that is not the child itself. */
  place: Core | null = null;
  constructor(
    kind: string,
    core: Core | null,
    env: Value,
    values: Value,
    index: number,
    next: Frame | null,
    depth: number,
  ) {
    this.kind = kind;
    this.core = core;
    this.env = env;
    this.values = values;
    this.index = index;
    this.next = next;
    this.depth = depth;
  }
}

/** A variable of one activation; an environment is a chain of these. */
class Binding {
  readonly local: Local;
  value: Value;
  readonly next: Binding | null;
  constructor(local: Local, value: Value, next: Binding | null) {
    this.local = local;
    this.value = value;
    this.next = next;
  }
}

class FrameClosure extends Closure {
  readonly fn: Fn;
  readonly env: Binding | null;
  constructor(fn: Fn, env: Binding | null) {
    super(fn.name);
    this.fn = fn;
    this.env = env;
  }
}

class FrameContinuation extends Continuation {
  readonly frames: Frame[];
  /** How many activations lie between its outermost frame and where it was captured. */
  readonly height: number;
  /** It abandons what is running when it is called. */
  readonly whole: boolean;
  constructor(frames: Frame[], height: number, whole: boolean) {
    super("continuation");
    this.frames = frames;
    this.height = height;
    this.whole = whole;
  }
}

/** A function of the language that the machine itself carries out. */
export class Native extends Closure {}

/** A component of this machine. */
export class FrameComponent extends Component {
  readonly definition: Definition;
  constructor(definition: Definition, render: (props: Dict, children: Value[]) => string) {
    super(definition.name, render);
    this.definition = definition;
  }
}

/** The record of an error on its way to a handler. */
export class Raised {
  readonly error: SxError;
  constructor(error: SxError) {
    this.error = error;
  }
}

/** The record of something the host will answer later. */
export class Waiting {
  readonly answer: Promise<Value>;
  readonly operation: Value;
  readonly span: Span | null;
  constructor(answer: Promise<Value>, operation: Value, span: Span | null) {
    this.answer = answer;
    this.operation = operation;
    this.span = span;
  }
}

/** What a variable holds before its value is there. */
const unset = Symbol("unset");

/** What the machine gets from the engine that runs it. */
export interface MachineHost {
  readonly primitives: ReadonlyMap<string, Primitive>;
  /** A primitive or native as a value, the same one each time. */
  value(name: string): Value;
  print(values: readonly Value[]): void;
  perform(operation: Value, args: readonly Value[]): Value;
  render(definition: Definition, props: Dict, children: Value[]): string;
  /** Whether a component's calls are left to the receiver of the tree. */
  leaves(definition: Definition): boolean;
  /** Takes note of a hole, a record of the chapter's own, and gives its id. */
  noteHole(pending: Pending, hole: Value): string;
}

/** The rows of the machine's interface. `host` answers what belongs to one engine. */
export function machinePrimitives(host: MachineHost): Primitive[] {
  return [...recordPrimitives(host), ...callPrimitives(host), ...sinkPrimitives()];
}

type Row = [signature: string, doc: string, raw: (...args: never[]) => Value];

const rows = (table: Row[]): Primitive[] =>
  table.map(([signature, doc, raw]) =>
    primitive(signature, doc, raw as (...args: Value[]) => Value, { pure: false }),
  ); // the row is what guarantees the types

function recordPrimitives(host: MachineHost): Primitive[] {
  return rows([
    [
      "(make-frame kind:string core:any env:any values:any index:integer next:any depth:integer) -> any",
      "A frame.",
      (kind: string, core: Core, env: Value, values: Value, index: number, next: Frame, depth: number) =>
        new Frame(kind, core, env, values, index, next, depth),
    ],
    ["(copy-frame frame:any) -> any", "A frame of its own with the same contents.", copyFrame],
    [
      "(make-binding local:any value:any next:any) -> any",
      "A variable in front of others.",
      (local: Local, value: Value, next: Binding) => new Binding(local, value, next),
    ],
    ["(unset) -> any", "What a variable holds before its value is there.", () => unset],
    [
      "(make-closure fn:any env:any) -> function",
      "A function.",
      (fn: Fn, env: Binding) => new FrameClosure(fn, env),
    ],
    [
      "(closure? value:any) -> boolean",
      "Whether a value is such a function.",
      (value: Value) => value instanceof FrameClosure,
    ],
    [
      "(make-component definition:any) -> component",
      "A component as a value.",
      (definition: Definition) =>
        new FrameComponent(definition, (props, children) => host.render(definition, props, children)),
    ],
    [
      "(component-value? value:any) -> boolean",
      "Whether a value is a component of this machine.",
      (value: Value) => value instanceof FrameComponent,
    ],
    [
      "(make-continuation frames:list height:number whole:boolean) -> any",
      "A continuation of copied frames, innermost first; `height` is how far from the outermost it was captured.",
      (frames: Frame[], height: number, whole: boolean) => new FrameContinuation(frames, height, whole),
    ],
    [
      "(continuation? value:any) -> boolean",
      "Whether a value is a continuation.",
      (value: Value) => value instanceof FrameContinuation,
    ],
    [
      "(native? value:any) -> boolean",
      "Whether the machine itself carries a function out.",
      (value: Value) => value instanceof Native,
    ],
    [
      "(host-function? value:any) -> boolean",
      "Whether a value is a function of the host.",
      (value: Value) => typeof value === "function",
    ],
    ["(make-dict keys:list values:list) -> dict", "A dict of these keys and values.", makeDict],
    [
      "(list-from items:list start:integer) -> list",
      "The items from a place on.",
      (items: Value[], start: number) => items.slice(start),
    ],
    [
      "(copy-literal value:any) -> any",
      "A literal's value; lists and dicts are new ones each time.",
      copyLiteral,
    ],
    [
      "(has-type? value:any type:string) -> boolean",
      "Whether a value is of the type a prop declares.",
      (value: Value, type: string) => hasType(value, type),
    ],
  ]);
}

/** What a walk has gathered belongs to its frame; everything else that frames hold is shared or not changed. */
function copyFrame(frame: Frame): Frame {
  let { values } = frame;
  if (frame.kind === "map") {
    const [fn, items, soFar, current] = values as Value[]; // so eval.sx makes them
    const gathers = frame.env === "map" || frame.env === "map-indexed" || frame.env === "filter";
    values = [fn, items, gathers ? [...(soFar as Value[])] : soFar, current]; // gathered in a list
  } else if (Array.isArray(values)) values = [...values];
  const { kind, core, env, index, next, depth } = frame;
  const copy = new Frame(kind, core, env, values, index, next, depth);
  copy.place = frame.place;
  return copy;
}

function makeDict(keys: string[], values: Value[]): Dict {
  const dict: Dict = {};
  for (let i = 0; i < keys.length; i++) dict[keys[i] as string] = values[i]; // inside the bounds
  return dict;
}

function copyLiteral(value: Value): Value {
  if (typeof value !== "object" || value === null) return value ?? null;
  if (Array.isArray(value)) return value.map(copyLiteral);
  if (!isDict(value)) return value;
  const dict: Dict = {};
  for (const key of Object.keys(value)) dict[key] = copyLiteral(value[key]);
  return dict;
}

function callPrimitives(host: MachineHost): Primitive[] {
  return rows([
    [
      "(primitive-function m:any name:string) -> any",
      "A primitive's checked function.",
      (_m: Value, name: string) => (host.primitives.get(name) as Primitive).call, // the resolver let no other name through
    ],
    [
      "(primitive-value m:any name:string) -> any",
      "A primitive or native as a value.",
      (_m: Value, name: string) => host.value(name),
    ],
    [
      "(call-host f:any args:list span:any) -> any",
      "Calls a host function; an error comes back as a record.",
      callHost,
    ],
    [
      "(call-primitive f:any args:list span:any) -> any",
      "Calls a primitive; it raises its error at the call.",
      callPrimitive,
    ],
    [
      "(call-with-two f:any a:any b:any span:any) -> any",
      "As call-primitive, without a list of the two arguments.",
      callWithTwo,
    ],
    [
      "(print-values m:any values:list) -> any",
      "Hands the values of a print call to the host.",
      (_m: Value, values: Value[]) => {
        host.print(values);
        return null;
      },
    ],
    [
      "(ask-host m:any operation:any args:list span:any) -> any",
      "Asks the host for an effect.",
      (_m: Value, operation: Value, args: Value[], span: Span) => askHost(host, operation, args, span),
    ],
    [
      "(waiting? value:any) -> boolean",
      "Whether the host will answer later.",
      (value: Value) => value instanceof Waiting,
    ],
    ...errorPrimitives(),
    ...suspensePrimitives(host),
  ]);
}

function errorPrimitives(): Row[] {
  return [
    [
      "(raise-error error:any) -> any",
      "Raises an error of the language.",
      (error: SxError) => {
        throw error;
      },
    ],
    [
      "(catching run:function) -> any",
      "What a function of the chapter gives, or the record of the error of the language that it raised.",
      catching,
    ],
    [
      "(attempt run:function span:any) -> any",
      "What a function of the chapter gives, or the record of the error it raised.",
      (run: () => Value, span: Span | null) => attempt(run, span),
    ],
    ["(raised error:any) -> any", "The record of an error.", (error: SxError) => new Raised(error)],
    [
      "(raised? value:any) -> boolean",
      "Whether a value is the record of an error.",
      (value: Value) => value instanceof Raised,
    ],
    [
      "(fault kind:string details:dict span:any) -> any",
      "An error of the language.",
      (kind: ErrorKind, details: ErrorDetails<ErrorKind>, span: Span | null) =>
        sxError(kind, details, span ?? null),
    ],
    ["(raise-value value:any span:any) -> any", "The error that raising a value makes.", raiseValue],
    [
      "(caught error:any) -> any",
      "What catch binds for an error.",
      (error: SxError) => (error.kind === "raised" ? error.payload : toCondition(error)),
    ],
    [
      "(note-component error:any name:string) -> any",
      "Adds a component to those an error happened in.",
      (error: SxError, name: string) => {
        error.components = [...error.components, name];
        return null;
      },
    ],
  ];
}

function suspensePrimitives(host: MachineHost): Row[] {
  return [
    [
      "(pending-state value:any) -> any",
      "How far a pending value is, or nil for any other.",
      (value: Value) => (value instanceof Pending ? value.state : null),
    ],
    [
      "(pending-value value:any) -> any",
      "The value a ready pending value holds.",
      (pending: Pending) => pending.value,
    ],
    [
      "(pending-failure value:any span:any) -> any",
      "The error of a failed pending value.",
      (pending: Pending, span: Span | null) => placed(pendingFailure(pending), span),
    ],
    [
      "(note-hole m:any pending:any hole:any span:any) -> any",
      "Takes note of a hole and gives its id, or the record of an error.",
      (_m: Value, pending: Pending, hole: Value, span: Span | null) =>
        attempt(() => host.noteHole(pending, hole), span),
    ],
    [
      "(leaves? m:any definition:any) -> boolean",
      "Whether a component's calls are left to the receiver.",
      (_m: Value, definition: Definition) => host.leaves(definition),
    ],
  ];
}

/** A host function's answer, or the record of its error placed at the call. */
function callHost(fn: (...args: Value[]) => Value, args: Value[], span: Span | null): Value {
  try {
    return args.length === 2 ? (fn(args[0], args[1]) ?? null) : (fn(...args) ?? null);
  } catch (error) {
    return new Raised(placed(error, span));
  }
}

type HostFunction = (...args: Value[]) => Value;

/** A primitive's answer; what it throws is an error of the language placed at the call. */
function callPrimitive(fn: HostFunction, args: Value[], span: Span | null): Value {
  if (args.length === 2) return callWithTwo(fn, args[0], args[1], span);
  try {
    return (args.length === 1 ? fn(args[0]) : fn(...args)) ?? null;
  } catch (error) {
    throw placed(error, span);
  }
}

function callWithTwo(fn: HostFunction, a: Value, b: Value, span: Span | null): Value {
  try {
    return fn(a, b) ?? null;
  } catch (error) {
    throw placed(error, span);
  }
}

/** A mistake of the chapter's own is no error of the language, and goes on. */
function catching(run: () => Value): Value {
  try {
    return run();
  } catch (error) {
    if (error instanceof SxError) return new Raised(error);
    throw error;
  }
}

/** Any error as one of the language, at a place if it has none. */
export function placed(error: unknown, span: Span | null): SxError {
  if (!(error instanceof SxError)) {
    if (error instanceof RangeError && /call stack/i.test(error.message))
      return sxError("stack/too-deep", { limit: deepestActivation }, span);
    return sxError("host/failed", { error }, span);
  }
  return error.span ? error : error.at(span ?? null, []);
}

function raiseValue(value: Value, span: Span | null): SxError {
  const error = value instanceof Condition ? fromCondition(value) : sxError("raised", { value });
  return error.span ? error : error.at(span ?? null, []);
}

function askHost(host: MachineHost, operation: Value, args: Value[], span: Span): Value {
  try {
    const answer = host.perform(operation, args);
    return answer instanceof Promise ? new Waiting(answer, operation, span) : (answer ?? null);
  } catch (error) {
    return new Raised(placed(error, span));
  }
}

function attempt<T>(run: () => T, span: Span | null): T | Raised {
  try {
    return run();
  } catch (error) {
    return new Raised(placed(error, span));
  }
}
