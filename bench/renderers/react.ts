// React: elements by `createElement`, drawn by react-dom's renderToString in production mode. The packages
// bring no types of their own, so the two functions that are used are described here.

import { createRequire } from "node:module";
import type { CardsPage, FormPage, TablePage } from "../page-data.ts";
import { createElementPages, type ElementMaker } from "./element-pages.ts";
import type { Renderer } from "./renderer.ts";

type ReactElement = { readonly type: unknown; readonly props: unknown };

/** React's renderer of the pages. NODE_ENV must say production before this is called, or React checks every prop. */
export function createReact(): Renderer {
  const require = createRequire(import.meta.url);
  const { createElement } = require("react") as { createElement: ElementMaker<ReactElement> };
  const { renderToString } = require("react-dom/server") as {
    renderToString: (element: ReactElement) => string;
  };
  const pages = createElementPages(createElement);
  return {
    name: "react",
    cards: (page: CardsPage) => renderToString(pages.cards(page)),
    table: (page: TablePage) => renderToString(pages.table(page)),
    form: (page: FormPage) => renderToString(pages.form(page)),
  };
}
