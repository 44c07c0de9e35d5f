// What this service answers: addresses on the left, pages on the right. Earlier rows win.
import { get, type Route, type ServiceParts } from "@rose-ash/platform/app";
import type { Settings } from "./config.ts";
import { frontPage } from "./pages/front.ts";
import type { EntryStore } from "./store.ts";

export type Parts = ServiceParts<Settings, EntryStore>;

export function routes(parts: Parts): Route[] {
  return [get("/", frontPage(parts))];
}
