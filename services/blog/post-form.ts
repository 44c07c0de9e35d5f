// The form of a post as its view shows it: what is typed, what is wrong, what can be chosen and what can be done.
// Which buttons there are follows from the state of the post; the first of them never changes what visitors see.

import { type Answer, momentWriter, privatePage } from "@rose-ash/platform/app";
import { type PostState, stateOf } from "./announcement.ts";
import { compareTexts } from "./comparison.ts";
import { type DeskPost, type Editor, parallelMinutes, type WorkingCopy } from "./desk-post.ts";
import { editableText, type Manuscript, type ManuscriptErrors } from "./manuscript.ts";
import type { BlogParts } from "./routes.ts";

export interface Notice {
  readonly title: string;
  readonly text: string;
  /** A form with one button, for what can be done about it. */
  readonly action?: { readonly href: string; readonly label: string };
}

export interface PostFormRequest {
  /** Null for a post that is not begun yet. */
  readonly post: DeskPost | null;
  readonly kind: "post" | "page";
  /** The key of a post that is not begun yet. */
  readonly key: string;
  readonly typed: Manuscript;
  readonly errors: ManuscriptErrors;
  readonly basedOn: number;
  readonly notices: readonly Notice[];
  readonly status?: number;
  /** When somebody else saved the post meanwhile. */
  readonly conflict?: Awaited<ReturnType<typeof conflictView>>;
}

const buttons: Readonly<Record<PostState | "new", readonly (readonly [action: string, label: string])[]>> = {
  new: [
    ["save", "Save draft"],
    ["preview", "Preview"],
    ["publish", "Publish or schedule"],
  ],
  draft: [
    ["save", "Save draft"],
    ["preview", "Preview"],
    ["publish", "Publish or schedule"],
  ],
  private: [
    ["save", "Save, still private"],
    ["preview", "Preview"],
    ["publish", "Publish or schedule"],
  ],
  scheduled: [
    ["keep", "Keep for later, as it is scheduled"],
    ["preview", "Preview"],
    ["publish", "Save and keep it scheduled"],
    ["unpublish", "Make it a draft again"],
  ],
  published: [
    ["keep", "Keep for later, without updating"],
    ["preview", "Preview"],
    ["publish", "Update the published post"],
    ["unpublish", "Unpublish"],
  ],
};

/** What was meant is still what the first button does; of a post that was published meanwhile that is said. */
function conflictButtons(action: string, state: PostState | "new") {
  if (action === "save" && (state === "published" || state === "scheduled")) {
    return [["publish", "Save mine as the new version, which is public now"], ...buttons[state]] as const;
  }
  const words =
    action === "unpublish" ? "Unpublish, with mine as the new version" : "Save mine as the new version";
  return [
    [action, words],
    ["preview", "Preview"],
  ] as const;
}

const audiences = [
  ["public", "Everybody"],
  ["members", "Members"],
  ["paid", "Supporters: members with a level"],
  ["password", "Whoever has the password"],
] as const;

/** Draws the form of a post. */
export function createPostForm({ store, site, now }: BlogParts) {
  const writeMoment = momentWriter(site);
  return async (request: PostFormRequest): Promise<Answer> => {
    const { post, typed, errors, conflict } = request;
    const names = await store.knownNames();
    const pictures = await store.knownPictures();
    const state = post === null ? "new" : stateOf(post, now());
    const noun = request.kind === "page" ? "page" : "post";
    const heading = post === null ? `Write a ${noun}` : `Edit the ${noun}`;
    const title = Object.keys(errors).length > 0 ? `To mend: ${heading}` : heading;
    const form = {
      action: post === null ? "/admin/posts/new/" : `/admin/posts/${post.id}/`,
      key: post === null ? request.key : null,
      kind: request.kind,
      version: request.basedOn,
      typed,
      errors,
      isHtml: typed.format === "html",
      zone: site.timeZone,
      siteLanguage: site.language,
      audiences: audiences.map(([value, label]) => ({ value, label, selected: value === typed.visibility })),
      hasPassword: post !== null && post.passwordHash !== null,
      names,
      pictures: pictures.map(({ name, words }) => ({ value: `/media/${name}`, label: words })),
      buttons: (conflict ? conflictButtons(conflict.action, state) : buttons[state]).map(
        ([value, label]) => ({
          value,
          label,
        }),
      ),
    };
    const shown = post && {
      id: post.id,
      path: state === "published" ? post.path : null,
      state: stateLine(post, state as PostState, writeMoment), // a post that is there is not new
    };
    const props = { heading, form, post: shown, notices: request.notices, conflict: conflict ?? null };
    return privatePage("~admin-post-page", title, props, request.status);
  };
}

function stateLine(post: DeskPost, state: PostState, writeMoment: (at: Date) => string): string {
  const changed = `last changed ${writeMoment(post.updatedAt)}`;
  if (state === "published" && post.publishedAt)
    return `Published ${writeMoment(post.publishedAt)}, ${changed}.`;
  if (state === "scheduled" && post.publishedAt)
    return `Scheduled: it appears ${writeMoment(post.publishedAt)}; ${changed}.`;
  return state === "private" ? `Private: nobody but editors sees it; ${changed}.` : `A draft, ${changed}.`;
}

/** What an editor should know before typing: their own unsaved text, and others who are at it. */
export function copyNotices(
  copies: readonly WorkingCopy[],
  post: DeskPost,
  editor: Editor,
  now: Date,
  writeMoment: (at: Date) => string,
): Notice[] {
  return copies.flatMap((copy): Notice[] => {
    if (copy.memberId === editor.id) {
      const older =
        copy.basedOn < post.version
          ? " The post was saved by somebody since; saving yours will show both."
          : "";
      const text = `The form holds what you typed until ${writeMoment(copy.updatedAt)}; it is not saved yet.${older}`;
      const action = { href: `/admin/posts/${post.id}/discard/`, label: "Put my unsaved text away" };
      return [{ title: "Your unsaved text", text, action }];
    }
    if (now.getTime() - copy.updatedAt.getTime() > parallelMinutes * 60_000) return [];
    const text = `${copy.memberName} was typing here at ${writeMoment(copy.updatedAt)} and has not saved yet. Ask before you change much: whoever saves second is shown both texts.`;
    return [{ title: "Somebody else is at this post", text }];
  });
}

/** What an editor is shown when the post was saved by somebody else meanwhile. */
export async function conflictView(
  { store, site }: BlogParts,
  stored: DeskPost,
  { typed, basedOn, action }: { typed: Manuscript; basedOn: number; action: string },
) {
  const last = await store.revisionOfVersion(stored.id, stored.version);
  const begun = await store.revisionOfVersion(stored.id, basedOn);
  const theirs = editableText(stored);
  const start = begun && editableText({ ...begun, previewHtml: null });
  const comparable = start !== null && start.format === theirs.format && start.format === typed.format;
  return {
    who: last?.authorName ?? "Somebody, by an import or a command,",
    when: momentWriter(site)(stored.updatedAt),
    title: stored.title,
    text: theirs.text,
    theirs: comparable ? { ...compareTexts(start.text, theirs.text) } : null,
    mine: comparable ? { ...compareTexts(start.text, typed.text) } : null,
    between: { ...compareTexts(theirs.text, typed.text) },
    discard: `/admin/posts/${stored.id}/discard/`,
    action,
  };
}
