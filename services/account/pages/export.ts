// A member's data to take along: a page that says what is in the file, and the file.
import { type Answer, memberOf, type PageRequest, privatePage } from "@rose-ash/platform/app";
import { gatherExport } from "../export.ts";
import { describeService } from "../linked-services.ts";
import type { AccountParts } from "../routes.ts";

/** GET /export/. Asks the services as the file does, so that what would be missing is known before. */
export function exportPage(parts: AccountParts) {
  return async (request: PageRequest): Promise<Answer> => {
    const { services, missing } = await gatherExport(parts, memberOf(request).id);
    const named = (names: readonly string[]) => names.map((name) => describeService(name).title);
    return privatePage("~export-page", "Your data", {
      services: named(Object.keys(services)),
      missing: named(missing),
    });
  };
}

/** GET /export/my-data.json */
export function exportFile(parts: AccountParts) {
  return async (request: PageRequest): Promise<Answer> => {
    const body = `${JSON.stringify(await gatherExport(parts, memberOf(request).id), null, 2)}\n`;
    return { kind: "document", type: "application/json", body, cache: "none" };
  };
}
