// ARIA as tables: the attributes with what they take, and the roles with the attributes that each has. From WAI-ARIA
// 1.2 with the additions that browsers know already; digital publishing and graphics roles are known by name alone.

const words = (text: string): string[] => text.trim().split(/\s+/);

/** What an attribute takes; `words` for one of some words, `several` for any number of them. */
export interface AriaType {
  readonly kind: "boolean" | "tristate" | "integer" | "number" | "id" | "ids" | "text" | "words" | "several";
  readonly words: readonly string[];
}

/** A line a type; `name=word|word` names the words that an attribute takes. */
const attributeText = `
boolean: atomic busy disabled modal multiline multiselectable readonly required
boolean: expanded grabbed hidden selected
tristate: checked pressed
integer: colcount colindex colspan level posinset rowcount rowindex rowspan setsize
number: valuemax valuemin valuenow
id: activedescendant details errormessage
ids: controls describedby flowto labelledby owns
text: braillelabel brailleroledescription colindextext description keyshortcuts label placeholder roledescription
text: rowindextext valuetext
words: autocomplete=inline|list|both|none current=page|step|location|date|time|true|false
words: haspopup=false|true|menu|listbox|tree|grid|dialog invalid=grammar|false|spelling|true
words: live=assertive|off|polite orientation=vertical|undefined|horizontal sort=ascending|descending|none|other
several: dropeffect=copy|execute|link|move|none|popup relevant=additions|all|removals|text`;

/** Every aria attribute, whole name first, with what it takes. */
export const ariaAttributes: ReadonlyMap<string, AriaType> = new Map(
  attributeText
    .trim()
    .split("\n")
    .flatMap((line) => {
      const [kind = "", rest = ""] = line.split(": ");
      return words(rest).map((entry): [string, AriaType] => {
        const [name, values] = entry.split("=");
        return [
          `aria-${name}`,
          { kind: kind as AriaType["kind"], words: values?.split("|") ?? [] }, // the lines above name no other
        ];
      });
    }),
);

/** May stand on every role. */
const globalAttributes = words(`
  atomic braillelabel brailleroledescription busy controls current describedby description details dropeffect flowto
  grabbed hidden keyshortcuts label labelledby live owns relevant roledescription`);

const cell = "colindex colindextext colspan rowindex rowindextext rowspan";
const field = "disabled errormessage invalid readonly required";

/** Each role with its attributes beside the global ones; an exclamation mark stands after those it needs. */
const roleText = `
alert
alertdialog: modal
application: activedescendant disabled errormessage expanded haspopup invalid
article: posinset setsize
banner
blockquote
button: disabled expanded haspopup pressed
caption
cell: ${cell}
checkbox: checked! expanded ${field}
code
columnheader: sort ${cell} ${field} expanded haspopup selected
combobox: expanded! controls activedescendant autocomplete haspopup ${field}
comment: level posinset setsize
complementary
contentinfo
definition
deletion
dialog: modal
directory
document
emphasis
feed
figure
form
generic
grid: multiselectable readonly activedescendant disabled colcount rowcount
gridcell: ${cell} ${field} expanded haspopup selected
group: activedescendant disabled
heading: level!
image
img
insertion
link: disabled expanded haspopup
list
listbox: ${field} expanded multiselectable orientation activedescendant
listitem: level posinset setsize
log
main
mark
marquee
math
menu: orientation activedescendant disabled
menubar: orientation activedescendant disabled
menuitem: disabled expanded haspopup posinset setsize
menuitemcheckbox: checked! expanded haspopup posinset setsize ${field}
menuitemradio: checked! expanded haspopup posinset setsize ${field}
meter: valuenow! valuetext valuemax valuemin
navigation
none
note
option: selected checked posinset setsize disabled
paragraph
presentation
progressbar: valuetext valuemax valuemin valuenow
radio: checked! posinset setsize disabled
radiogroup: ${field} activedescendant orientation
region
row: colindex colindextext rowindex rowindextext expanded level posinset selected setsize activedescendant disabled
rowgroup
rowheader: sort ${cell} ${field} expanded haspopup selected
scrollbar: controls! valuenow! disabled valuetext orientation valuemax valuemin
search
searchbox: activedescendant autocomplete haspopup multiline placeholder ${field}
separator: disabled orientation valuemax valuemin valuenow valuetext
slider: valuenow! errormessage haspopup invalid readonly valuetext orientation valuemax valuemin disabled
spinbutton: ${field} valuetext valuenow activedescendant valuemax valuemin
status
strong
subscript
suggestion
superscript
switch: checked! expanded ${field}
tab: disabled expanded haspopup posinset selected setsize
table: colcount rowcount
tablist: level multiselectable orientation activedescendant disabled
tabpanel
term
textbox: activedescendant autocomplete haspopup multiline placeholder ${field}
time
timer
toolbar: orientation activedescendant disabled
tooltip
tree: errormessage invalid multiselectable required orientation activedescendant disabled
treegrid: activedescendant disabled multiselectable readonly colcount rowcount orientation errormessage invalid required
treeitem: selected expanded haspopup level posinset setsize disabled checked`;

interface Role {
  /** Whole names of the attributes it may have, the global ones among them. */
  readonly attributes: ReadonlySet<string>;
  /** Whole names of those it needs. */
  readonly needed: readonly string[];
}

/** Roles of whose attributes something is known. */
export const roles: ReadonlyMap<string, Role> = new Map(
  roleText
    .trim()
    .split("\n")
    .map((line) => {
      const [name = "", rest = ""] = line.split(": ");
      const own = rest === "" ? [] : words(rest);
      const plain = own.map((word) => word.replace("!", ""));
      const needed = own.filter((word) => word.endsWith("!")).map((word) => `aria-${word.slice(0, -1)}`);
      const attributes = new Set([...globalAttributes, ...plain].map((attribute) => `aria-${attribute}`));
      return [name, { attributes, needed }];
    }),
);

/** Roles that only order the others. */
export const abstractRoles: ReadonlySet<string> = new Set(
  words("command composite input landmark range roletype section sectionhead select structure widget window"),
);

const furtherRoles = words(`
  doc-abstract doc-acknowledgments doc-afterword doc-appendix doc-backlink doc-biblioentry doc-bibliography
  doc-biblioref doc-chapter doc-colophon doc-conclusion doc-cover doc-credit doc-credits doc-dedication doc-endnote
  doc-endnotes doc-epigraph doc-epilogue doc-errata doc-example doc-footnote doc-foreword doc-glossary doc-glossref
  doc-index doc-introduction doc-noteref doc-notice doc-pagebreak doc-pagefooter doc-pageheader doc-pagelist doc-part
  doc-preface doc-prologue doc-pullquote doc-qna doc-subtitle doc-tip doc-toc graphics-document graphics-object
  graphics-symbol`);

/** Every role that an element may be given. */
export const knownRoles: ReadonlySet<string> = new Set([...roles.keys(), ...furtherRoles]);

/** Roles of things that can be used. */
export const interactiveRoles: ReadonlySet<string> = new Set(
  words(`
  button checkbox columnheader combobox grid gridcell link listbox menu menubar menuitem menuitemcheckbox
  menuitemradio option radio radiogroup row rowheader scrollbar searchbox slider spinbutton switch tab tablist textbox
  toolbar tree treegrid treeitem doc-backlink doc-biblioref doc-glossref doc-noteref`),
);

/** Roles of things that the keyboard must reach one by one; parts of a composite may be reached through it. */
export const focusableRoles: ReadonlySet<string> = new Set(
  words("button checkbox combobox link searchbox slider spinbutton switch textbox"),
);
