// Paging of lists: which page was asked for, and the links to the others.

import type { PageRequest } from "./route.ts";

export type AskedPage = { readonly kind: "page"; readonly number: number } | { readonly kind: "nonsense" };

const farthest = 100_000;

/** The page a query asks for: the first when it asks for none, nonsense when it is not a whole number from 1. */
export function askedPage(request: PageRequest): AskedPage {
  const text = request.query.get("page");
  if (text === null) return { kind: "page", number: 1 };
  const number = /^[1-9]\d{0,5}$/.test(text) ? Number(text) : 0;
  return number >= 1 && number <= farthest ? { kind: "page", number } : { kind: "nonsense" };
}

export const pageNonsense = "The page number in the address is not a whole number from 1.";

/** The links for page `page` of `total` items; `base` is the address of the first page, with its query. */
export function pagingView(base: string, page: number, total: number, perPage: number) {
  const pages = Math.max(1, Math.ceil(total / perPage));
  const address = (number: number) =>
    number === 1 ? base : `${base}${base.includes("?") ? "&" : "?"}page=${number}`;
  const near = [...new Set([1, page - 2, page - 1, page, page + 1, page + 2, pages])];
  return {
    page,
    pages,
    previous: page > 1 ? address(page - 1) : null,
    next: page < pages ? address(page + 1) : null,
    links: near
      .filter((number) => number >= 1 && number <= pages)
      .sort((a, b) => a - b)
      .map((number) => ({ page: number, href: address(number), current: number === page })),
  };
}

/** Whether a list has this page: the first always, even when it is empty. */
export function hasPage(page: number, total: number, perPage: number): boolean {
  return page === 1 || (page - 1) * perPage < total;
}
