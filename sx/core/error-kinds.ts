// Every kind of error with its message and its help: the one place where such text lives. A message says
// what was expected and what was found; the help says what to do now. `sxError` in errors.ts makes the
// errors, and the table's types see to it that no call site forgets a detail.

import { glimpse, shorten } from "./glimpse.ts";
import { Component, isDict, Markup, typeName, type Value } from "./values.ts";

interface Kind<Details> {
  readonly message: (details: Details) => string;
  readonly help?: (details: Details) => string | null;
}

function kind<Details>(
  message: (details: Details) => string,
  help?: (details: Details) => string | null,
): Kind<Details> {
  return help ? { message, help } : { message };
}

type Suggested = { suggestion: string | null };
const meant = ({ suggestion }: Suggested): string | null =>
  suggestion === null ? null : `did you mean ${suggestion}?`;
type Nothing = Record<string, never>;

/** A value in a few words, such as `the number 5`, `a list of 2, (1 "a")` or `the component ~card`. */
export function describe(value: Value): string {
  try {
    return describeWhole(value);
  } catch {
    return "a value that cannot be looked at"; // an object of the host may do anything when it is read
  }
}

function describeWhole(value: Value): string {
  if (value === null || value === undefined) return "nil";
  if (typeof value === "boolean") return String(value);
  if (value instanceof Error) return shorten(`${value.name}: ${value.message}`);
  if (value instanceof Markup) return "markup";
  if (Array.isArray(value))
    return value.length === 0 ? "an empty list" : `a list of ${value.length}, ${glimpse(value)}`;
  if (isDict(value)) return Object.keys(value).length === 0 ? "an empty dict" : `the dict ${glimpse(value)}`;
  const kind = typeName(value);
  if (/^(?:number|string|symbol|keyword)$/.test(kind)) return `the ${kind} ${glimpse(value)}`;
  if (value instanceof Component) return `the component ${shorten(value.name)}`;
  return withArticle(kind.replace(/^host /, ""));
}

function withArticle(noun: string): string {
  return `${/^[aeiou]/i.test(noun) ? "an" : "a"} ${noun}`;
}

/** A text of any content as a quoted string, shortened. */
function quoted(text: string): string {
  return glimpse(text);
}

/** A place in a module's code. */
type InCode = { proto: string; offset: number };
const inCode = ({ proto, offset }: InCode): string => `proto ${proto} at ${offset}`;
const recompile = (): string => "its bytes were changed or cut short: fetch it again, or compile its source";

const badNumbers = {
  malformed: {
    says: "starts like a number but is not one",
    help: "a number is written 12, -1.5 or 2e9; a name cannot begin with a digit",
  },
  inexact: {
    says: "is a whole number that cannot be held exactly",
    help: "whole numbers end at 9007199254740991; write it as a string, or with an exponent",
  },
  infinite: { says: "is larger than any number", help: "numbers end near 1.8e308" },
} as const;

export const kinds = {
  "read/unexpected-close": kind<{ closer: string; after: string | null }>(
    (d) =>
      d.after === null
        ? `"${d.closer}" closes nothing`
        : `"${d.closer}" stands where ${d.after} needs a form`,
    (d) =>
      d.after === null
        ? `remove this "${d.closer}", or open the form it belongs to`
        : `write a form between ${d.after} and "${d.closer}", or remove the ${d.after}`,
  ),
  "read/unclosed": kind<{ opener: string; closer: string | null }>(
    (d) => (d.closer === null ? `nothing follows this ${d.opener}` : `this "${d.opener}" is never closed`),
    (d) =>
      d.closer === null ? "write the form it belongs to after it" : `add "${d.closer}" where the form ends`,
  ),
  "read/mismatched-close": kind<{
    opener: string;
    closer: string;
    expected: string;
    line: number;
    column: number;
  }>(
    (d) => `"${d.closer}" cannot close the "${d.opener}" of line ${d.line}, column ${d.column}`,
    (d) => `write "${d.expected}" here, or close the "${d.opener}" before`,
  ),
  "read/unclosed-string": kind<Nothing>(
    () => "this string is never closed",
    () => 'add " where the string ends; a " inside a string is written \\"',
  ),
  "read/unclosed-comment": kind<Nothing>(
    () => "this comment is never closed",
    () => "add |# where it ends; such comments nest",
  ),
  "read/bad-escape": kind<{ escape: string }>(
    (d) =>
      /\s/.test(d.escape) ? "a \\ before white space is not an escape" : `${d.escape} is not an escape`,
    () => 'use \\n \\r \\t \\\\ \\" or \\u{hex}, up to \\u{10ffff}',
  ),
  "read/bad-number": kind<{ token: string; reason: keyof typeof badNumbers }>(
    (d) => `${shorten(d.token)} ${badNumbers[d.reason].says}`,
    (d) => badNumbers[d.reason].help,
  ),
  "read/bad-keyword": kind<{ token: string }>(
    (d) => `${shorten(d.token)} is not a keyword`,
    () => "a keyword is one colon and a name, such as :title",
  ),
  "read/bad-token": kind<{ token: string; invisible: string | null }>(
    (d) =>
      d.invisible !== null
        ? `this name holds the invisible character ${d.invisible}`
        : d.token.startsWith("#<")
          ? `${shorten(d.token)} stands for a value that has no text`
          : `${shorten(d.token)} is not a name`,
    (d) =>
      d.invisible !== null
        ? "remove it, or write a plain space"
        : d.token.startsWith("#<")
          ? "functions, components and markup can be printed but not read back"
          : "# begins the comments #| … |# and #;form; a name may hold it later on",
  ),
  "read/bad-dict-key": kind<{ found: string }>(
    (d) => `${shorten(d.found)} cannot be a dict key`,
    (d) =>
      d.found.includes("__proto__") ? "choose another name" : "keys are keywords, strings, numbers or names",
  ),
  "read/duplicate-key": kind<{ key: string }>(
    (d) => `the key ${quoted(d.key)} stands twice in this dict`,
    () => "keep one of them",
  ),
  "read/odd-dict": kind<{ count: number }>(
    (d) =>
      d.count === 1
        ? "this dict has a key without a value"
        : `this dict has ${d.count} forms, so the last key has no value`,
    () => "write keys and values in pairs: {:key value}",
  ),
  "read/lone-surrogate": kind<Nothing>(
    () => "half of a surrogate pair is not a character",
    () => "write the character itself, or \\u{hex} with its whole code point",
  ),
  "read/too-deep": kind<{ limit: number }>(
    (d) => `forms are nested more than ${d.limit} deep`,
    () => "split the form into definitions",
  ),
  "write/too-deep": kind<{ limit: number }>(
    (d) => `this data is nested more than ${d.limit} deep, too deep to be written`,
    () => "write its parts one by one",
  ),
  "write/cyclic": kind<Nothing>(
    () => "this data holds itself, so its text would have no end",
    () => "look for set-nth! or dict-set! that puts a value into itself",
  ),
  "read/empty": kind<Nothing>(
    () => "there is no form to read",
    () => "give one form",
  ),
  "read/extra": kind<Nothing>(
    () => "there is more than one form",
    () => "give one form, or wrap them in (do …)",
  ),
  "syntax/bad-form": kind<{ form: string; shape: string; found: string }>(
    (d) => `${d.form} does not have its shape: found ${d.found}`,
    (d) => `write ${d.shape}`,
  ),
  "syntax/bad-parameter": kind<{ owner: string; expected: string; found: string }>(
    (d) => `a parameter of ${d.owner} should be ${d.expected}, found ${d.found}`,
    (d) => `write ${d.expected}`,
  ),
  "syntax/unquote-outside": kind<{ form: string }>(
    (d) => `${d.form} stands outside a quasiquote`,
    () => "put a ` before the template it belongs to",
  ),
  "syntax/else-not-last": kind<{ form: string }>(
    (d) => `:else is not the last clause of this ${d.form}, so what follows can never run`,
    () => "move :else and its result to the end",
  ),
  "syntax/definition-inside": kind<{ form: string }>(
    (d) => `${d.form} stands where a value is needed`,
    (d) => (d.form === "define" ? "put it at the top level or in a body" : "put it at the top level"),
  ),
  "name/unbound": kind<{ name: string } & Suggested>((d) => `nothing here is called ${d.name}`, meant),
  "name/duplicate": kind<{ name: string; where: string }>(
    (d) => `${d.name} is already defined in ${d.where}`,
    () => "give one of them another name",
  ),
  "name/reserved": kind<{ name: string }>(
    (d) => `${d.name} belongs to the language and cannot be defined`,
    () => "choose another name",
  ),
  "name/tag": kind<{ name: string }>(
    (d) => `${d.name} is an HTML element, so a call of it would always be read as the element`,
    (d) => `choose another name, or define a component ~${d.name}`,
  ),
  "name/uninitialised": kind<{ name: string }>(
    (d) => `${d.name} is used before it has its value`,
    () => "move its definition before this use",
  ),
  "name/not-assignable": kind<{ name: string; what: string }>(
    (d) => `${d.name} is a ${d.what} and cannot be set`,
    () => "use a variable or a definition of your own",
  ),
  "macro/unhygienic": kind<{ name: string }>(
    (d) => `this template binds the plain name ${d.name}, which could catch a name of the caller's`,
    (d) => `write ${d.name}# for a name of the template's own`,
  ),
  "macro/failed": kind<{ macro: string; reason: string }>(
    (d) => `the macro ${d.macro} failed: ${d.reason}`,
    () => "a macro is given forms, not their values, and gives a form",
  ),
  "macro/too-deep": kind<{ macro: string; limit: number }>(
    (d) => `macros expanded ${d.limit} deep without an end, the last of them ${d.macro}`,
    () => "look for a macro that expands to a call of itself",
  ),
  "call/arity": kind<{ name: string; expected: string; found: number }>(
    (d) => `${d.name} takes ${d.expected} argument${d.expected === "1" ? "" : "s"}, found ${d.found}`,
  ),
  "call/not-callable": kind<{ found: Value }>(
    (d) => `only functions can be called, found ${describe(d.found)}`,
    (d) => (Array.isArray(d.found) ? "quote the list, or write (list …)" : null),
  ),
  "call/type": kind<{ primitive: string; argument: string; expected: string; found: Value }>(
    (d) => `${d.primitive} needs ${d.argument} to be ${d.expected}, found ${describe(d.found)}`,
  ),
  "arith/zero-div": kind<{ name: string }>(
    (d) => `${d.name} by zero`,
    () => "test the divisor with zero? first",
  ),
  "arith/not-finite": kind<{ name: string }>(
    (d) => `the result of ${d.name} is not a finite number`,
    () => "numbers end near 1.8e308, and roots of negative numbers do not exist",
  ),
  "index/out-of-range": kind<{ name: string; index: number; length: number }>(
    (d) =>
      d.length === 0
        ? `${d.name} at ${d.index}, but there is nothing inside`
        : `${d.name} at ${d.index}, but indices go from 0 to ${d.length - 1}`,
    () => "get with a default gives the default instead",
  ),
  "dict/bad-key": kind<{ key: string }>(
    (d) => `${d.key} cannot be a dict key`,
    () => "keys are strings, keywords, numbers or symbols",
  ),
  "stack/too-deep": kind<{ limit: number }>(
    (d) => `calls are nested more than ${d.limit} deep`,
    () => "make the recursive call the last thing the function does, or look for recursion without an end",
  ),
  "parse/json": kind<{ problem: string; text: string }>(
    (d) => `this is not JSON: ${d.problem}, in ${quoted(d.text)}`,
  ),
  "format/bad-option": kind<{ primitive: string; option: string; expected: string; found: Value }>(
    (d) => `${d.primitive} needs ${d.option} to be ${d.expected}, found ${describe(d.found)}`,
  ),
  "component/unknown-prop": kind<{ prop: string; component: string } & Suggested>(
    (d) =>
      d.prop === "children" ? `${d.component} takes no children` : `${d.component} has no prop :${d.prop}`,
    (d) =>
      d.prop === "children"
        ? "declare &rest children in its header"
        : d.suggestion === null
          ? null
          : `did you mean :${d.suggestion}?`,
  ),
  "component/missing-prop": kind<{ prop: string; component: string }>(
    (d) => `${d.component} needs the prop :${d.prop}`,
    (d) => `add :${d.prop} and a value to the call`,
  ),
  "component/duplicate-prop": kind<{ prop: string; owner: string }>(
    (d) => `:${d.prop} is given twice to ${d.owner}`,
    () => "keep one of them",
  ),
  "component/prop-type": kind<{ prop: string; component: string; expected: string; found: Value }>(
    (d) => `the prop :${d.prop} of ${d.component} is ${withArticle(d.expected)}, found ${describe(d.found)}`,
  ),
  "component/missing-env": kind<{ name: string; component: string }>(
    (d) => `${d.component} reads ${d.name} from where it is called, and nothing here has that name`,
    (d) => `bind ${d.name} around the call, or pass :${d.name}`,
  ),
  "context/missing": kind<{ key: Value }>(
    (d) => `nothing provides ${describe(d.key)} here`,
    () => "wrap the call in (provide key value …), or give context a default",
  ),
  "html/void-children": kind<{ tag: string }>(
    (d) => `the element ${d.tag} cannot have children`,
    () => "put them beside it",
  ),
  "html/unsafe-attribute": kind<{ attribute: string; tag: string }>(
    (d) => `the attribute ${d.attribute} of ${d.tag} would run text as code`,
    () => "markup never carries handlers as text",
  ),
  "html/unsafe-url": kind<{ url: string; attribute: string; tag: string }>(
    (d) => `${quoted(d.url)} is not a safe address for ${d.attribute} of ${d.tag}`,
    () => "use an ordinary address; (trusted-url …) vouches for one that the program made itself",
  ),
  "html/bad-attribute-name": kind<{ attribute: string; tag: string }>(
    (d) => `${quoted(d.attribute)} cannot be the name of an attribute of ${d.tag}`,
    () => "names are letters, digits, hyphens and colons, and begin with a letter",
  ),
  "html/bad-attribute-value": kind<{ attribute: string; tag?: string; expected: string; found: Value }>(
    (d) =>
      `the attribute ${d.attribute}${d.tag ? ` of ${d.tag}` : ""} needs ${d.expected}, found ${describe(d.found)}`,
  ),
  "html/bad-child": kind<{ found: Value }>(
    (d) => `${describe(d.found)} cannot be printed as a child`,
    () => "children are text, numbers, markup and lists of these",
  ),
  "html/raw-text": kind<{ tag: string; found: Value }>(
    (d) => `the content of ${d.tag} cannot hold ${describe(d.found)}`,
    () => 'it is printed literally: no "</script", "</style" or "<!--"',
  ),
  "html/bad-tag": kind<{ tag: string } & Suggested>((d) => `there is no element ${d.tag}`, meant),
  "host/bad-value": kind<{ path: string; found: Value }>(
    (d) => `${d.path} is ${describe(d.found)}, which SX cannot hold`,
    () => "pass strings, numbers, booleans, nil, lists and plain dicts; write dates as text",
  ),
  "host/too-deep": kind<{ path: string; limit: number }>(
    (d) => `${d.path.slice(0, 60)}… is nested more than ${d.limit} deep`,
    () => "hand over flatter data; data that holds itself has no end",
  ),
  "host/failed": kind<{ error: unknown }>(
    (d) => `the host failed: ${d.error instanceof Error ? d.error.message : String(d.error)}`,
  ),
  "control/no-prompt": kind<{ tag: Value }>(
    (d) => `nothing around this capture is a prompt of the tag ${describe(d.tag)}`,
    () => "put (prompt tag …) of the same tag around the code that captures",
  ),
  "effect/unhandled": kind<{ operation: Value }>(
    (d) => `nobody performs ${describe(d.operation)} here`,
    () => "give the realm a perform function that knows this operation",
  ),
  "effect/needs-async": kind<{ operation: Value }>(
    (d) => `the answer to ${describe(d.operation)} is not there yet, and this call cannot wait for it`,
    () => "call with callAsync or evaluateAsync, which wait",
  ),
  "engine/unsupported": kind<{ feature: string; engine: string }>(
    (d) => `${d.feature} is not available on the ${d.engine} engine`,
    (d) =>
      `choose ${d.engine === "js" ? "vm or cek" : "js"} as its engine, with --engine on the command line`,
  ),
  "module/not-sxbc": kind<Nothing>(
    () => "this is not a compiled module: one begins with the letters SXBC",
    () => "give a file that sx compile has made",
  ),
  "module/wrong-version": kind<{ expected: number; found: number }>(
    (d) => `this module is of version ${d.found} of the format, and version ${d.expected} is read here`,
    () => "compile its source again",
  ),
  "module/truncated": kind<{ what: string; needed: number; left: number; offset: number }>(
    (d) => `${d.what} at byte ${d.offset} needs ${d.needed} more bytes, and ${d.left} are there`,
    recompile,
  ),
  "module/bad-section": kind<{ section: string; problem: string; offset: number }>(
    (d) => `section ${d.section} at byte ${d.offset} ${d.problem}`,
    recompile,
  ),
  "module/bad-constant": kind<{ problem: string; offset: number }>(
    (d) => `the constant at byte ${d.offset} ${d.problem}`,
    recompile,
  ),
  "module/bad-record": kind<{ what: string; problem: string; offset: number }>(
    (d) => `${d.what} at byte ${d.offset} ${d.problem}`,
    recompile,
  ),
  "module/not-data": kind<{ found: Value }>(
    (d) => `a module's constants are data, found ${describe(d.found)}`,
    () => "make such a value where the program runs, not in a quoted form or a macro",
  ),
  "module/too-large": kind<{ what: string; limit: number; found: number }>(
    (d) => `a module has at most ${d.limit} ${d.what}, found ${d.found}`,
    () => "split the source into several modules",
  ),
  "module/unknown-opcode": kind<{ opcode: number } & InCode>(
    (d) => `${inCode(d)}: ${d.opcode} is no opcode of this machine`,
    (d) => (d.opcode < 200 ? recompile() : "register the extension it belongs to"),
  ),
  "module/cut-instruction": kind<{ opcode: string } & InCode>(
    (d) => `${inCode(d)}: the code ends before the operands of ${d.opcode}`,
    recompile,
  ),
  "module/bad-operand": kind<{ opcode: string; what: string; found: number; count: number } & InCode>(
    (d) => `${inCode(d)}: ${d.opcode} names ${d.what} ${d.found}, and there are ${d.count}`,
    recompile,
  ),
  "module/wrong-constant": kind<{ what: string; expected: string; found: Value } & InCode>(
    (d) => `${inCode(d)}: ${d.what} needs ${d.expected}, found ${describe(d.found)}`,
    recompile,
  ),
  "module/bad-jump": kind<{ opcode: string; target: number; problem: string } & InCode>(
    (d) => `${inCode(d)}: ${d.opcode} leads to ${d.target}, ${d.problem}`,
    recompile,
  ),
  "module/bad-stack": kind<{ what: string; expected: string; found: number } & InCode>(
    (d) => `${inCode(d)}: ${d.what} needs ${d.expected} on the stack, found ${d.found}`,
    recompile,
  ),
  "module/bad-use": kind<{ what: string; expected: string; found: string } & InCode>(
    (d) => `${inCode(d)}: ${d.what} needs ${d.expected}, found ${d.found}`,
    recompile,
  ),
  "module/open-end": kind<InCode>(
    (d) => `${inCode(d)}: the code ends without RETURN, TAIL_CALL or JUMP`,
    recompile,
  ),
  "module/bad-variable": kind<{ variable: string; problem: string } & InCode>(
    (d) => `${inCode(d)}: ${d.variable} ${d.problem}`,
    recompile,
  ),
  "module/dead-code": kind<InCode>((d) => `${inCode(d)}: nothing leads to this instruction`, recompile),
  "module/bad-proto": kind<{ proto: string; problem: string }>(
    (d) => `proto ${d.proto} ${d.problem}`,
    recompile,
  ),
  "module/bad-entry": kind<{ entry: string; problem: string }>(
    (d) => `entry ${d.entry} ${d.problem}`,
    recompile,
  ),
  "module/bad-extension": kind<{ extension: string; problem: string }>(
    (d) => `this module needs the extension ${quoted(d.extension)}, ${d.problem}`,
    () => "register the extension as it was when the module was compiled, or compile it again",
  ),
  "extension/bad-name": kind<{ name: string; owner: string }>(
    (d) => `${quoted(d.name)} cannot be the name of ${d.owner}`,
    () => "names are letters, digits, _ and -, and begin with a letter",
  ),
  "extension/outside-range": kind<{ what: string; id: number; first: number; last: number }>(
    (d) => `${d.what} is ${d.id}, outside of ${d.first} to ${d.last}`,
    () => "guest_vm has 200 to 209, inline tests 210 to 219, test_ext 220 to 229, ports 230 to 247",
  ),
  "extension/duplicate": kind<{ what: string; first: string; second: string }>(
    (d) => `${d.what} is taken by ${d.first} already, so ${d.second} cannot have it`,
    () => "give one of them another",
  ),
  "extension/bad-operation": kind<{ operation: string; problem: string }>(
    (d) => `the operation ${d.operation} ${d.problem}`,
    () => "an operation has up to 3 bytes of operands, and says how many values it pops and pushes",
  ),
  "extension/broken-promise": kind<{ operation: string; expected: string; found: string }>(
    (d) => `${d.operation} says that it ${d.expected}, and it ${d.found}`,
    () => "make its pops and pushes in the registration what its run does",
  ),
  "wire/unexpected": kind<{ expected: string; found: string }>(
    (d) => `the wire needs ${d.expected} here, found ${d.found}`,
    () => "the wire is a fixed grammar of elements, texts and data; a program is never sent as one",
  ),
  "wire/unclosed": kind<{ opener: string }>(
    (d) => `the wire ended inside this ${d.opener}`,
    () => "the answer was cut off; ask for it again",
  ),
  "wire/refused": kind<{ reason: string }>(
    (d) => `the wire may not carry this: ${d.reason}`,
    () => "what a browser could run travels only inside raw! and trusted-url",
  ),
  "wire/too-deep": kind<{ limit: number }>(
    (d) => `forms on the wire nest at most ${d.limit} deep`,
    () => "browsers give up on such pages sooner; look for markup or data that holds itself",
  ),
  "wire/too-large": kind<{ limit: number }>(
    (d) => `one form on the wire has at most ${d.limit} characters`,
    () => "send the parts of a large page as forms of their own",
  ),
  "wire/not-serialisable": kind<{ path: string; found: Value }>(
    (d) => `${d.path} is ${describe(d.found)}, which cannot travel`,
    () => "pass data, markup and addresses; a component that needs more is drawn before it is sent",
  ),
  "wire/unexpanded": kind<{ component: string }>(
    (d) => `the call of ${d.component} was left for its receiver and has no markup here`,
    () => "expand the calls first, or render without `loaded`",
  ),
  "suspense/needs-stream": kind<Nothing>(
    () => "the value is not there yet, and this way of rendering cannot wait",
    () => "render with renderStream or renderAsync, which fill the place when the value comes",
  ),
  raised: kind<{ value: Value }>(
    (d) => `the program raised ${describe(d.value)}`,
    () => "catch it with (try … (catch (e) …)), or raise (condition kind message), which says more",
  ),
} as const;

export type ErrorKind = keyof typeof kinds;
export type ErrorDetails<K extends ErrorKind> = Parameters<(typeof kinds)[K]["message"]>[0];
