// Preact: elements by `h`, drawn by preact-render-to-string.

import { h, type VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import type { CardsPage, FormPage, TablePage } from "../page-data.ts";
import { createElementPages, type ElementMaker } from "./element-pages.ts";
import type { Renderer } from "./renderer.ts";

/** Preact's renderer of the pages. */
export function createPreact(): Renderer {
  const pages = createElementPages(h as ElementMaker<VNode>); // its overloads take these arguments, and more
  return {
    name: "preact",
    cards: (page: CardsPage) => renderToString(pages.cards(page)),
    table: (page: TablePage) => renderToString(pages.table(page)),
    form: (page: FormPage) => renderToString(pages.form(page)),
  };
}
