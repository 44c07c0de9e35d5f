// Svelte's published codes of accessibility, which were the checklist, and what became of each: the code of ours that
// does its work, or why there is none. Handlers are the reason most often: no element of SX has one, because an
// attribute whose name begins with `on` is refused.

import type { CheckCode } from "./codes.ts";

export interface SvelteCode {
  /** Ours, where there is one. */
  readonly code: CheckCode | null;
  /** What is different, or why there is none; "" where it is the same. */
  readonly note: string;
}

const same = (code: CheckCode, note = ""): SvelteCode => ({ code, note });
const none = (note: string): SvelteCode => ({ code: null, note });

const handlers =
  "elements have no handlers: html/unsafe-attribute refuses every attribute that begins with on";

export const svelteCodes: Readonly<Record<string, SvelteCode>> = {
  a11y_accesskey: same("a11y/accesskey"),
  a11y_aria_activedescendant_has_tabindex: same("a11y/aria-activedescendant-has-tabindex"),
  a11y_aria_attributes: same("a11y/aria-attributes", "all elements that are not shown, not only four"),
  a11y_autocomplete_valid: same("a11y/autocomplete-valid", "also on select, textarea and form"),
  a11y_autofocus: same("a11y/autofocus"),
  a11y_click_events_have_key_events: none(handlers),
  a11y_consider_explicit_label: same("a11y/consider-explicit-label", "components are looked into"),
  a11y_distracting_elements: none("there are no elements marquee and blink: both are unknown names"),
  a11y_figcaption_index: same("a11y/figcaption-index"),
  a11y_figcaption_parent: same("a11y/figcaption-parent"),
  a11y_hidden: same("a11y/hidden"),
  a11y_img_redundant_alt: same("a11y/img-redundant-alt"),
  a11y_incorrect_aria_attribute_type: same("a11y/incorrect-aria-attribute-type"),
  a11y_incorrect_aria_attribute_type_boolean: same("a11y/incorrect-aria-attribute-type"),
  a11y_incorrect_aria_attribute_type_id: same("a11y/incorrect-aria-attribute-type"),
  a11y_incorrect_aria_attribute_type_idlist: same("a11y/incorrect-aria-attribute-type"),
  a11y_incorrect_aria_attribute_type_integer: same("a11y/incorrect-aria-attribute-type"),
  a11y_incorrect_aria_attribute_type_token: same("a11y/incorrect-aria-attribute-type"),
  a11y_incorrect_aria_attribute_type_tokenlist: same("a11y/incorrect-aria-attribute-type"),
  a11y_incorrect_aria_attribute_type_tristate: same("a11y/incorrect-aria-attribute-type"),
  a11y_interactive_supports_focus: same(
    "a11y/interactive-supports-focus",
    "without a look at handlers, for roles that are reached one by one",
  ),
  a11y_invalid_attribute: same(
    "a11y/invalid-attribute",
    "empty addresses; javascript: is html/unsafe-url, an error",
  ),
  a11y_label_has_associated_control: same("a11y/label-has-associated-control"),
  a11y_media_has_caption: same("a11y/media-has-caption"),
  a11y_misplaced_role: same("a11y/misplaced-role"),
  a11y_misplaced_scope: same("a11y/misplaced-scope"),
  a11y_missing_attribute: same("a11y/missing-attribute"),
  a11y_missing_content: same("a11y/missing-content"),
  a11y_mouse_events_have_key_events: none(handlers),
  a11y_no_abstract_role: same("a11y/no-abstract-role"),
  a11y_no_interactive_element_to_noninteractive_role: same(
    "a11y/no-interactive-element-to-noninteractive-role",
  ),
  a11y_no_noninteractive_element_interactions: none(handlers),
  a11y_no_noninteractive_element_to_interactive_role: same(
    "a11y/no-noninteractive-element-to-interactive-role",
  ),
  a11y_no_noninteractive_tabindex: same(
    "a11y/no-noninteractive-tabindex",
    "a region may be gone to, because it may scroll",
  ),
  a11y_no_redundant_roles: same(
    "a11y/no-redundant-roles",
    "list on ul and ol is kept, because a browser forgets it there",
  ),
  a11y_no_static_element_interactions: none(handlers),
  a11y_positive_tabindex: same("a11y/positive-tabindex"),
  a11y_role_has_required_aria_props: same("a11y/role-has-required-aria-props"),
  a11y_role_supports_aria_props: same("a11y/role-supports-aria-props"),
  a11y_role_supports_aria_props_implicit: same("a11y/role-supports-aria-props"),
  a11y_unknown_aria_attribute: same("a11y/unknown-aria-attribute"),
  a11y_unknown_role: same("a11y/unknown-role"),
};
