// Texts for the formatter's laws, made at random: forms of every shape the language has and of none, right and
// wrong, with white space and comments strewn between all their tokens. Simple answers come first, so that
// fast-check's shrinking ends at something short.

import fc from "fast-check";
import { shapedNames } from "../shapes.ts";

const word = fc.constantFrom(
  "a",
  "x",
  "name",
  "items",
  "a-longer-name",
  "~card",
  "&key",
  "&rest",
  ":key",
  ":shadow",
);
const long = fc.constantFrom(
  '"mx-auto flex max-w-page flex-wrap items-center justify-between gap-x-6"',
  '"two\n   lines"',
  "a-name-that-goes-on-for-as-long-as-anybody-cares-to-read",
);
const literal = fc.constantFrom("1", "-0.5", '"text"', '";"', "true", "nil", '"a\\"b"', ":else", ", @x", "_");
const head = fc.constantFrom(
  ...shapedNames,
  ..."div p svg circle filter html:map svg:text ~card f fail map str -x".split(" "),
);

/** What may stand between two tokens; it always parts them. */
const gap = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.constantFrom(" ", " ", "  ", "\t", "\n", "\n  ", "\n\n", " \r\n ", "\n\n\n\n  "),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      " ; note\n",
      "\n;; a line ) of its own\n\n  ",
      ";=> 3 \n",
      "\n\n;;; head  \r\n",
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(" #| note |# ", "\n #| two\n  lines |#\n", " #;(hidden\n  'form) ", " #;x\n"),
  },
);

/** Forms as the texts of their tokens and gaps, one after the other. */
const { form } = fc.letrec<{ form: string; parts: string }>((tie) => ({
  form: fc.oneof(
    { depthSize: "medium", withCrossShrink: true },
    { weight: 4, arbitrary: word },
    { weight: 2, arbitrary: literal },
    { weight: 1, arbitrary: long },
    { weight: 6, arbitrary: fc.tuple(head, tie("parts")).map(([name, parts]) => `(${name}${parts})`) },
    { weight: 1, arbitrary: fc.tuple(gap, tie("parts")).map(([space, parts]) => `(${space}${parts})`) },
    { weight: 1, arbitrary: tie("parts").map((parts) => `((a${parts}) (b 1))`) },
    { weight: 1, arbitrary: tie("parts").map((parts) => `[${parts}]`) },
    { weight: 1, arbitrary: fc.array(fc.tuple(gap, tie("form")), { maxLength: 4 }).map(dictOf) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom("'", "`", ", ", ",@", "'; note\n"), tie("form"))
        .map((both) => both.join("")),
    },
  ),
  parts: fc
    .tuple(fc.array(fc.tuple(gap, tie("form")), { maxLength: 5 }), fc.option(gap, { nil: "" }))
    .map(([forms, end]) => forms.flat().join("") + end),
}));

function dictOf(values: readonly (readonly [string, string])[]): string {
  const keys = [":first", '"a key"', "third", "12"];
  return `{${values.map(([space, value], index) => `${space}${keys[index]}${space}${value}`).join("")}}`;
}

/** A file's text that can be read. */
export const strewnText = fc
  .tuple(fc.array(fc.tuple(gap, form), { maxLength: 4 }), fc.option(gap, { nil: "" }))
  .map(([forms, end]) => forms.flat().join("") + end);

const shortHead = fc.constantFrom(..."f str if when do and or cond case try <> -> div ~card".split(" "));
const short = fc.constantFrom("a", "name", "a-name", '"text"', ":key", "123456789");

/** One form on one line, of short tokens and not too deep, so that no line of it needs to be long. */
export const shortForm: fc.Arbitrary<string> = fc.letrec<{ form: string }>((tie) => {
  const parts = fc.array(tie("form"), { minLength: 1, maxLength: 9 }).map((forms) => forms.join(" "));
  return {
    form: fc.oneof(
      { maxDepth: 4, depthSize: "small" },
      short,
      fc.tuple(shortHead, parts).map(([name, rest]) => `(${name} ${rest})`),
      parts.map((rest) => `(let ((name ${rest})) a)`),
      parts.map((rest) => `[${rest}]`),
      tie("form").map((value) => `{:first ${value} :second 2}`),
    ),
  };
}).form;
