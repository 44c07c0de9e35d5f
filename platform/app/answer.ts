// What a page answers: a value that says what to send, never a response object.
// The app factory turns it into bytes, headers and status in one place (send.ts), so no page can
// forget a security header or write one of its own. At the end are the answers that are made again and again.

/** Who may keep a copy: anyone (`public`), this visitor's browser (`private`, the default) or nobody. */
export type Caching = "public" | "private" | "none";

export type Answer =
  | {
      readonly kind: "page";
      /** The SX component to draw, such as "~post-page"; it gets `props` and the `shell`. */
      readonly component: string;
      readonly props: Readonly<Record<string, unknown>>;
      readonly status?: number;
      readonly lastModified?: Date;
      readonly cache?: Caching;
      /** "none": no page that is asked for from here learns this one's address, for it holds a secret. */
      readonly referrer?: "none";
    }
  | {
      readonly kind: "redirect";
      /** A path of this service ("/post/?a=1"), or with `offsite` a whole http(s) address elsewhere. */
      readonly to: string;
      readonly status: 301 | 302 | 303 | 307 | 308;
      /** Must be said aloud, so that a visitor's input can never send somebody to another site by accident. */
      readonly offsite?: true;
    }
  | {
      readonly kind: "document";
      /** The media type; "; charset=utf-8" is added to texts. */
      readonly type: string;
      readonly body: string | Uint8Array;
      readonly status?: number;
      readonly lastModified?: Date;
      readonly cache?: Caching;
    }
  /** Nothing here; `hint` is a sentence that may help the visitor on. */
  | { readonly kind: "not-found"; readonly hint?: string }
  /** The visitor's input cannot be understood; `sentence` says what and is shown to them. */
  | { readonly kind: "bad-request"; readonly sentence: string }
  /** The visitor has done this too often; `sentence` says so, and Retry-After when there is room again. */
  | { readonly kind: "too-many"; readonly retryAfterSeconds: number; readonly sentence: string }
  /** Something was here and was taken away for good. */
  | { readonly kind: "gone" };

/** A page for one person: nobody keeps a copy of it and no robot lists it. */
export function privatePage(
  component: string,
  title: string,
  props: Readonly<Record<string, unknown>>,
  status = 200,
): Extract<Answer, { kind: "page" }> {
  return {
    kind: "page",
    component,
    props: { head: { title, noindex: true }, ...props },
    status,
    cache: "none",
  };
}

/** On to a page of this service, after a form was taken. */
export function goOn(to: string): Answer {
  return { kind: "redirect", to, status: 303 };
}
