// eta: templates with JavaScript between the tags, compiled to one function each.

import { Eta } from "eta";
import type { CardsPage, FormPage, TablePage } from "../page-data.ts";
import type { Renderer } from "./renderer.ts";

const links = `<nav class="links"><ul><% for (const entry of it.links) { %><li><a href="<%= entry.href %>" class="<%= entry.current ? "link link-current" : "link" %>"><%= entry.label %></a></li><% } %></ul></nav>`;

const card = `<article class="card<%= entry.fresh ? " card-fresh" : "" %>" data-id="<%= entry.id %>"><header><h2><a href="<%= entry.href %>"><%= entry.title %></a></h2><% if (entry.soldOut) { %><strong class="sold-out">Sold out</strong><% } %><p class="host"><img class="portrait" src="<%= entry.host.portrait %>" alt="<%= entry.host.name %>" width="40" height="40" loading="lazy"><span><%= entry.host.name %></span><% if (entry.host.member) { %><em class="badge">Member</em><% } %></p></header><p class="summary"><%= entry.summary %></p><% if (entry.tags.length > 0) { %><ul class="tags"><% for (const tag of entry.tags) { %><li class="tag"><%= tag %></li><% } %></ul><% } %><footer><time datetime="<%= entry.day %>"><%= entry.day %></time><span class="places"><%= entry.places === 0 ? "No places" : entry.places === 1 ? "1 place" : entry.places + " places" %></span></footer></article>`;

const cards = `<div class="page"><header class="top"><h1><%= it.heading %></h1>${links}</header><main class="cards"><% for (const entry of it.cards) { %>${card}<% } %></main><footer class="bottom">© <%= it.year %> Hedgerow Co-op · <a href="/imprint">Imprint</a></footer></div>`;

const table = `<table class="stock"><thead><tr><% for (const column of ["Number", "Name", "Grower", "Crates", "Price", "Organic", "Remark", "Picked"]) { %><th scope="col"><%= column %></th><% } %></tr></thead><tbody><% for (const item of it.items) { %><tr class="<%= item.organic ? "row organic" : "row" %>"><td><%= item.number %></td><td><%= item.name %></td><td><a href="mailto:<%= item.grower %>"><%= item.grower %></a></td><td class="number"><%= item.crates %></td><td class="number"><%= item.price %></td><td><%= item.organic ? "yes" : "no" %></td><td><%= item.remark %></td><td><%= item.picked %></td></tr><% } %></tbody></table>`;

const field = `<p class="field"><label for="<%= field.name %>"><%= field.label %></label><input id="<%= field.name %>" name="<%= field.name %>" value="<%= field.value %>"<% if (field.required) { %> required=""<% } %>><% if (field.required) { %><small class="hint">Needed</small><% } %></p>`;

const form = `<div class="page"><header class="top"><h1><%= it.heading %></h1><p class="member"><%= it.member.name %> (<%= it.member.role %>)<% if (it.member.letters > 0) { %> <span class="badge"><%= it.member.letters %></span><% } %></p>${links}</header><% if (it.notice !== null) { %><div class="notice" role="status"><%= it.notice %></div><% } %><form method="post" action="/membership"><% for (const group of it.groups) { %><fieldset id="<%= group.id %>"><legend><%= group.heading %></legend><% for (const field of group.fields) { %>${field}<% } %></fieldset><% } %><button type="submit" class="button">Save</button></form></div>`;

/** Compiles the templates. */
export function createEta(): Renderer {
  const eta = new Eta({ autoTrim: false });
  const [drawCards, drawTable, drawForm] = [cards, table, form].map((template) => eta.compile(template));
  const draw = (template: typeof drawCards, page: object) => template?.call(eta, page) ?? "";
  return {
    name: "eta",
    cards: (page: CardsPage) => draw(drawCards, page),
    table: (page: TablePage) => draw(drawTable, page),
    form: (page: FormPage) => draw(drawForm, page),
  };
}
