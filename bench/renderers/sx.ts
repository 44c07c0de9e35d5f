// SX: the pages of pages.sx through the JavaScript engine, as a service renders its own.

import { readFileSync } from "node:fs";
import { createRealm } from "../../sx/index.ts";
import { jsEngine } from "../../sx/js/engine.ts";
import type { CardsPage, FormPage, TablePage } from "../page-data.ts";
import type { Renderer } from "./renderer.ts";

/** Compiles the pages; each call then draws from the data it is given. */
export function createSx(): Renderer {
  const realm = createRealm({ engine: jsEngine() });
  realm.load(readFileSync(new URL("pages.sx", import.meta.url), "utf8"), {
    file: "bench/renderers/pages.sx",
  });
  realm.link();
  return {
    name: "sx js",
    cards: (page: CardsPage) => realm.render("~cards-page", { ...page }),
    table: (page: TablePage) => realm.render("~table-page", { ...page }),
    form: (page: FormPage) => realm.render("~form-page", { ...page }),
  };
}
