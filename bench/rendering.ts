// Rendering: three pages (50 cards, a table of 1000 rows, a small form) from data to HTML by eight
// renderers, against template strings written by hand. A renderer whose page differs is an error, not a row.

import { jsEngine } from "../sx/js/engine.ts";
import { vmEngine } from "../sx/vm/engine.ts";
import type { Bound, Comparison } from "./comparison.ts";
import { type Contender, compare, type Effort } from "./measure.ts";
import { createPages, type Pages } from "./page-data.ts";
import { createEta } from "./renderers/eta.ts";
import { ghtml } from "./renderers/ghtml.ts";
import { hono } from "./renderers/hono.ts";
import { createPreact } from "./renderers/preact.ts";
import { raw } from "./renderers/raw.ts";
import { createReact } from "./renderers/react.ts";
import type { Renderer } from "./renderers/renderer.ts";
import { createSx } from "./renderers/sx.ts";
import { pageDifference } from "./same-page.ts";

/** All renderers, the base first. */
export function createRenderers(): Renderer[] {
  process.env.NODE_ENV = "production"; // React looks at it when it is loaded
  return [
    raw,
    createSx(jsEngine()),
    createSx(vmEngine()),
    ghtml,
    createEta(),
    hono,
    createPreact(),
    createReact(),
  ];
}

const bounds: Record<keyof Pages, readonly Bound[]> = {
  cards: [
    { row: "sx js", floor: 1.3, goal: 1.05 },
    { row: "sx vm", floor: 2.9, goal: 1.8 },
  ],
  table: [
    { row: "sx js", floor: 1.2, goal: 1.08 },
    { row: "sx vm", floor: 2.3, goal: 1.5 },
  ],
  form: [{ row: "sx js", floor: 1.4, goal: 1.0 }],
};

const titles: Record<keyof Pages, string> = {
  cards: "A page of 50 cards",
  table: "A table of 1000 rows and 8 columns",
  form: "A small page with a form",
};

/** One page's renderers as contenders, each checked to draw what the first one draws. */
export async function contendersFor<K extends keyof Pages>(
  page: K,
  data: Pages[K],
  renderers: readonly Renderer[],
): Promise<{ contenders: Contender[]; characters: number }> {
  type Draw = (data: Pages[K]) => string | Promise<string>;
  const [first] = renderers;
  const expected = first ? await (first[page] as Draw)(data) : ""; // a renderer's methods go by the pages' names
  const contenders: Contender[] = [];
  for (const renderer of renderers) {
    const draw = renderer[page] as Draw; // as above
    const difference = pageDifference(expected, await draw(data));
    if (difference)
      throw new Error(`${renderer.name} draws another ${page} page than ${first?.name}: ${difference}.`);
    contenders.push({ name: renderer.name, run: () => draw(data) });
  }
  return { contenders, characters: expected.length };
}

/** Measures the three pages. */
export async function* compareRendering(effort: Effort): AsyncGenerator<Comparison> {
  const pages = createPages();
  const renderers = createRenderers();
  for (const page of ["cards", "table", "form"] as const) {
    const { contenders, characters } = await contendersFor(page, pages[page], renderers);
    const title = `${titles[page]} (${(characters / 1000).toFixed(1)} kB)`;
    yield { title, base: "raw", rows: await compare(contenders, effort), bounds: bounds[page] };
  }
}
