// ghtml: tagged templates that escape what is put into them; `!${}` puts in finished markup.

import { html } from "ghtml";
import type { Card, CardsPage, Field, FormPage, Link, StockItem, TablePage } from "../page-data.ts";
import type { Renderer } from "./renderer.ts";

const links = (entries: readonly Link[]) =>
  html`<nav class="links"><ul>!${entries.map(({ href, label, current }) => html`<li><a href="${href}" class="${current ? "link link-current" : "link"}">${label}</a></li>`)}</ul></nav>`;

const host = ({ name, portrait, member }: Card["host"]) =>
  html`<p class="host"><img class="portrait" src="${portrait}" alt="${name}" width="40" height="40" loading="lazy"><span>${name}</span>!${member ? '<em class="badge">Member</em>' : ""}</p>`;

const card = (entry: Card) =>
  html`<article class="card${entry.fresh ? " card-fresh" : ""}" data-id="${entry.id}"><header><h2><a href="${entry.href}">${entry.title}</a></h2>!${
    entry.soldOut ? '<strong class="sold-out">Sold out</strong>' : ""
  }!${host(entry.host)}</header><p class="summary">${entry.summary}</p>!${
    entry.tags.length > 0
      ? html`<ul class="tags">!${entry.tags.map((tag) => html`<li class="tag">${tag}</li>`)}</ul>`
      : ""
  }<footer><time datetime="${entry.day}">${entry.day}</time><span class="places">${
    entry.places === 0 ? "No places" : entry.places === 1 ? "1 place" : `${entry.places} places`
  }</span></footer></article>`;

const cards = (page: CardsPage) =>
  html`<div class="page"><header class="top"><h1>${page.heading}</h1>!${links(page.links)}</header><main class="cards">!${page.cards.map(card)}</main><footer class="bottom">© ${page.year} Hedgerow Co-op · <a href="/imprint">Imprint</a></footer></div>`;

const row = (item: StockItem) =>
  html`<tr class="${item.organic ? "row organic" : "row"}"><td>${item.number}</td><td>${item.name}</td><td><a href="mailto:${item.grower}">${item.grower}</a></td><td class="number">${item.crates}</td><td class="number">${item.price}</td><td>${item.organic ? "yes" : "no"}</td><td>${item.remark}</td><td>${item.picked}</td></tr>`;

const columns = ["Number", "Name", "Grower", "Crates", "Price", "Organic", "Remark", "Picked"];

const table = (page: TablePage) =>
  html`<table class="stock"><thead><tr>!${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead><tbody>!${page.items.map(row)}</tbody></table>`;

const field = ({ name, label, value, required }: Field) =>
  html`<p class="field"><label for="${name}">${label}</label><input id="${name}" name="${name}" value="${value}"!${required ? ' required=""' : ""}>!${
    required ? '<small class="hint">Needed</small>' : ""
  }</p>`;

const form = ({ heading, member, links: entries, notice, groups }: FormPage) =>
  html`<div class="page"><header class="top"><h1>${heading}</h1><p class="member">${member.name} (${member.role})!${
    member.letters > 0 ? html` <span class="badge">${member.letters}</span>` : ""
  }</p>!${links(entries)}</header>!${notice === null ? "" : html`<div class="notice" role="status">${notice}</div>`}<form method="post" action="/membership">!${groups.map(
    (group) =>
      html`<fieldset id="${group.id}"><legend>${group.heading}</legend>!${group.fields.map(field)}</fieldset>`,
  )}<button type="submit" class="button">Save</button></form></div>`;

export const ghtml: Renderer = { name: "ghtml", cards, table, form };
