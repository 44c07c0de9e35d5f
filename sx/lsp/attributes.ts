// The attributes of HTML's elements, for completion: the global ones, and by element those of the HTML standard's
// index. What may be in them is decided elsewhere (../render/attributes.ts); handlers are left out, being refused.

const words = (text: string): string[] => text.trim().split(/\s+/);

const everywhere = words(`
  class id style title lang dir hidden inert tabindex role accesskey autocapitalize autofocus contenteditable
  draggable enterkeyhint inputmode is itemid itemprop itemref itemscope itemtype nonce part popover slot
  spellcheck translate aria-label aria-labelledby aria-describedby aria-hidden aria-current aria-expanded
  aria-controls aria-live aria-pressed aria-selected aria-disabled aria-invalid aria-required`);

const media = "src crossorigin preload autoplay loop muted controls";
const form = "form name disabled";
const cell = "colspan rowspan headers";

const byTag: Readonly<Record<string, readonly string[]>> = {
  a: words("href target download ping rel hreflang type referrerpolicy"),
  area: words("alt coords shape href target download ping rel referrerpolicy"),
  audio: words(media),
  base: words("href target"),
  blockquote: words("cite"),
  button: words(
    `${form} type value formaction formenctype formmethod formnovalidate formtarget popovertarget popovertargetaction command commandfor`,
  ),
  canvas: words("width height"),
  col: words("span"),
  colgroup: words("span"),
  data: words("value"),
  del: words("cite datetime"),
  details: words("open name"),
  dialog: words("open closedby"),
  embed: words("src type width height"),
  fieldset: words(form),
  form: words("action method enctype accept-charset autocomplete name novalidate target rel"),
  html: words("xmlns"),
  iframe: words("src srcdoc name sandbox allow allowfullscreen width height referrerpolicy loading"),
  img: words(
    "src alt srcset sizes width height loading decoding fetchpriority crossorigin usemap ismap referrerpolicy",
  ),
  input: words(
    `${form} type value placeholder required readonly checked min max step minlength maxlength pattern size multiple accept alt autocomplete capture dirname list src width height formaction formenctype formmethod formnovalidate formtarget popovertarget popovertargetaction`,
  ),
  ins: words("cite datetime"),
  label: words("for"),
  li: words("value"),
  link: words(
    "href rel as type media sizes hreflang crossorigin integrity referrerpolicy imagesrcset imagesizes blocking color disabled fetchpriority",
  ),
  map: words("name"),
  meta: words("name content charset http-equiv media property"),
  meter: words("value min max low high optimum"),
  object: words("data type name form width height"),
  ol: words("reversed start type"),
  optgroup: words("disabled label"),
  option: words("value selected disabled label"),
  output: words("for form name"),
  progress: words("value max"),
  q: words("cite"),
  script: words("src type async defer nomodule crossorigin integrity referrerpolicy blocking fetchpriority"),
  select: words(`${form} required multiple size autocomplete`),
  slot: words("name"),
  source: words("src srcset sizes type media width height"),
  style: words("media blocking"),
  svg: words(
    "viewBox width height xmlns fill stroke stroke-width stroke-linecap stroke-linejoin preserveAspectRatio focusable",
  ),
  td: words(cell),
  template: words("shadowrootmode shadowrootdelegatesfocus shadowrootclonable shadowrootserializable"),
  textarea: words(
    `${form} rows cols wrap placeholder required readonly minlength maxlength autocomplete dirname`,
  ),
  th: words(`${cell} scope abbr`),
  time: words("datetime"),
  track: words("src kind srclang label default"),
  video: words(`${media} poster playsinline width height`),
};

/** The attributes an element may have, its own first. */
export function attributesOf(tag: string): readonly string[] {
  return [...(Object.hasOwn(byTag, tag) ? (byTag[tag] as readonly string[]) : []), ...everywhere]; // its own entry
}
