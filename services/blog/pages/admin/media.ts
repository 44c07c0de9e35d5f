// Pictures: those that editors sent, where they are used, sending one, and the words for those who do not see it.
// What a picture is and how large it may be is judged by the media store; its sentence stands beside the field.

import {
  type Answer,
  askedPage,
  goOn,
  hasPage,
  momentWriter,
  type PageRequest,
  pageNonsense,
  pagingView,
  privatePage,
} from "@rose-ash/platform/app";
import { imageView } from "../../card.ts";
import { editorOf, lineOf } from "../../editor.ts";
import type { BlogParts } from "../../routes.ts";
import type { Picture } from "../../store-shelves.ts";

const perPage = 24;
const longestAlt = 1000;

const doneWords: Readonly<Record<string, string>> = {
  sent: "The picture is kept. Copy its Markdown line into a post to show it.",
  described: "The words are saved. Posts keep the words that stand in their text.",
  deleted: "The picture is taken from the list.",
};

interface TypedPicture {
  readonly alt: string;
  readonly decorative: boolean;
}

export function mediaPage(blog: BlogParts) {
  const draw = createMediaList(blog);
  return (request: PageRequest): Promise<Answer> => {
    editorOf(request);
    return draw(request, { alt: "", decorative: false }, {});
  };
}

export function sendPicturePage(blog: BlogParts) {
  const draw = createMediaList(blog);
  const { media, store, now } = blog;
  return async (request: PageRequest): Promise<Answer> => {
    const editor = editorOf(request);
    const typed = readWords(request.form);
    const file = request.files.get("file");
    const errors: { file?: string; alt?: string } = {};
    const altError = wordsError(typed);
    if (altError !== null) errors.alt = altError;
    if (file === undefined || file.bytes.byteLength === 0) errors.file = "Choose a picture to send.";
    else {
      const outcome = await media.storeImage(file.bytes);
      if (outcome.kind === "refused") errors.file = outcome.sentence;
      else if (altError === null) {
        const sentAs = file.name.replaceAll("\0", "").toWellFormed().slice(0, 200);
        await store.keepPicture(outcome, { alt: typed.alt, sentAs }, editor, now());
        return goOn("/admin/media/?done=sent");
      }
    }
    if (errors.file === undefined)
      errors.file = "Choose the picture once more: a browser does not send it along twice.";
    return draw(request, typed, errors);
  };
}

export function picturePage({ store, site }: BlogParts) {
  const writeMoment = momentWriter(site);
  return async (request: PageRequest): Promise<Answer> => {
    editorOf(request);
    const picture = await store.picture(request.params.name ?? "");
    if (picture === null) return { kind: "not-found" };
    const typed = { alt: picture.alt, decorative: picture.alt === "" };
    return drawPicture(picture, typed, {}, writeMoment);
  };
}

/** Saves the words of a picture, or takes it from the list. */
export function changePicturePage({ store, site, now }: BlogParts) {
  const writeMoment = momentWriter(site);
  return async (request: PageRequest): Promise<Answer> => {
    editorOf(request);
    const picture = await store.picture(request.params.name ?? "");
    if (picture === null) return { kind: "not-found" };
    const typed = readWords(request.form);
    if (request.form?.get("do") === "delete") {
      if (picture.usedIn.length > 0) {
        const sentence = "Posts show this picture. Take it out of them first; they are named below.";
        return drawPicture(picture, typed, { used: sentence }, writeMoment);
      }
      await store.deletePicture(picture.name, now());
      return goOn("/admin/media/?done=deleted");
    }
    const error = wordsError(typed);
    if (error !== null) return drawPicture(picture, typed, { alt: error }, writeMoment);
    await store.describePicture(picture.name, typed.alt);
    return goOn("/admin/media/?done=described");
  };
}

/** Words that are typed are never thrown away because "decorative" was ticked as well: that is asked about. */
function readWords(form: URLSearchParams | null): TypedPicture {
  return { alt: lineOf(form, "alt"), decorative: form?.get("decorative") === "yes" };
}

function wordsError({ alt, decorative }: TypedPicture): string | null {
  if (alt.length > longestAlt) return `At most ${longestAlt} characters fit here.`;
  if (alt === "" && !decorative)
    return "Say in a sentence what the picture shows, or tick that it only decorates.";
  return alt !== "" && decorative
    ? "Either describe the picture or tick that it only decorates, not both."
    : null;
}

function createMediaList({ store, site }: BlogParts) {
  const writeMoment = momentWriter(site);
  return async (
    request: PageRequest,
    typed: TypedPicture,
    errors: { readonly file?: string; readonly alt?: string },
  ): Promise<Answer> => {
    const asked = askedPage(request);
    if (asked.kind === "nonsense") return { kind: "bad-request", sentence: pageNonsense };
    const { pictures, total } = await store.pictures(asked.number, perPage);
    if (!hasPage(asked.number, total, perPage)) return { kind: "not-found" };
    const props = {
      pictures: pictures.map((picture) => pictureView(picture, writeMoment)),
      typed,
      errors,
      paging: pagingView("/admin/media/", asked.number, total, perPage),
      done: doneWords[request.query.get("done") ?? ""] ?? null,
    };
    return privatePage("~admin-media-page", "Pictures", props, Object.keys(errors).length > 0 ? 422 : 200);
  };
}

function drawPicture(
  picture: Picture,
  typed: TypedPicture,
  errors: { readonly alt?: string; readonly used?: string },
  writeMoment: (at: Date) => string,
): Answer {
  const props = { picture: pictureView(picture, writeMoment), typed, errors };
  return privatePage("~admin-picture-page", "A picture", props, Object.keys(errors).length > 0 ? 422 : 200);
}

function pictureView(picture: Picture, writeMoment: (at: Date) => string) {
  const { name, alt, width, height, sentAs, uploadedName, createdAt, usedIn } = picture;
  return {
    name,
    href: `/admin/media/${name}/`,
    image: imageView({ ...picture, caption: null }),
    alt,
    address: `/media/${name}`,
    markdown: `![${alt.replace(/[\\[\]]/g, "\\$&")}](/media/${name})`,
    size: `${width} × ${height}`,
    sentAs,
    who: uploadedName,
    when: writeMoment(createdAt),
    usedIn: usedIn.map((use) => ({
      title: use.title === "" ? "Without a title" : use.title,
      href: use.href,
    })),
  };
}
