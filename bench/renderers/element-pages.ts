// The pages as functions of an element maker, for the libraries that build a tree first: `h` of Preact and
// `createElement` of React take the same arguments. Components are functions, as such an application has them.

import type { Card, CardsPage, Field, FormPage, Link, StockItem, TablePage } from "../page-data.ts";

/** Makes an element of a tag or of a component function, with props and children. */
export type ElementMaker<Element> = (
  type: string | ((props: never) => Element),
  props: Record<string, unknown> | null,
  ...children: unknown[]
) => Element;

export interface ElementPages<Element> {
  readonly cards: (page: CardsPage) => Element;
  readonly table: (page: TablePage) => Element;
  readonly form: (page: FormPage) => Element;
}

const columns = ["Number", "Name", "Grower", "Crates", "Price", "Organic", "Remark", "Picked"];

/** The three pages as elements of one library. */
export function createElementPages<Element>(h: ElementMaker<Element>): ElementPages<Element> {
  const Links = ({ entries }: { entries: readonly Link[] }) =>
    h(
      "nav",
      { className: "links" },
      h(
        "ul",
        null,
        entries.map(({ href, label, current }) =>
          h("li", { key: href }, h("a", { href, className: current ? "link link-current" : "link" }, label)),
        ),
      ),
    );

  const Host = ({ host }: { host: Card["host"] }) =>
    h(
      "p",
      { className: "host" },
      h("img", {
        className: "portrait",
        src: host.portrait,
        alt: host.name,
        width: 40,
        height: 40,
        loading: "lazy",
      }),
      h("span", null, host.name),
      host.member ? h("em", { className: "badge" }, "Member") : null,
    );

  const CardView = ({ entry }: { entry: Card }) =>
    h(
      "article",
      { className: entry.fresh ? "card card-fresh" : "card", "data-id": entry.id },
      h(
        "header",
        null,
        h("h2", null, h("a", { href: entry.href }, entry.title)),
        entry.soldOut ? h("strong", { className: "sold-out" }, "Sold out") : null,
        h(Host, { host: entry.host }),
      ),
      h("p", { className: "summary" }, entry.summary),
      entry.tags.length > 0
        ? h(
            "ul",
            { className: "tags" },
            entry.tags.map((tag) => h("li", { key: tag, className: "tag" }, tag)),
          )
        : null,
      h(
        "footer",
        null,
        h("time", { dateTime: entry.day }, entry.day),
        h(
          "span",
          { className: "places" },
          entry.places === 0 ? "No places" : entry.places === 1 ? "1 place" : `${entry.places} places`,
        ),
      ),
    );

  const Cards = ({ page }: { page: CardsPage }) =>
    h(
      "div",
      { className: "page" },
      h("header", { className: "top" }, h("h1", null, page.heading), h(Links, { entries: page.links })),
      h(
        "main",
        { className: "cards" },
        page.cards.map((entry) => h(CardView, { key: entry.id, entry })),
      ),
      h(
        "footer",
        { className: "bottom" },
        "© ",
        page.year,
        " Hedgerow Co-op · ",
        h("a", { href: "/imprint" }, "Imprint"),
      ),
    );

  const Row = ({ item }: { item: StockItem }) =>
    h(
      "tr",
      { className: item.organic ? "row organic" : "row" },
      h("td", null, item.number),
      h("td", null, item.name),
      h("td", null, h("a", { href: `mailto:${item.grower}` }, item.grower)),
      h("td", { className: "number" }, item.crates),
      h("td", { className: "number" }, item.price),
      h("td", null, item.organic ? "yes" : "no"),
      h("td", null, item.remark),
      h("td", null, item.picked),
    );

  const Table = ({ page }: { page: TablePage }) =>
    h(
      "table",
      { className: "stock" },
      h(
        "thead",
        null,
        h(
          "tr",
          null,
          columns.map((column) => h("th", { key: column, scope: "col" }, column)),
        ),
      ),
      h(
        "tbody",
        null,
        page.items.map((item) => h(Row, { key: item.number, item })),
      ),
    );

  const FieldView = ({ field }: { field: Field }) =>
    h(
      "p",
      { className: "field" },
      h("label", { htmlFor: field.name }, field.label),
      h("input", { id: field.name, name: field.name, defaultValue: field.value, required: field.required }),
      field.required ? h("small", { className: "hint" }, "Needed") : null,
    );

  const Form = ({ page }: { page: FormPage }) =>
    h(
      "div",
      { className: "page" },
      h(
        "header",
        { className: "top" },
        h("h1", null, page.heading),
        h(
          "p",
          { className: "member" },
          page.member.name,
          " (",
          page.member.role,
          ")",
          page.member.letters > 0
            ? [" ", h("span", { key: "badge", className: "badge" }, page.member.letters)]
            : null,
        ),
        h(Links, { entries: page.links }),
      ),
      page.notice === null ? null : h("div", { className: "notice", role: "status" }, page.notice),
      h(
        "form",
        { method: "post", action: "/membership" },
        page.groups.map((group) =>
          h(
            "fieldset",
            { key: group.id, id: group.id },
            h("legend", null, group.heading),
            group.fields.map((field) => h(FieldView, { key: field.name, field })),
          ),
        ),
        h("button", { type: "submit", className: "button" }, "Save"),
      ),
    );

  return {
    cards: (page) => h(Cards, { page }),
    table: (page) => h(Table, { page }),
    form: (page) => h(Form, { page }),
  };
}
