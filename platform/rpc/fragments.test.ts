// Fragments: pieces asked for together wait for one deadline, are kept by their params, and bring nothing active.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pino } from "pino";
import { z } from "zod";
import { type Cache, openCache } from "../cache/cache.ts";
import type { Caller, CallOutcome } from "./caller.ts";
import { defineContract } from "./contract.ts";
import { createFragments, piece } from "./fragments.ts";

const params = z.object({ viewer: z.enum(["guest", "member"]), locale: z.string().default("en") });
const { menu, news, brief } = defineContract("account", {
  fragments: {
    menu: { params, freshMs: 60_000 },
    news: { params, freshMs: 60_000 },
    /** Old as soon as it is there. */
    brief: { params, freshMs: 0 },
  },
}).fragments;
const [guest, member] = [{ viewer: "guest" }, { viewer: "member" }] as const;
/** Longer than any test takes, for those in which nothing is late. */
const never = 600_000;

/** A request that has arrived at the other service, to be answered when the test says so. */
interface Asked {
  readonly what: string;
  answer(outcome: CallOutcome<string>): void;
}

function open({ deadlineMs = never, cache }: { deadlineMs?: number; cache?: Cache } = {}) {
  const asked: Asked[] = [];
  const lines: string[] = [];
  let arrived = () => {};
  const fetchFragment: Caller["fetchFragment"] = ({ name, params: schema }, given) =>
    new Promise((answer) => {
      asked.push({ what: `${name} ${JSON.stringify(schema.parse(given))}`, answer });
      arrived();
    });
  const warn = () => {};
  const collect = createFragments({
    fetchFragment,
    cache: cache ?? openCache({ kind: "memory" }, { prefix: "test", warn }),
    log: pino({}, { write: (line: string) => void lines.push(line) }),
    deadlineMs,
  });
  /** Waits until `count` requests have been made altogether. */
  async function untilAsked(count: number): Promise<void> {
    while (asked.length < count) {
      await new Promise<void>((resolve) => {
        arrived = resolve;
      });
    }
  }
  return { collect, asked, lines, untilAsked };
}

function answered(answer: string): CallOutcome<string> {
  return { kind: "answered", answer };
}

/** Lets everything that is ready to go on do so. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

test("pieces are asked for at once and answered in the order they were named", async () => {
  const { collect, asked, untilAsked } = open();
  const page = collect([piece(menu, guest), piece(news, guest)]);
  await untilAsked(2); // both, while neither is answered
  asked[1]?.answer(answered("<p>news</p>"));
  asked[0]?.answer(answered("<p>menu</p>"));
  assert.deepEqual(await page, ["<p>menu</p>", "<p>news</p>"]);
});

test("a late piece is left out, and is there for the next page", async () => {
  const { collect, asked, untilAsked } = open({ deadlineMs: 40 });
  const page = collect([piece(menu, guest), piece(news, guest)]);
  await untilAsked(2);
  asked[0]?.answer(answered("<p>menu</p>"));
  assert.deepEqual(await page, ["<p>menu</p>", null]);
  asked[1]?.answer(answered("<p>late</p>"));
  await settle();
  assert.deepEqual(await collect([piece(news, guest)]), ["<p>late</p>"]);
  assert.equal(asked.length, 2);
});

test("a piece is kept for its params and never shown for others", async () => {
  const { collect, asked, untilAsked } = open();
  const first = collect([piece(menu, guest), piece(menu, member), piece(menu, { ...guest, locale: "fr" })]);
  await untilAsked(3);
  for (const one of asked) one.answer(answered(`<p>${one.what.replaceAll('"', "")}</p>`));
  const shown = await first;
  assert.equal(new Set(shown).size, 3);
  const again = [
    piece(menu, { ...guest, locale: "fr" }),
    piece(menu, member),
    piece(menu, { ...guest, locale: "en" }),
  ];
  assert.deepEqual(await collect(again), [shown[2], shown[1], shown[0]]);
  assert.equal(asked.length, 3);
});

test("an old copy is shown while a new one is fetched", async () => {
  const { collect, asked, untilAsked } = open();
  const first = collect([piece(brief, guest)]);
  await untilAsked(1);
  asked[0]?.answer(answered("<p>old</p>"));
  assert.deepEqual(await first, ["<p>old</p>"]);
  assert.deepEqual(await collect([piece(brief, guest)]), ["<p>old</p>"]); // though nobody has answered anew
  await untilAsked(2);
  asked[1]?.answer(answered("<p>new</p>"));
  await settle();
  assert.deepEqual(await collect([piece(brief, guest)]), ["<p>new</p>"]);
});

test("of a service that cannot be reached a page shows nothing, and an old copy where there is one", async () => {
  const { collect, asked, untilAsked } = open();
  const gone: CallOutcome<string> = { kind: "unavailable", service: "account", reason: "unreachable" };
  const first = collect([piece(menu, guest), piece(brief, guest)]);
  await untilAsked(2);
  asked[0]?.answer(gone);
  asked[1]?.answer(answered("<p>old</p>"));
  assert.deepEqual(await first, [null, "<p>old</p>"]);
  const second = collect([piece(menu, guest), piece(brief, guest)]);
  await untilAsked(4);
  for (const one of asked.slice(2)) one.answer(gone);
  assert.deepEqual(await second, [null, "<p>old</p>"]);
});

test("a piece that holds script, handlers or frames is thrown away and told of", async () => {
  for (const active of ["<script>x()</script>", '<b onclick="x()">a</b>', '<iframe src="/x"></iframe>']) {
    const { collect, asked, untilAsked, lines } = open();
    const page = collect([piece(menu, guest)]);
    await untilAsked(1);
    asked[0]?.answer(answered(`<p>a</p>${active}`));
    assert.deepEqual(await page, [null], active);
    assert.match(lines.join(), /"service":"account","fragment":"menu","msg":"a fragment holds script/);
    assert.equal(lines.length, 1);
    void collect([piece(menu, guest)]);
    await untilAsked(2); // it was not kept
    asked[1]?.answer(answered(""));
  }
});

test("pages that wait for the same piece share one request", async () => {
  const { collect, asked, untilAsked } = open();
  const pages = Array.from({ length: 20 }, () => collect([piece(menu, guest), piece(menu, guest)]));
  await untilAsked(1);
  await settle();
  asked[0]?.answer(answered("<p>menu</p>"));
  for (const page of pages) assert.deepEqual(await page, ["<p>menu</p>", "<p>menu</p>"]);
  assert.equal(asked.length, 1);
});

test("with a cache that keeps nothing each page asks anew, and is served", async () => {
  const nothing: Cache = {
    get: async () => null,
    set: async () => {},
    delete: async () => {},
    close: async () => {},
  };
  const { collect, asked, untilAsked } = open({ cache: nothing });
  for (const count of [1, 2, 3]) {
    const page = collect([piece(menu, guest)]);
    await untilAsked(count);
    asked[count - 1]?.answer(answered(`<p>${count}</p>`));
    assert.deepEqual(await page, [`<p>${count}</p>`]);
  }
});

test("what another program left in the cache is fetched anew", async () => {
  const cache = openCache({ kind: "memory" }, { prefix: "test", warn: () => {} });
  for (const strange of ["{", "null", "1", "{}", '{"markup":1,"freshUntil":9e15}']) {
    const { collect, asked, untilAsked } = open({ cache: { ...cache, get: async () => strange } });
    const page = collect([piece(menu, guest)]);
    await untilAsked(1);
    asked[0]?.answer(answered("<p>menu</p>"));
    assert.deepEqual(await page, ["<p>menu</p>"], strange);
  }
});
