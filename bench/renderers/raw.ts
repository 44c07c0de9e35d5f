// The limit: template strings written by hand and one escape function. Every other renderer is measured
// against this one, and draws the page that this one defines.

import type { Card, CardsPage, Field, FormPage, Link, StockItem, TablePage } from "../page-data.ts";
import type { Renderer } from "./renderer.ts";

const special = /[&<>"']/;

/** Most texts hold nothing special, and a regular expression sees that quickest. */
function escapeHtml(text: string): string {
  const first = text.search(special);
  if (first < 0) return text;
  let out = "";
  let last = 0;
  for (let i = first; i < text.length; i++) {
    const reference = referenceFor(text.charCodeAt(i));
    if (reference === "") continue;
    out += text.slice(last, i) + reference;
    last = i + 1;
  }
  return out + text.slice(last);
}

function referenceFor(code: number): string {
  switch (code) {
    case 38:
      return "&amp;";
    case 60:
      return "&lt;";
    case 62:
      return "&gt;";
    case 34:
      return "&quot;";
    case 39:
      return "&#39;";
    default:
      return "";
  }
}

function links(entries: readonly Link[]): string {
  let items = "";
  for (const { href, label, current } of entries) {
    items += `<li><a href="${escapeHtml(href)}" class="${current ? "link link-current" : "link"}">${escapeHtml(label)}</a></li>`;
  }
  return `<nav class="links"><ul>${items}</ul></nav>`;
}

function card(entry: Card): string {
  const { host } = entry;
  let tags = "";
  for (const tag of entry.tags) tags += `<li class="tag">${escapeHtml(tag)}</li>`;
  return `<article class="card${entry.fresh ? " card-fresh" : ""}" data-id="${entry.id}"><header><h2><a href="${escapeHtml(entry.href)}">${escapeHtml(
    entry.title,
  )}</a></h2>${entry.soldOut ? '<strong class="sold-out">Sold out</strong>' : ""}<p class="host"><img class="portrait" src="${escapeHtml(
    host.portrait,
  )}" alt="${escapeHtml(host.name)}" width="40" height="40" loading="lazy"><span>${escapeHtml(host.name)}</span>${
    host.member ? '<em class="badge">Member</em>' : ""
  }</p></header><p class="summary">${escapeHtml(entry.summary)}</p>${
    entry.tags.length > 0 ? `<ul class="tags">${tags}</ul>` : ""
  }<footer><time datetime="${escapeHtml(entry.day)}">${escapeHtml(entry.day)}</time><span class="places">${
    entry.places === 0 ? "No places" : entry.places === 1 ? "1 place" : `${entry.places} places`
  }</span></footer></article>`;
}

function cards(page: CardsPage): string {
  let all = "";
  for (const entry of page.cards) all += card(entry);
  return `<div class="page"><header class="top"><h1>${escapeHtml(page.heading)}</h1>${links(page.links)}</header><main class="cards">${all}</main><footer class="bottom">© ${
    page.year
  } Hedgerow Co-op · <a href="/imprint">Imprint</a></footer></div>`;
}

function row(item: StockItem): string {
  return `<tr class="${item.organic ? "row organic" : "row"}"><td>${item.number}</td><td>${escapeHtml(item.name)}</td><td><a href="mailto:${escapeHtml(item.grower)}">${escapeHtml(
    item.grower,
  )}</a></td><td class="number">${item.crates}</td><td class="number">${item.price}</td><td>${item.organic ? "yes" : "no"}</td><td>${escapeHtml(
    item.remark,
  )}</td><td>${escapeHtml(item.picked)}</td></tr>`;
}

const columns = ["Number", "Name", "Grower", "Crates", "Price", "Organic", "Remark", "Picked"];

function table(page: TablePage): string {
  let head = "";
  for (const column of columns) head += `<th scope="col">${escapeHtml(column)}</th>`;
  let rows = "";
  for (const item of page.items) rows += row(item);
  return `<table class="stock"><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table>`;
}

function field({ name, label, value, required }: Field): string {
  return `<p class="field"><label for="${escapeHtml(name)}">${escapeHtml(label)}</label><input id="${escapeHtml(name)}" name="${escapeHtml(name)}" value="${escapeHtml(value)}"${
    required ? ' required=""' : ""
  }>${required ? '<small class="hint">Needed</small>' : ""}</p>`;
}

function form(page: FormPage): string {
  const { member } = page;
  let groups = "";
  for (const group of page.groups) {
    let fields = "";
    for (const entry of group.fields) fields += field(entry);
    groups += `<fieldset id="${escapeHtml(group.id)}"><legend>${escapeHtml(group.heading)}</legend>${fields}</fieldset>`;
  }
  return `<div class="page"><header class="top"><h1>${escapeHtml(page.heading)}</h1><p class="member">${escapeHtml(member.name)} (${escapeHtml(member.role)})${
    member.letters > 0 ? ` <span class="badge">${member.letters}</span>` : ""
  }</p>${links(page.links)}</header>${page.notice === null ? "" : `<div class="notice" role="status">${escapeHtml(page.notice)}</div>`}<form method="post" action="/membership">${groups}<button type="submit" class="button">Save</button></form></div>`;
}

export const raw: Renderer = { name: "raw", cards, table, form };
