// A rule: looks at one element, with what stands around it in the same text, and tells what is wrong. It must be
// silent where it cannot know.

import type { Span } from "../../core/source.ts";
import type { CheckCode, CheckDetails } from "../codes.ts";
import type { Element } from "../element.ts";

/** What is known of the place of an element. */
export interface Around {
  /** Outermost first; whatever stands around the first is not known. */
  readonly ancestors: readonly Element[];
}

/** The details of a code without what every caller knows. */
type Own<C extends CheckCode> = Omit<CheckDetails<C>, "inside">;

/** Takes a finding; without a place it is that of the element. */
export type Tell = <C extends CheckCode>(code: C, details: Own<C>, span?: Span | null) => void;

export type Rule = (element: Element, tell: Tell, around: Around) => void;
