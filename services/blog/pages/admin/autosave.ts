// Autosaving: a script sends the form of a post every few seconds and is answered with a small document. Only the
// working copy is written, never what visitors see. Answers {kind: "kept", savedAt, version, basedOn} where
// `version` is the post's: one that is larger than `basedOn` says that somebody else saved meanwhile.

import type { Answer, PageRequest } from "@rose-ash/platform/app";
import { editorOf, numberIn } from "../../editor.ts";
import { longestText, readManuscript } from "../../manuscript.ts";
import type { BlogParts } from "../../routes.ts";

export function autosavePage({ store, now }: BlogParts) {
  return async (request: PageRequest): Promise<Answer> => {
    const editor = editorOf(request);
    const postId = numberIn(request.params.id);
    const basedOn = numberIn(request.form?.get("version"));
    if (postId === null) return said(404, { kind: "gone" });
    if (basedOn === null || !request.form?.has("text")) {
      return said(400, { kind: "not-understood", sentence: "Send the post's whole form, with its version." });
    }
    const typed = readManuscript(request.form);
    if (typed.text.length > longestText) {
      return said(413, { kind: "too-long", sentence: `At most ${longestText} characters are kept.` });
    }
    const savedAt = now();
    const kept = await store.keepWorkingCopy({ postId, basedOn, fields: { ...typed }, editor, now: savedAt });
    if (kept === null) return said(410, { kind: "gone" });
    return said(200, { kind: "kept", savedAt: savedAt.toISOString(), version: kept.version, basedOn });
  };
}

function said(status: number, document: Readonly<Record<string, unknown>>): Answer {
  return {
    kind: "document",
    type: "application/json",
    body: JSON.stringify(document),
    status,
    cache: "none",
  };
}
