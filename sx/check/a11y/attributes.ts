// Rules for attributes that give an element its meaning for those who do not see it, and for some that take it away.

import { suggest } from "../../core/errors.ts";
import type { Element } from "../element.ts";
import { interactiveRoles, knownRoles } from "./aria.ts";
import { autofillWords, fieldKinds } from "./autofill.ts";
import { nameSays } from "./content.ts";
import { isInteractive } from "./native.ts";
import type { Rule } from "./rule.ts";

/** Elements and the attributes of which they need one. */
const needed: Readonly<Record<string, readonly string[]>> = {
  area: ["alt", "aria-label", "aria-labelledby"],
  html: ["lang"],
  iframe: ["title", "aria-label", "aria-labelledby"],
  img: ["alt"],
  object: ["title", "aria-label", "aria-labelledby"],
};

export const checkNeededAttributes: Rule = (element, tell) => {
  const { tag } = element;
  const isButton = tag === "input" && element.exact("type") === "image";
  const attributes = isButton ? ["alt", "aria-label", "aria-labelledby"] : needed[tag];
  const isSilent = isHidden(element) || ["presentation", "none"].includes(String(element.exact("role")));
  if (attributes?.every((name) => isMissing(element, name)) && !(isSilent && tag !== "html"))
    tell("a11y/missing-attribute", { tag, attributes });
  const leads = ["href", "id", "name", "role", "aria-disabled", "xlink:href"];
  if (tag === "a" && leads.every((name) => element.has(name) === "no"))
    tell("a11y/missing-attribute", { tag, attributes: ["href"] });
};

/** Whether something certainly is not said: an empty `alt` is said, an empty title or language is not. */
function isMissing(element: Element, name: string): boolean {
  return name === "alt" ? element.has(name) === "no" : nameSays(element, name) === "no";
}

function isHidden(element: Element): boolean {
  const value = element.exact("aria-hidden");
  return value === true || value === "true" || element.has("hidden") === "yes";
}

export const checkImageText: Rule = (element, tell) => {
  if (element.tag !== "img" || isHidden(element)) return;
  for (const value of element.attribute("alt")?.values ?? []) {
    const [word] = /\b(?:image|picture|photo)s?\b/i.exec(String(value)) ?? [];
    if (word) tell("a11y/img-redundant-alt", { word }, element.spanOf("alt"));
  }
};

export const checkKeys: Rule = (element, tell) => {
  if (element.attribute("accesskey")?.values.length) tell("a11y/accesskey", {}, element.spanOf("accesskey"));
  for (const value of element.attribute("tabindex")?.values ?? []) {
    const index = Number(value);
    if (index > 0) tell("a11y/positive-tabindex", {}, element.spanOf("tabindex"));
    if (index >= 0 && String(value).trim() !== "" && !isUsed(element))
      tell("a11y/no-noninteractive-tabindex", { tag: element.tag }, element.spanOf("tabindex"));
  }
};

/** Whether the keyboard may have something to do at an element: it is one to use, or has the role of one, or scrolls. */
function isUsed(element: Element): boolean {
  if (isInteractive(element) !== "no" || element.has("contenteditable") !== "no") return true;
  if (element.has("aria-activedescendant") !== "no") return true;
  const role = element.attribute("role");
  if (!role) return element.open;
  return !role.complete || role.values.some((value) => mayHoldFocus(String(value)));
}

function mayHoldFocus(role: string): boolean {
  // A panel and a separator between panes are gone to by the keyboard, and a region may scroll.
  return (
    !knownRoles.has(role) ||
    interactiveRoles.has(role) ||
    /^(?:application|region|separator|tabpanel)$/.test(role)
  );
}

export const checkAutofocus: Rule = (element, tell, { ancestors }) => {
  const isOpened = [element, ...ancestors].some(
    (one) => one.tag === "dialog" || one.has("popover") !== "no" || one.exact("role") === "dialog",
  );
  const isGiven = element.attribute("autofocus")?.values.some((value) => value !== false);
  if (isGiven && !isOpened) tell("a11y/autofocus", {}, element.spanOf("autofocus"));
};

export const checkScope: Rule = (element, tell) => {
  if (element.tag !== "th" && element.has("scope") === "yes")
    tell("a11y/misplaced-scope", { tag: element.tag }, element.spanOf("scope"));
};

export const checkLinkTarget: Rule = (element, tell) => {
  if (element.tag !== "a") return;
  for (const attribute of ["href", "xlink:href"])
    for (const value of element.attribute(attribute)?.values ?? [])
      if (typeof value === "string" && /^#?$/.test(value.trim()))
        tell("a11y/invalid-attribute", { attribute, value }, element.spanOf(attribute));
};

export const checkAutocomplete: Rule = (element, tell) => {
  const { tag } = element;
  if (tag !== "input" && tag !== "select" && tag !== "textarea" && tag !== "form") return;
  for (const value of element.attribute("autocomplete")?.values ?? []) {
    if (typeof value !== "string") continue;
    const bad = badAutofill(value);
    if (bad !== null) {
      const suggestion = suggest(bad, autofillWords);
      tell("a11y/autocomplete-valid", { value: bad, suggestion }, element.spanOf("autocomplete"));
    }
  }
};

/** The first word of an autocomplete value that cannot stand where it does, or null. */
function badAutofill(value: string): string | null {
  const words = value.trim().toLowerCase().split(/\s+/);
  if (value.trim() === "" || value.trim() === "on" || value.trim() === "off") return null;
  let index = 0;
  if (words[index]?.startsWith("section-")) index++;
  if (words[index] === "shipping" || words[index] === "billing") index++;
  const contact = /^(?:home|work|mobile|fax|pager)$/.test(words[index] ?? "");
  if (contact) index++;
  const kind = words[index] ?? "";
  const reaches = /^(?:tel|email|impp)/.test(kind);
  if (!fieldKinds.has(kind) || (contact && !reaches)) return kind || value;
  if (words[index + 1] === "webauthn") index++;
  return words[index + 1] ?? null;
}
