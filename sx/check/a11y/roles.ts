// Rules for `role` and the aria attributes: that they exist, fit each other and the element, and have values they take.

import { suggest } from "../../core/errors.ts";
import { write } from "../../core/printer.ts";
import type { Value } from "../../core/values.ts";
import type { Attribute, Element } from "../element.ts";
import {
  type AriaType,
  abstractRoles,
  ariaAttributes,
  focusableRoles,
  interactiveRoles,
  knownRoles,
  roles,
} from "./aria.ts";
import { isContent, isInteractive, nativeRole, unseen } from "./native.ts";
import type { Rule, Tell } from "./rule.ts";

/** The roles that a value names. */
function rolesIn(value: Value): string[] {
  return typeof value === "string" ? value.split(/\s+/).filter((role) => role !== "") : [];
}

export const checkRoleNames: Rule = (element, tell) => {
  const span = element.spanOf("role");
  if (unseen.has(element.tag) && element.has("role") === "yes")
    tell("a11y/misplaced-role", { tag: element.tag }, span);
  for (const role of (element.attribute("role")?.values ?? []).flatMap(rolesIn)) {
    if (abstractRoles.has(role)) tell("a11y/no-abstract-role", { role }, span);
    else if (!knownRoles.has(role))
      tell("a11y/unknown-role", { role, suggestion: suggest(role, knownRoles) }, span);
  }
};

/** Content that may well be given these roles, being made to be a composite. */
const composites: Readonly<Record<string, string>> = {
  ul: "listbox menu menubar radiogroup tablist tree treegrid",
  ol: "listbox menu menubar radiogroup tablist tree treegrid",
  menu: "listbox menu menubar radiogroup tablist tree treegrid",
  li: "menuitem menuitemcheckbox menuitemradio option row tab treeitem",
  table: "grid treegrid",
  tbody: "",
  td: "gridcell",
  th: "columnheader rowheader gridcell",
  fieldset: "radiogroup",
  nav: "menubar tablist menu",
  dialog: "",
  form: "",
  label: "",
};

/** Things to use that may be said to be content. */
const presented = new Set(["presentation", "none"]);

export const checkRoleFits: Rule = (element, tell) => {
  const { tag } = element;
  const [role, other] = (element.attribute("role")?.values ?? []).flatMap(rolesIn);
  if (role === undefined || other !== undefined || !roles.has(role)) return;
  const span = element.spanOf("role");
  const usable = isInteractive(element);
  const isUsed = interactiveRoles.has(role);
  const isBarePresentation = presented.has(role) && (tag === "iframe" || tag === "embed");
  if (usable === "yes" && !isUsed && !isBarePresentation && isNoninteractive(tag, role))
    tell("a11y/no-interactive-element-to-noninteractive-role", { tag, role }, span);
  if (usable === "no" && isUsed && isContent(element) && !composites[tag]?.split(" ").includes(role))
    tell("a11y/no-noninteractive-element-to-interactive-role", { tag, role }, span);
  if (nativeRole(element) === role && !(role === "list" && tag !== "menu"))
    tell("a11y/no-redundant-roles", { tag, role }, span);
};

/** `details` and `option` are content too, and a progress bar may be anything that moves. */
function isNoninteractive(tag: string, role: string): boolean {
  return role !== "progressbar" && tag !== "details" && !(tag === "summary" && role === "heading");
}

export const checkRoleNeeds: Rule = (element, tell) => {
  const attribute = element.attribute("role");
  if (!attribute?.complete) return;
  for (const role of attribute.values.flatMap(rolesIn)) {
    const missing = (roles.get(role)?.needed ?? []).filter(
      (needed) => element.has(needed) === "no" && !isByNature(element, needed),
    );
    if (missing.length > 0)
      tell("a11y/role-has-required-aria-props", { role, attributes: missing }, element.spanOf("role"));
  }
};

/** What the element says without the attribute. */
function isByNature(element: Element, needed: string): boolean {
  const { tag } = element;
  if (tag === "input") return needed === "aria-checked" || needed === "aria-valuenow";
  if (needed === "aria-level") return /^h[1-6]$/.test(tag);
  if (needed === "aria-expanded") return tag === "select" || tag === "details";
  return needed === "aria-valuenow" && (tag === "meter" || tag === "progress");
}

export const checkFocus: Rule = (element, tell) => {
  const isStatic = isInteractive(element) === "no" && !isContent(element);
  const canReach = element.has("tabindex") !== "no" || element.has("contenteditable") !== "no";
  const attribute = element.attribute("role");
  const isIdle = element.has("disabled") !== "no" || element.has("aria-disabled") !== "no";
  if (isStatic && !canReach && !isIdle && attribute?.complete && element.has("aria-hidden") === "no")
    for (const role of attribute.values.flatMap(rolesIn).slice(0, 1))
      if (focusableRoles.has(role)) tell("a11y/interactive-supports-focus", { role }, element.spanOf("role"));
  const points = element.has("aria-activedescendant") === "yes" && isInteractive(element) === "no";
  if (points && element.has("tabindex") === "no")
    tell(
      "a11y/aria-activedescendant-has-tabindex",
      { tag: element.tag },
      element.spanOf("aria-activedescendant"),
    );
};

export const checkAriaAttributes: Rule = (element, tell) => {
  for (const attribute of element.all()) {
    const name = attribute.name.toLowerCase();
    if (!name.startsWith("aria-")) continue;
    const span = element.spanOf(name);
    const type = ariaAttributes.get(name);
    if (!type) {
      const suggestion = nearAttribute(name);
      tell("a11y/unknown-aria-attribute", { attribute: name, suggestion }, span);
    } else if (unseen.has(element.tag) && attribute.given === "yes")
      tell("a11y/aria-attributes", { tag: element.tag, attribute: name }, span);
    else {
      checkValues(element, attribute, type, tell);
      checkSupport(element, name, tell);
    }
  }
};

/** Headings and other things that nobody can find when they are hidden. */
export const checkHidden: Rule = (element, tell) => {
  const isHidden = element.attribute("aria-hidden")?.values.some((value) => String(value) === "true");
  if (isHidden && /^h[1-6]$/.test(element.tag))
    tell("a11y/hidden", { tag: element.tag }, element.spanOf("aria-hidden"));
};

/** The attribute that was meant, by what stands behind `aria-`. */
function nearAttribute(name: string): string | null {
  const near = suggest(
    name.slice(5),
    [...ariaAttributes.keys()].map((known) => known.slice(5)),
  );
  return near === null ? null : `aria-${near}`;
}

function checkSupport(element: Element, name: string, tell: Tell): void {
  if (element.has(name) === "no") return;
  const given = element.has("role");
  const attribute = element.attribute("role");
  if (given === "yes" && attribute?.complete) {
    const role = attribute.values.flatMap(rolesIn)[0];
    const known = role === undefined ? undefined : roles.get(role);
    if (role !== undefined && known && !known.attributes.has(name))
      tell("a11y/role-supports-aria-props", { role, attribute: name, tag: null }, element.spanOf(name));
  }
  const own = given === "no" ? nativeRole(element) : null;
  const known = own === null ? undefined : roles.get(own);
  if (own !== null && known && !known.attributes.has(name))
    tell(
      "a11y/role-supports-aria-props",
      { role: own, attribute: name, tag: element.tag },
      element.spanOf(name),
    );
}

function checkValues(element: Element, attribute: Attribute, type: AriaType, tell: Tell): void {
  for (const value of attribute.values) {
    const expected = expectation(type, value);
    if (expected !== null)
      tell(
        "a11y/incorrect-aria-attribute-type",
        { attribute: attribute.name, expected, found: write(value) },
        element.spanOf(attribute.name.toLowerCase()),
      );
  }
}

const tests: Readonly<Record<AriaType["kind"], (text: string, words: readonly string[]) => boolean>> = {
  boolean: (text) => text === "true" || text === "false",
  tristate: (text) => text === "true" || text === "false" || text === "mixed",
  integer: (text) => /^-?\d+$/.test(text),
  number: (text) => text.trim() !== "" && Number.isFinite(Number(text)),
  id: (text) => /^\S+$/.test(text),
  ids: (text) => text.trim() !== "",
  text: () => true,
  words: (text, words) => words.includes(text.toLowerCase()),
  several: (text, words) =>
    text.trim() !== "" &&
    text
      .trim()
      .split(/\s+/)
      .every((word) => words.includes(word)),
};

const wanted: Readonly<Record<AriaType["kind"], string>> = {
  boolean: "true or false",
  tristate: "true, false or mixed",
  integer: "a whole number",
  number: "a number",
  id: "the id of an element",
  ids: "ids with spaces between",
  text: "a text",
  words: "one of",
  several: "some of",
};

/** What a value should have been, or null when it is right. */
function expectation({ kind, words }: AriaType, value: Value): string | null {
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") return null;
  if (tests[kind](String(value), words)) return null;
  return words.length > 0 ? `${wanted[kind]} ${words.join(", ")}` : wanted[kind];
}
