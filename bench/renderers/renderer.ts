// What a renderer of the comparison is: three pages from their data to HTML. Each file beside this one
// draws the same pages in its library's own manner; bench/same-page.ts holds them to that.

import type { CardsPage, FormPage, TablePage } from "../page-data.ts";

export interface Renderer {
  readonly name: string;
  readonly cards: (page: CardsPage) => string | Promise<string>;
  readonly table: (page: TablePage) => string | Promise<string>;
  readonly form: (page: FormPage) => string | Promise<string>;
}
