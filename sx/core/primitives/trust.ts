// Trust: the two doors by which a program vouches for text. `raw!` is the only way from text to markup and
// `trusted-url` the only way round the scheme check, so a search for the two names finds every risk.

import { Markup, TrustedUrl } from "../values.ts";
import { type Primitive, primitive } from "./primitive.ts";

export const trust: readonly Primitive[] = [
  primitive(
    "(raw! html:string) -> markup",
    "Text taken as markup, unescaped. Only for HTML that the program made or has sanitised.",
    (html: string) => new Markup(html, true),
  ),
  primitive(
    "(trusted-url url:string) -> trusted-url",
    "A URL whose scheme renderers do not check. Only for URLs that the program itself made.",
    (url: string) => new TrustedUrl(url),
  ),
];
