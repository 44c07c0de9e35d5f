// Tags and categories for editors: the list, and one of them with its name, address and words, to merge or delete.
// An old address always leads on to the new one.

import { type Answer, goOn, type PageRequest, privatePage } from "@rose-ash/platform/app";
import { editorOf, lineOf, numberIn } from "../../editor.ts";
import { slugFrom, tagPath } from "../../post.ts";
import type { BlogParts } from "../../routes.ts";
import type { ShelvedTag } from "../../store-shelves.ts";

const doneWords: Readonly<Record<string, string>> = {
  changed: "It is saved.",
  merged: "The two are one now. The old address leads to this one.",
  deleted: "It is deleted.",
};

export function tagsPage({ store }: BlogParts) {
  return async (request: PageRequest): Promise<Answer> => {
    editorOf(request);
    const tags = await store.allTags();
    const done = doneWords[request.query.get("done") ?? ""] ?? null;
    return privatePage("~admin-tags-page", "Tags", { tags: tags.map(tagView), done });
  };
}

interface TypedTag {
  readonly name: string;
  readonly slug: string;
  readonly description: string;
}

export function editTagPage(blog: BlogParts) {
  const draw = createTagForm(blog);
  return async (request: PageRequest): Promise<Answer> => {
    editorOf(request);
    const tag = await findTag(blog, request);
    if (tag === null) return { kind: "not-found" };
    const { name, slug, description } = tag;
    const done = doneWords[request.query.get("done") ?? ""] ?? null;
    return draw(tag, { name, slug, description: description ?? "" }, {}, done);
  };
}

export function saveTagPage(blog: BlogParts) {
  const draw = createTagForm(blog);
  const { store, now } = blog;
  return async (request: PageRequest): Promise<Answer> => {
    editorOf(request);
    const tag = await findTag(blog, request);
    if (tag === null) return { kind: "not-found", hint: "This tag was merged or deleted meanwhile." };
    const { form } = request;
    const typed = {
      name: lineOf(form, "name"),
      slug: lineOf(form, "slug") || slugFrom(lineOf(form, "name")),
      description: (form?.get("description") ?? "").replace(/\r\n?/g, "\n").trim(),
    };
    if (form?.get("do") === "merge") {
      const into = numberIn(form.get("into"));
      if (into !== null && (await store.mergeTags(tag.id, into, now())))
        return goOn(`/admin/tags/${into}/?done=merged`);
      return draw(tag, typed, { into: "Choose another tag to file everything under." }, null);
    }
    const errors = tagErrors(typed);
    if (Object.keys(errors).length > 0) return draw(tag, typed, errors, null);
    const change = { ...typed, id: tag.id, description: typed.description || null, now: now() };
    const changed = await store.changeTag(change);
    if (changed.kind === "gone") return { kind: "not-found" };
    if (changed.kind === "taken") {
      const sentence = `“${changed.name}” has this address already. Choose another, or merge the two below.`;
      return draw(tag, typed, { slug: sentence }, null);
    }
    return goOn(`/admin/tags/${tag.id}/?done=changed`);
  };
}

function tagErrors({ name, slug, description }: TypedTag): Record<string, string> {
  const errors: Record<string, string> = {};
  if (name === "") errors.name = "Give it a name.";
  else if (name.length > 200) errors.name = "The name is too long: at most 200 characters fit.";
  if (slugFrom(slug) !== slug)
    errors.slug = `Use small letters, digits and hyphens, such as “${slugFrom(slug)}”.`;
  if (description.length > 5000) errors.description = "At most 5000 characters fit here.";
  return errors;
}

export function askDeleteTagPage(blog: BlogParts) {
  return async (request: PageRequest): Promise<Answer> => {
    editorOf(request);
    const tag = await findTag(blog, request);
    if (tag === null) return { kind: "not-found" };
    const posts = tag.posts === 1 ? "One post bears it and stays" : `${tag.posts} posts bear it and stay`;
    return privatePage("~admin-confirm-page", "Delete this tag?", {
      heading: `Delete “${tag.name}”?`,
      sentences: [
        `${posts} as they are, without it.`,
        `Its page ${tagPath(tag)} will not be there any more.`,
      ],
      action: `/admin/tags/${tag.id}/delete/`,
      label: "Delete it",
      back: `/admin/tags/${tag.id}/`,
    });
  };
}

export function deleteTagPage(blog: BlogParts) {
  return async (request: PageRequest): Promise<Answer> => {
    editorOf(request);
    const tag = await findTag(blog, request);
    if (tag === null) return { kind: "not-found" };
    await blog.store.deleteTag(tag.id, blog.now());
    return goOn("/admin/tags/?done=deleted");
  };
}

async function findTag({ store }: BlogParts, { params }: PageRequest): Promise<ShelvedTag | null> {
  const id = numberIn(params.id);
  return id === null ? null : await store.tagById(id);
}

function createTagForm({ store }: BlogParts) {
  return async (
    tag: ShelvedTag,
    typed: TypedTag,
    errors: Readonly<Record<string, string>>,
    done: string | null,
  ): Promise<Answer> => {
    const all = await store.allTags();
    const others = all.filter(({ id }) => id !== tag.id);
    return privatePage(
      "~admin-tag-page",
      "Edit a tag",
      {
        tag: tagView(tag),
        typed,
        errors,
        done,
        others: others.map((other) => ({
          value: String(other.id),
          label: `${other.name} (${kindWord(other)})`,
        })),
      },
      Object.keys(errors).length > 0 ? 422 : 200,
    );
  };
}

function kindWord({ kind, internal }: ShelvedTag): string {
  return internal ? "internal tag" : kind;
}

function tagView(tag: ShelvedTag) {
  const { id, name, posts, internal } = tag;
  return {
    id,
    name,
    posts,
    kind: kindWord(tag),
    href: `/admin/tags/${id}/`,
    path: internal ? null : tagPath(tag),
  };
}
