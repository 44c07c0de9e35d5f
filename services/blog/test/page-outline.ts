// What a drawn page is made of, for tests: its elements in order with their attributes, and the faults that
// no page may have. The parser under the sanitiser reads it; it repairs nothing that could hide an open tag.

import sanitizeHtml from "sanitize-html";

export interface PageElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** The names of the elements around it, outermost first. */
  readonly inside: readonly string[];
}

/** The elements of a page in the order of their start tags. */
export function elementsOf(html: string): PageElement[] {
  const elements: PageElement[] = [];
  const open: string[] = [];
  sanitizeHtml(html, {
    allowedTags: false,
    allowedAttributes: false,
    allowVulnerableTags: true,
    onOpenTag: (name, attributes) => {
      elements.push({ name, attributes, inside: [...open] });
      open.push(name);
    },
    onCloseTag: () => {
      open.pop();
    },
  });
  return elements;
}

/** Everything that is wrong with a page whatever it shows: structure, names for assistive technology, scripts. */
export function faultsOf(html: string): string[] {
  const elements = elementsOf(html);
  const named = (name: string) => elements.filter((element) => element.name === name);
  const faults: string[] = [];
  const claim = (holds: boolean, fault: string) => {
    if (!holds) faults.push(fault);
  };

  claim(html.startsWith("<!DOCTYPE html>"), "no document type");
  claim(/^[a-z]{2,3}(?:-|$)/.test(named("html")[0]?.attributes.lang ?? ""), "no language");
  for (const name of ["title", "main", "h1"]) {
    claim(named(name).length === 1, `${named(name).length} ${name} elements`);
  }
  for (const name of ["header", "footer"]) {
    const ofPage = named(name).filter(({ inside }) => inside.join(" ") === "html body");
    claim(ofPage.length === 1, `${ofPage.length} ${name} elements of the page`);
  }
  for (const { attributes } of named("script")) {
    claim(attributes.type === "application/ld+json", "a script");
  }
  for (const { name, attributes } of elements) {
    const unsafe = Object.keys(attributes).filter((key) => key.startsWith("on") || key === "style");
    claim(unsafe.length === 0, `${name} with ${unsafe.join(", ")}`);
  }
  claim(named("style").length === 0, "a style element");

  const ids = elements.flatMap((element) => element.attributes.id ?? []);
  claim(new Set(ids).size === ids.length, "an id twice");
  const labelled = new Set(named("label").map((element) => element.attributes.for));
  for (const { attributes } of [...named("input"), ...named("select"), ...named("textarea")]) {
    if (attributes.type === "hidden") continue;
    claim(labelled.has(attributes.id), `no label for ${attributes.name}`);
    for (const id of (attributes["aria-describedby"] ?? "").split(" ").filter(Boolean)) {
      claim(ids.includes(id), `described by ${id}, which is not there`);
    }
  }
  for (const { attributes } of named("img")) {
    claim(attributes.alt !== undefined, `no alt for ${attributes.src}`);
  }
  const landmarks = named("nav").map((element) => element.attributes["aria-label"]);
  claim(!landmarks.includes(undefined), "a nav without a name");
  claim(new Set(landmarks).size === landmarks.length, "two navs with one name");
  let level = 0;
  for (const { name } of elements.filter((element) => /^h[1-6]$/.test(element.name))) {
    claim(Number(name[1]) <= level + 1, `${name} after h${level}`);
    level = Number(name[1]);
  }
  return faults;
}
