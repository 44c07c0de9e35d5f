// The tag registry: which names are elements and what the HTML standard says of their content and attributes.
// The front end decides by it what a call's head means; the renderers decide by it what to print.

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Every element of the HTML standard, obsolete ones that still occur in real pages included. */
export const htmlTags = words(`
  a abbr address area article aside audio b base bdi bdo blockquote body br button canvas caption cite code col
  colgroup data datalist dd del details dfn dialog div dl dt em embed fieldset figcaption figure footer form
  h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link main map mark
  math menu meta meter nav noscript object ol optgroup option output p param picture pre progress q rp rt ruby s
  samp script search section select slot small source span strong style sub summary sup svg table tbody td
  template textarea tfoot th thead time title tr track u ul var video wbr`);

/** Elements that only SVG has: plain inside `svg` where no function has the name, else written `svg:name`. */
export const svgTags = words(`
  animate animateMotion animateTransform circle clipPath defs desc ellipse feBlend feColorMatrix
  feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight
  feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology
  feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence filter foreignObject g image line
  linearGradient marker mask metadata mpath path pattern polygon polyline radialGradient rect set stop switch
  symbol text textPath tspan use view`);

/** Tags that SVG shares with HTML by name; `svg:a` and the like are allowed for them too. */
export const sharedSvgTags = words("a script style title svg");

/** Elements without content: they print as one start tag. */
export const voidTags = words("area base br col embed hr img input link meta param source track wbr");

/** Elements whose content is literal text, not markup. */
export const rawTextTags = words("script style");

/** Elements whose content is text with character references but no tags. */
export const escapableTextTags = words("title textarea");

/** Elements that swallow one line break directly after their start tag. */
export const leadingNewlineTags = words("pre textarea listing");

/** True prints the bare name, false and nil print nothing. */
export const booleanAttributes = words(`
  allowfullscreen async autofocus autoplay checked controls default defer disabled formnovalidate hidden inert
  ismap itemscope loop multiple muted nomodule novalidate open playsinline readonly required reversed selected
  shadowrootclonable shadowrootdelegatesfocus shadowrootserializable`);

/** Their values are the words true and false, which must not be dropped. */
const enumeratedAttributes = words(
  "contenteditable draggable spellcheck translate autocorrect writingsuggestions",
);

/** Attributes that hold an address which a browser may follow, load or run. */
export const urlAttributes = words(`
  href src action formaction xlink:href poster cite data background longdesc manifest ping profile usemap
  codebase classid icon archive`);

/** True for attributes whose true and false are printed as words. */
export function printsTruthWords(name: string): boolean {
  return name.startsWith("aria-") || name.startsWith("data-") || enumeratedAttributes.has(name);
}
