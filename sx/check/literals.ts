// Literals that a renderer would refuse: addresses that could run code, styles, attributes and children of a kind
// that has no text. Each is tried with the renderer's own functions. Also noted here: where `raw!` is used.

import { SxError } from "../core/errors.ts";
import type { Span } from "../core/source.ts";
import { decideAttribute } from "../render/attributes.ts";
import { decideTextContent, renderChild } from "../render/html.ts";
import { escapableTextTags, rawTextTags, urlAttributes } from "../render/tags.ts";
import type { Findings } from "./diagnostic.ts";
import type { Attribute, Element } from "./element.ts";
import { eachElement } from "./elements.ts";
import { alternatives, type Place, partsOf, sampleOf } from "./known.ts";

/** Tells what would be refused, and notes raw markup. */
export function checkLiterals(place: Place, findings: Findings): void {
  eachElement(place, (element) => {
    const { span } = element.core;
    if (!span) return;
    for (const attribute of element.all()) checkAttribute(element, attribute, findings);
    checkChildren(element, span, findings);
  });
  noteRaw(place, findings);
}

function checkAttribute(element: Element, attribute: Attribute, findings: Findings): void {
  const { place, name } = attribute;
  const span = element.spanOf(name.toLowerCase());
  for (const { core } of alternatives(place)) {
    // A function may be a handler one day, and what stands directly in the attribute was looked at by the resolver.
    const sample = core.kind === "fn" || core.kind === "primitive" ? null : sampleOf(core);
    const error = sample && refusal(() => decideAttribute(element.tag, name, sample.value));
    if (error && span && !(core === place.core && wasTold(error, name))) findings.refuse(error, span);
  }
}

/** Whether the resolver refuses the literal already: a handler, or an address where a browser follows one. */
function wasTold({ kind }: SxError, name: string): boolean {
  return (
    kind === "html/unsafe-attribute" || (kind === "html/unsafe-url" && urlAttributes.has(name.toLowerCase()))
  );
}

function checkChildren(element: Element, span: Span, findings: Findings): void {
  const isText = rawTextTags.has(element.tag) || escapableTextTags.has(element.tag);
  const samples = element.children.map((child) => {
    const [only, other] = alternatives(child);
    return only && !other ? sampleOf(only.core) : null;
  });
  if (isText && samples.every((sample) => sample !== null)) {
    const error = refusal(() =>
      decideTextContent(
        element.tag,
        samples.map((sample) => sample.value),
      ),
    );
    if (error) findings.refuse(error, span);
    return;
  }
  for (const [index, sample] of samples.entries()) {
    const error = sample && !isText ? refusal(() => renderChild(sample.value)) : null;
    if (error) findings.refuse(error, element.core.children[index]?.span ?? span);
  }
}

/** The error that a step throws, or null. */
function refusal(step: () => unknown): SxError | null {
  try {
    step();
    return null;
  } catch (error) {
    if (error instanceof SxError) return error;
    throw error;
  }
}

function noteRaw(place: Place, findings: Findings): void {
  const { core } = place;
  const isRaw = core.kind === "call" && core.callee.kind === "primitive" && core.callee.name === "raw!";
  if (isRaw && core.span) findings.tell("html/raw", {}, core.span);
  for (const part of partsOf(place)) noteRaw(part, findings);
}
