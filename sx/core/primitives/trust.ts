// Trust: the two doors by which a program vouches for text. `raw!` is the only way from text to markup and
// `trusted-url` the only way round the scheme check, so a search for the two names finds every risk.

import { Markup, TrustedUrl } from "../values.ts";
import { fromRow } from "./from-row.ts";
import type { Primitive } from "./primitive.ts";

export const trust: readonly Primitive[] = [
  fromRow("raw!", (html: string) => new Markup(html, true)),
  fromRow("trusted-url", (url: string) => new TrustedUrl(url)),
];
