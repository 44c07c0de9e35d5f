// Erasing oneself: what goes and what stays, the word that must be typed, and the page that shows how far it is.
// That page has an address of its own that nobody can guess, because whoever is erased cannot sign in.
import {
  type Answer,
  goOn,
  memberOf,
  momentWriter,
  type PageRequest,
  privatePage,
} from "@rose-ash/platform/app";
import { type ErasureOutcome, requestErasure } from "../erasure.ts";
import { describeService } from "../linked-services.ts";
import { checkRecentSignIn } from "../recent-sign-in.ts";
import type { AccountParts } from "../routes.ts";
import { isUuid } from "../uuid.ts";
import type { SigningIn } from "./sign-in.ts";

const word = "ERASE";

/** GET /erase/ */
export function erasePage({ parts }: SigningIn) {
  return (request: PageRequest): Answer => {
    memberOf(request);
    return show(parts, { typed: "", error: null });
  };
}

/** POST /erase/ with `word`, shortly after a sign-in. */
export function confirmErasePage({ parts, keys, signIns }: SigningIn) {
  return async (request: PageRequest): Promise<Answer> => {
    const { id: memberId } = memberOf(request);
    const typed = request.form?.get("word") ?? "";
    if (typed.trim() !== word) {
      return show(parts, { typed: typed.slice(0, 100), error: `Type the word ${word}, in capital letters.` });
    }
    const recent = await checkRecentSignIn(parts, signIns, request, "/erase/");
    if (recent.kind === "sign-in-again") return goOn(recent.to);
    const outcome = await requestErasure(parts, keys, { memberId, requestId: request.id });
    if (outcome.kind === "requested") return goOn(`/erasures/${outcome.erasureId}/`);
    return show(parts, { typed, error: sentences[outcome.kind] });
  };
}

const sentences: Readonly<Record<Exclude<ErasureOutcome["kind"], "requested">, string>> = {
  "last-operator": "You are the only operator: make somebody else one first, under Members.",
  "no-member": "This account has been erased.",
};

function show({ site }: AccountParts, shown: { typed: string; error: string | null }): Answer {
  const status = shown.error === null ? 200 : 422;
  return privatePage("~erase-page", "Erase your account", { siteTitle: site.title, word, ...shown }, status);
}

/** GET /erasures/:id/ */
export function erasurePage({ store, site }: AccountParts) {
  const written = momentWriter(site);
  return async ({ params }: PageRequest): Promise<Answer> => {
    const erasure = isUuid(params.id) ? await store.erasures.find(params.id) : null;
    if (!erasure) return { kind: "not-found" };
    const { finishedAt, steps } = erasure;
    const title = finishedAt === null ? "Your account is being erased" : "Your account is erased";
    const answer = privatePage("~erasure-page", title, {
      requested: written(erasure.requestedAt),
      finished: finishedAt && written(finishedAt),
      steps: steps.map(({ service, isDone, kept }) => ({
        title: describeService(service).title,
        isDone,
        kept,
      })),
      siteTitle: site.title,
    });
    return { ...answer, referrer: "none" };
  };
}
