// What HTML's elements are by themselves: which role each has, which can be used, which are not shown. Where it
// depends on an attribute or on the elements around, and that is not known, nothing is said.

import type { Element } from "../element.ts";

const words = (text: string): string[] => text.trim().split(/\s+/);

/** Elements with the same role wherever they stand. */
const fixedRoles: ReadonlyMap<string, string> = new Map(
  words(`
  article:article aside:complementary blockquote:blockquote button:button caption:caption code:code datalist:listbox
  dd:definition del:deletion details:group dfn:term dialog:dialog dt:term em:emphasis fieldset:group figure:figure
  h1:heading h2:heading h3:heading h4:heading h5:heading h6:heading hr:separator html:document ins:insertion
  main:main math:math menu:list meter:meter nav:navigation ol:list optgroup:group option:option output:status
  p:paragraph progress:progressbar search:search strong:strong sub:subscript sup:superscript table:table
  tbody:rowgroup textarea:textbox tfoot:rowgroup thead:rowgroup time:time ul:list`).map((entry) => {
    const [tag = "", role = ""] = entry.split(":");
    return [tag, role];
  }),
);

const inputRoles: ReadonlyMap<string, string> = new Map(
  words(`
  button:button checkbox:checkbox image:button number:spinbutton radio:radio range:slider reset:button submit:button
  search:searchbox email:textbox tel:textbox text:textbox url:textbox`).map((entry) => {
    const [type = "", role = ""] = entry.split(":");
    return [type, role];
  }),
);

/** The role an element has by itself, or null where it has none or that cannot be known. */
export function nativeRole(element: Element): string | null {
  const { tag } = element;
  if (tag === "a" || tag === "area") return element.has("href") === "yes" ? "link" : null;
  if (tag === "input") return inputRole(element);
  if (tag === "select") return selectRole(element);
  if (tag === "img") {
    const alt = element.exact("alt");
    return typeof alt === "string" && alt !== "" ? "img" : null;
  }
  return fixedRoles.get(tag) ?? null;
}

function inputRole(element: Element): string | null {
  if (element.has("list") !== "no") return null;
  const type = element.exact("type");
  if (type === undefined) return "textbox";
  return typeof type === "string" ? (inputRoles.get(type.toLowerCase()) ?? null) : null;
}

function selectRole(element: Element): string | null {
  if (element.open || element.has("multiple") === "maybe" || element.attribute("size")) return null;
  return element.has("multiple") === "yes" ? "listbox" : "combobox";
}

const alwaysUsable: ReadonlySet<string> = new Set(
  words("button details embed iframe option select summary textarea"),
);

/** Whether an element can be used by itself: it takes the focus, and something happens there. */
export function isInteractive(element: Element): "yes" | "no" | "maybe" {
  const { tag } = element;
  if (alwaysUsable.has(tag)) return "yes";
  if (tag === "a" || tag === "area") return element.has("href");
  if (tag === "audio" || tag === "video") return element.has("controls");
  if (tag === "input") {
    const type = element.exact("type");
    return type === null ? "maybe" : type === "hidden" ? "no" : "yes";
  }
  return "no";
}

/** Elements that mean content, so that a role cannot make them something to use. */
const content: ReadonlySet<string> = new Set(
  words(`
  address article aside blockquote br caption code dd del details dfn dialog dl dt em fieldset figcaption figure
  footer form h1 h2 h3 h4 h5 h6 header hr html img ins label legend li main mark menu meter nav ol optgroup output p
  pre progress ruby section strong sub sup table tbody td tfoot th thead time ul video audio`),
);

export function isContent({ tag }: Element): boolean {
  return content.has(tag);
}

/** Elements that are not shown and not spoken. */
export const unseen: ReadonlySet<string> = new Set(
  words("base col colgroup head html link meta noscript param script source style template title track"),
);
