// The codes that are the checker's own, beside the kinds of error of the language (core/error-kinds.ts): how grave
// each is, what it is about in a line, what it says and what to do. All text that the checker tells stands here and
// there. Which of Svelte's codes each a11y code answers to is in svelte.ts.

export type Level = "error" | "warning" | "note";

interface Code<Details> {
  readonly level: Level;
  /** What it finds, for a list of all codes. */
  readonly about: string;
  readonly message: (details: Details) => string;
  readonly help: (details: Details) => string | null;
}

function code<Details>(
  level: Level,
  about: string,
  message: (details: Details) => string,
  help: (details: Details) => string | null,
): Code<Details> {
  return { level, about, message, help };
}

type Nothing = Record<string, never>;
type Element = { readonly tag: string };
type Attribute = { readonly tag: string; readonly attribute: string };
/** In which component that is called here the thing stands, or null for the text itself. */
type Inside = { readonly inside: string | null };

const within = ({ inside }: Inside): string => (inside === null ? "" : ` in ${inside} as it is called here`);
const oneOf = (words: readonly string[]): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;

const nestingProblems = {
  closes: "so it ends where the {child} begins",
  dropped: "so the {child} is dropped",
  moved: "so the {child} lands somewhere else",
  text: "so the {child} is read as text",
  implied: "so a {between} nobody wrote is put around the {child}",
  foreign: "so it becomes an element of another language",
} as const;

export const codes = {
  "names/tag-shadow": code<{ name: string }>(
    "warning",
    "a local heads a call that is read as an HTML element",
    (d) => `${d.name} is a local here, but a call of it is always read as the element`,
    (d) => `write html:${d.name} for the element, or give the local another name`,
  ),
  "names/unused": code<{ name: string; what: string }>(
    "warning",
    "a binding that nothing reads",
    (d) => `the ${d.what} ${d.name} is never read`,
    (d) =>
      d.what === "prop"
        ? "remove it from the header, or use it"
        : `remove it, or call it _${d.name} to say so`,
  ),
  "case/duplicate": code<{ key: string }>(
    "warning",
    "a key that stands twice in a case",
    (d) => `the key ${d.key} stood before in this case, so this result is never given`,
    () => "remove it, or change the key",
  ),
  "class/assembled": code<{ how: string }>(
    "error",
    "a class name put together from pieces, which the stylesheet cannot know",
    (d) => `this class name is put together by ${d.how}, so the stylesheet does not know it`,
    () => 'write whole names: (if big "text-lg" "text-sm"), (case size "lg" "text-lg" …), or a list of them',
  ),
  "html/nesting": code<
    { child: string; ancestor: string; how: keyof typeof nestingProblems; between: string } & Inside
  >(
    "error",
    "an element where a browser does not keep it",
    (d) =>
      `a browser does not keep ${d.child} inside ${d.ancestor}${within(d)}, ${nestingProblems[d.how].replace("{child}", d.child).replace("{between}", d.between)}`,
    (d) =>
      d.how === "implied"
        ? `write the ${d.between} yourself, so that every browser makes the same tree`
        : "use another element, or put it beside",
  ),
  "html/duplicate-id": code<{ id: string; line: number | null }>(
    "warning",
    "an id that more than one element of a component would have",
    (d) =>
      d.line === null
        ? `every item would have the id ${d.id}`
        : `the id ${d.id} is already that of the element in line ${d.line}`,
    () => "an id is for one element of a page: make it from what differs",
  ),
  "html/raw": code<Nothing>(
    "note",
    "where markup is made from text without escaping",
    () => "this text is printed as markup as it is",
    () => "see that it was written or cleaned by the program itself",
  ),
  "check/unused-allowance": code<{ code: string }>(
    "warning",
    "a comment that allows what does not occur",
    (d) => `nothing here is told as ${d.code}`,
    () => "remove the comment",
  ),
  "check/bad-allowance": code<{ code: string; reason: "unknown" | "error"; suggestion: string | null }>(
    "warning",
    "a comment that allows what cannot be allowed",
    (d) =>
      d.reason === "unknown"
        ? `there is no code ${d.code}`
        : `${d.code} cannot be allowed: a program with it does not load`,
    (d) =>
      d.reason === "error"
        ? "mend the program"
        : d.suggestion === null
          ? "write ; sx-check: allow and one code"
          : `did you mean ${d.suggestion}?`,
  ),
  "check/too-deep": code<Nothing>(
    "warning",
    "a form too deep to be looked at whole",
    () => "this form is nested too deep, or has too many choices, to be looked at whole",
    () => "split it into definitions",
  ),

  "a11y/accesskey": code<Inside>(
    "warning",
    "the attribute accesskey",
    (d) => `accesskey${within(d)} takes a key away from screen readers and browsers`,
    () => "remove it",
  ),
  "a11y/aria-activedescendant-has-tabindex": code<Element & Inside>(
    "warning",
    "aria-activedescendant where the keyboard cannot go",
    (d) => `${d.tag} with aria-activedescendant${within(d)} cannot be reached by the keyboard`,
    () => "add :tabindex 0",
  ),
  "a11y/aria-attributes": code<Attribute & Inside>(
    "warning",
    "an aria attribute on an element that is not shown",
    (d) => `${d.tag} is not shown, so ${d.attribute}${within(d)} says nothing`,
    () => "remove it",
  ),
  "a11y/autocomplete-valid": code<{ value: string; suggestion: string | null } & Inside>(
    "warning",
    "a word that autocomplete does not know",
    (d) => `autocomplete does not know ${d.value}${within(d)}`,
    (d) =>
      d.suggestion === null
        ? "write on, off or a kind of field, such as email or current-password"
        : `did you mean ${d.suggestion}?`,
  ),
  "a11y/autofocus": code<Inside>(
    "warning",
    "the attribute autofocus outside a dialog",
    (d) => `autofocus${within(d)} takes readers away from the start of the page`,
    () => "remove it; inside a dialog it may stand",
  ),
  "a11y/consider-explicit-label": code<Element & Inside>(
    "warning",
    "a link or button without a name",
    (d) => `this ${d.tag}${within(d)} has nothing that a screen reader could say`,
    () => "give it text, or :aria-label",
  ),
  "a11y/figcaption-index": code<Inside>(
    "warning",
    "a figcaption that is neither first nor last",
    (d) => `figcaption${within(d)} is neither the first nor the last child of its figure`,
    () => "move it to the start or the end of the figure",
  ),
  "a11y/figcaption-parent": code<{ parent: string } & Inside>(
    "warning",
    "a figcaption outside a figure",
    (d) => `figcaption${within(d)} is a child of ${d.parent}`,
    () => "put it directly into a figure",
  ),
  "a11y/hidden": code<Element & Inside>(
    "warning",
    "a heading hidden from screen readers",
    (d) => `${d.tag}${within(d)} is hidden from screen readers, which find their way by headings`,
    () => "remove aria-hidden, or use another element",
  ),
  "a11y/img-redundant-alt": code<{ word: string } & Inside>(
    "warning",
    "an alt text that says it is an image",
    (d) => `a screen reader says already that this is an image, and alt${within(d)} says ${d.word}`,
    () => "say what it shows",
  ),
  "a11y/incorrect-aria-attribute-type": code<{ attribute: string; expected: string; found: string } & Inside>(
    "warning",
    "a value that an aria attribute does not take",
    (d) => `${d.attribute}${within(d)} should be ${d.expected}, found ${d.found}`,
    () => null,
  ),
  "a11y/interactive-supports-focus": code<{ role: string } & Inside>(
    "warning",
    "an interactive role where the keyboard cannot go",
    (d) => `an element of the role ${d.role}${within(d)} cannot be reached by the keyboard`,
    (d) => (d.role === "button" || d.role === "link" ? "use the element of that role" : "add :tabindex 0"),
  ),
  "a11y/invalid-attribute": code<{ attribute: string; value: string } & Inside>(
    "warning",
    "a link that leads nowhere",
    (d) => `${d.attribute} ${JSON.stringify(d.value)}${within(d)} leads nowhere`,
    () => "give a real address, or use a button",
  ),
  "a11y/label-has-associated-control": code<Inside>(
    "warning",
    "a label of nothing",
    (d) => `this label${within(d)} belongs to no field`,
    () => "add :for with the id of its field, or put the field inside",
  ),
  "a11y/media-has-caption": code<Inside>(
    "warning",
    "a video without captions",
    (d) => `this video${within(d)} has no captions`,
    () => 'add (track :kind "captions" :src …), or :muted where it has no sound',
  ),
  "a11y/misplaced-role": code<Element & Inside>(
    "warning",
    "a role on an element that is not shown",
    (d) => `${d.tag} is not shown, so its role${within(d)} says nothing`,
    () => "remove it",
  ),
  "a11y/misplaced-scope": code<Element & Inside>(
    "warning",
    "scope outside th",
    (d) => `scope${within(d)} says nothing on ${d.tag}`,
    () => "use th, or remove it",
  ),
  "a11y/missing-attribute": code<{ tag: string; attributes: readonly string[] } & Inside>(
    "warning",
    "an element without the attribute that gives it its meaning",
    (d) => `${d.tag}${within(d)} needs ${oneOf(d.attributes)}`,
    (d) =>
      d.tag === "img"
        ? 'say what it shows; :alt "" says that it only decorates'
        : `add :${d.attributes[0]} and a value`,
  ),
  "a11y/missing-content": code<Element & Inside>(
    "warning",
    "a heading without text",
    (d) => `${d.tag}${within(d)} is empty`,
    () => "give it text, or remove it",
  ),
  "a11y/multiple-labels": code<{ id: string; line: number }>(
    "warning",
    "a field with two labels",
    (d) => `the label in line ${d.line} is already for ${d.id}, and screen readers say one of them`,
    () => "keep one label; a further text belongs into aria-describedby",
  ),
  "a11y/no-abstract-role": code<{ role: string } & Inside>(
    "warning",
    "a role that only orders other roles",
    (d) => `${d.role}${within(d)} only groups other roles`,
    () => "use one of the roles below it",
  ),
  "a11y/no-interactive-element-to-noninteractive-role": code<{ tag: string; role: string } & Inside>(
    "warning",
    "an interactive element that is said not to be one",
    (d) => `${d.tag} can be used, and the role ${d.role}${within(d)} says that it cannot`,
    () => "remove the role, or use a div or span",
  ),
  "a11y/no-noninteractive-element-to-interactive-role": code<{ tag: string; role: string } & Inside>(
    "warning",
    "an element of content that is said to be interactive",
    (d) => `${d.tag} is content, and the role ${d.role}${within(d)} says that it can be used`,
    () => "use the element of that role, or a div or span",
  ),
  "a11y/no-noninteractive-tabindex": code<Element & Inside>(
    "warning",
    "tabindex on what cannot be used",
    (d) => `the keyboard can go to this ${d.tag}${within(d)}, and there is nothing to do there`,
    () => "remove tabindex, or write -1 where only links lead to it",
  ),
  "a11y/no-redundant-roles": code<{ tag: string; role: string } & Inside>(
    "warning",
    "the role that the element has anyway",
    (d) => `${d.tag} has the role ${d.role} anyway${within(d)}`,
    () => "remove the role",
  ),
  "a11y/positive-tabindex": code<Inside>(
    "warning",
    "a tabindex above zero",
    (d) => `a tabindex above zero${within(d)} takes the element out of the order of the page`,
    () => "write 0, and put it where it belongs in the order",
  ),
  "a11y/role-has-required-aria-props": code<{ role: string; attributes: readonly string[] } & Inside>(
    "warning",
    "a role without the attributes that it needs",
    (d) => `the role ${d.role}${within(d)} needs ${d.attributes.join(" and ")}`,
    () => "add it, or use the element that has this role",
  ),
  "a11y/role-supports-aria-props": code<{ role: string; attribute: string; tag: string | null } & Inside>(
    "warning",
    "an aria attribute that the role does not have",
    (d) =>
      `${d.attribute} says nothing of the role ${d.role}${d.tag === null ? "" : `, which ${d.tag} has by itself`}${within(d)}`,
    () => "remove it",
  ),
  "a11y/unknown-aria-attribute": code<{ attribute: string; suggestion: string | null } & Inside>(
    "warning",
    "an aria attribute that does not exist",
    (d) => `there is no attribute ${d.attribute}${within(d)}`,
    (d) => (d.suggestion === null ? null : `did you mean ${d.suggestion}?`),
  ),
  "a11y/unknown-role": code<{ role: string; suggestion: string | null } & Inside>(
    "warning",
    "a role that does not exist",
    (d) => `there is no role ${d.role}${within(d)}`,
    (d) => (d.suggestion === null ? null : `did you mean ${d.suggestion}?`),
  ),
} as const;

export type CheckCode = keyof typeof codes;
export type CheckDetails<C extends CheckCode> = Parameters<(typeof codes)[C]["message"]>[0];

/** Kinds of error that only a running program raises; where it means to, a comment may allow them. */
export const runningErrors: ReadonlySet<string> = new Set(["call/arity", "call/type", "call/not-callable"]);
