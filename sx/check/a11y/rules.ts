// All rules of accessibility that look at one element.

import {
  checkAutocomplete,
  checkAutofocus,
  checkImageText,
  checkKeys,
  checkLinkTarget,
  checkNeededAttributes,
  checkScope,
} from "./attributes.ts";
import {
  checkAriaAttributes,
  checkFocus,
  checkHidden,
  checkRoleFits,
  checkRoleNames,
  checkRoleNeeds,
} from "./roles.ts";
import type { Rule } from "./rule.ts";
import {
  checkCaptions,
  checkFigureCaption,
  checkHeadingText,
  checkLabel,
  checkLinkText,
} from "./structure.ts";

export const a11yRules: readonly Rule[] = [
  checkNeededAttributes,
  checkImageText,
  checkKeys,
  checkAutofocus,
  checkScope,
  checkLinkTarget,
  checkAutocomplete,
  checkRoleNames,
  checkRoleFits,
  checkRoleNeeds,
  checkFocus,
  checkAriaAttributes,
  checkHidden,
  checkHeadingText,
  checkLinkText,
  checkLabel,
  checkCaptions,
  checkFigureCaption,
];
