// Descriptions: what the editor says of a name, as a line of code and some Markdown below it.

import { basename } from "node:path";
import { voidTags } from "../render/tags.ts";
import type { Header, Prop, Site } from "./definitions.ts";
import type { Found, Meaning } from "./names.ts";
import type { Code } from "./nodes.ts";
import type { Local, LocalRole } from "./scope.ts";
import { formDocs } from "./special-forms.ts";
import { languageRows } from "./vocabulary.ts";

export interface Description {
  /** How it is called or written. */
  readonly code: string;
  /** Markdown, "" where there is nothing to add. */
  readonly text: string;
}

/** What is known of a name; `code` is the file it stands in. Null where nothing is. */
export function describe(code: Code, name: string, meaning: Meaning): Description | null {
  switch (meaning.kind) {
    case "local":
      return describeLocal(code, meaning.local);
    case "definition":
      return describeDefinition(meaning.found);
    case "prop":
      return describeProp(meaning.found, name);
    case "primitive":
      return describePrimitive(name);
    case "special":
      return describeSpecialForm(name);
    case "tag":
      return describeTag(meaning.tag);
    default:
      return null;
  }
}

export function describeSpecialForm(name: string): Description | null {
  const form = formDocs.get(name);
  return form ? { code: form.shape, text: form.doc } : null;
}

export function describePrimitive(name: string): Description | null {
  const row = languageRows.get(name);
  if (!row) return null;
  const errors = row.errors.length > 0 ? [`Raises ${row.errors.map(asCode).join(", ")}.`] : [];
  return { code: row.signature, text: [row.doc, ...errors].join("\n\n") };
}

export function describeTag(tag: string): Description {
  const text = voidTags.has(tag) ? "An element without children." : "An element.";
  return { code: `<${tag}>`, text };
}

export function describeDefinition({ site, file }: Found): Description {
  const place = `In \`${basename(file)}\`.`;
  const lines = [site.doc, describeHeader(site), place].filter((part) => part !== null && part !== "");
  return { code: callOf(site), text: lines.join("\n\n") };
}

/** How a definition is called; a value by its name. */
export function callOf(site: Site): string {
  const { name } = site.name;
  if (site.kind === "value") return name;
  return `(${[name, ...partsOfCall(site.header)].join(" ")})`;
}

/** The parts of a call, in order: what the editor shows while one is typed. */
export function partsOfCall({ parameters, props, rest, attrs }: Header): string[] {
  return [
    ...parameters.map(({ name }) => name),
    ...props.map(({ name, type }) => (type ? `:${name} ${type}` : `:${name}`)),
    ...(attrs ? [`&attrs ${attrs.name}`] : []),
    ...(rest ? [`&rest ${rest.name}`] : []),
  ];
}

const kindNames = {
  component: "A component.",
  island: "An island.",
  macro: "A macro.",
  value: "A value.",
  function: "",
  test: "",
};

function describeHeader({ kind, header }: Site): string {
  const props = header.props.map((prop) => `- ${propLine(prop)}`);
  const env = header.env.map(({ name }) => asCode(name));
  const implicit = env.length > 0 ? [`Takes ${env.join(", ")} from where it is called.`] : [];
  return [kindNames[kind], props.join("\n"), ...implicit].filter((part) => part !== "").join("\n\n");
}

function propLine({ name, type, fallback, required, doc }: Prop): string {
  const facts = [
    type,
    required ? "required" : null,
    fallback === null ? null : `default ${asCode(oneLine(fallback))}`,
  ];
  const known = facts.filter((fact) => fact !== null).join(", ");
  return `\`:${name}\`${known === "" ? "" : ` ${known}`}${doc ? `: ${doc}` : ""}`;
}

/** A prop or implicit parameter of a component. */
export function describeProp({ site }: Found, name: string): Description {
  const prop = site.header.props.find((one) => one.name === name);
  const text = prop ? propLine(prop) : "An implicit parameter, given by name.";
  return { code: `(${site.name.name} :${name} …)`, text };
}

const roleNames: Readonly<Record<LocalRole, string>> = {
  variable: "A variable.",
  parameter: "A parameter.",
  function: "A function of this body.",
  loop: "The loop: calling it goes round once more.",
  prop: "A prop.",
  implicit: "An implicit parameter: each call takes it from where it stands.",
  children: "The children of the call.",
  attributes: "The props of the call that are not declared, as a dict.",
  caught: "What was raised.",
  continuation: "What was left to do up to the prompt, as a function.",
  template: "A name that each expansion makes anew.",
};

function describeLocal(code: Code, local: Local): Description {
  const isBinding = local.role === "variable" || local.role === "function";
  const written = isBinding ? oneLine(code.textOf(local.node)) : local.name;
  return { code: written, text: roleNames[local.role] };
}

const longestLine = 100;

function oneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, " ");
  return line.length > longestLine ? `${line.slice(0, longestLine).trimEnd()} …` : line;
}

function asCode(text: string): string {
  return text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``;
}
