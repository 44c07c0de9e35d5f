// The page of markup: the rules by which values become a page, each shown by programs whose answers are computed here,
// and the lists of names that the renderers go by.

import { SxError } from "../../sx/core/errors.ts";
import { jsEngine } from "../../sx/js/engine.ts";
import { createRealm } from "../../sx/realm.ts";
import {
  booleanAttributes,
  escapableTextTags,
  htmlTags,
  rawTextTags,
  svgTags,
  urlAttributes,
  voidTags,
} from "../../sx/render/tags.ts";
import { code, example, page } from "./markdown.ts";

interface Rule {
  readonly title: string;
  readonly prose: string;
  readonly programs: readonly string[];
}

const rules: readonly Rule[] = [
  {
    title: "Elements",
    prose:
      "A call whose head is the name of an element is that element. Keywords name its attributes, and everything else is a child. Where a function has the name, or for an element that only SVG has, `html:` and `svg:` say what is meant.",
    programs: [
      '(p :class "lead" "Bread" (br) "and butter")',
      "(html:map)",
      "(svg (circle :r 5))",
      '(svg:text "a")',
    ],
  },
  {
    title: "Text is escaped",
    prose: "What a page shows reads back as the same text. Data can never become an element.",
    programs: ['(p "1 < 2 & \\"3\\"")', '(a :title "say \\"hi\\"" "x")', '(p (list "img" "x"))'],
  },
  {
    title: "Children",
    prose:
      "Text, numbers, markup, and lists of these, however nested. `nil`, `true`, `false` and the empty text show nothing; a dict or a function is an error. `(<> …)` is a fragment.",
    programs: ['(p "a" 1 nil false (list "b" (list 2)))', '(<> (b "a") "c")', "(p {:x 1})"],
  },
  {
    title: "Attributes that are there or not",
    prose:
      "`true` gives a boolean attribute its bare name; `false` and `nil` leave it out. Attributes whose values are the words true and false, such as `aria-…`, `data-…` and `contenteditable`, are written out, and only `nil` leaves them out.",
    programs: [
      "(button :disabled true)",
      "(button :disabled false)",
      "(div :aria-hidden true :data-open false :title nil)",
    ],
  },
  {
    title: "Classes and styles",
    prose:
      "A class is text, a list of what is there, or a dict from names to whether they apply. A style is a dict; its values cannot leave their declaration, load anything or run code.",
    programs: [
      '(p :class (list "card" nil {:open true :busy false}))',
      '(p :style {:color "red" :margin 0})',
      '(p :style {:color "red;position:fixed"})',
    ],
  },
  {
    title: "Addresses",
    prose:
      "Attributes that hold an address take a relative one, or one whose scheme cannot run. `(trusted-url …)` vouches for an address that the program made itself.",
    programs: [
      '(a :href "/bread" "x")',
      '(a :href "javascript:alert(1)" "x")',
      '(a :href (trusted-url "app:open") "x")',
    ],
  },
  {
    title: "Nothing runs",
    prose: "Handlers are never text, and a nested document is never text either.",
    programs: ['(p :onclick "x()")', '(iframe :srcdoc "<p>x</p>")'],
  },
  {
    title: "Markup as text",
    prose: "`(raw! text)` is the one way to print text unescaped: whoever looks for risks searches for it.",
    programs: ['(p (raw! "<b>x</b>"))'],
  },
  {
    title: "Elements with text of their own kind",
    prose:
      "`script` and `style` are printed literally and must not hold what a browser takes for their end. A line break at the start of `pre` and `textarea` is kept. Void elements have no children.",
    programs: ['(style "p > a {}")', '(script "</script>")', '(pre "\\nx")', '(br "x")'],
  },
  {
    title: "Attributes from data",
    prose:
      "`(spread dict)` puts a dict's entries among the attributes; of two with one name the later holds.",
    programs: ['(p :id "a" (spread {:id "b" :title "t"}))', '(p (spread {:onclick "x()"}))'],
  },
];

export function markupPage(): string {
  const prose = "What a page may hold, and how it is printed.";
  const sections = rules.flatMap(({ title, prose, programs }) => [
    `## ${title}`,
    prose,
    example(programs.map((program) => `${program} ${outcome(program)}`)),
  ]);
  return page("Markup", prose, [
    ...sections,
    "## Names",
    list("Elements", htmlTags),
    list("Elements that only SVG has", svgTags),
    list("Void elements", voidTags),
    list("Elements whose content is literal", rawTextTags),
    list("Elements whose content is text alone", escapableTextTags),
    list("Boolean attributes", booleanAttributes),
    list("Attributes that hold an address", urlAttributes),
  ]);
}

function list(title: string, names: Iterable<string>): string {
  return `**${title}**: ${[...names].map(code).join(" ")}`;
}

function outcome(program: string): string {
  const realm = createRealm({ engine: jsEngine({ checkProps: true }) });
  try {
    return `;html> ${realm.renderValue(realm.evaluate(program)).replaceAll("\n", "\\n")}`;
  } catch (error) {
    if (error instanceof SxError) return `;!> ${error.kind}`;
    throw error;
  }
}
