// SX: the pages of pages.sx through an engine; a service renders its own through the JavaScript engine.

import { readFileSync } from "node:fs";
import type { Engine } from "../../sx/front/engine.ts";
import { createRealm } from "../../sx/index.ts";
import type { CardsPage, FormPage, TablePage } from "../page-data.ts";
import type { Renderer } from "./renderer.ts";

/** Compiles the pages; each call then draws from the data it is given. */
export function createSx(engine: Engine): Renderer {
  const realm = createRealm({ engine });
  realm.load(readFileSync(new URL("pages.sx", import.meta.url), "utf8"), {
    file: "bench/renderers/pages.sx",
  });
  realm.link();
  return {
    name: `sx ${engine.name}`,
    cards: (page: CardsPage) => realm.render("~cards-page", { ...page }),
    table: (page: TablePage) => realm.render("~table-page", { ...page }),
    form: (page: FormPage) => realm.render("~form-page", { ...page }),
  };
}
