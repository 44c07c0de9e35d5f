// The parts of the site that a member is signed in to, and what each is for.
import { type Answer, memberOf, type PageRequest, privatePage } from "@rose-ash/platform/app";
import { linkedServices } from "../linked-services.ts";
import type { AccountParts } from "../routes.ts";

/** GET /services/ */
export function servicesPage(parts: AccountParts) {
  return async (request: PageRequest): Promise<Answer> => {
    const services = await linkedServices(parts, memberOf(request).id);
    return privatePage("~services-page", "Linked services", { services });
  };
}
