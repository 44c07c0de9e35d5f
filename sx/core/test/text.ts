// Texts for the reader's tests, made at random: scraps strewn about, forms nested without end, sound programs
// with every kind of token and white space, and sound texts with a wound. 0 and "" are the simplest answers,
// so that fast-check's shrinking ends at something short.

import fc from "fast-check";

/** What a reader of bad text may find: every token, and everything that is nearly one. */
const scraps = [
  ..."()[]{}'`,;\"\\#|@:.-+~&_ \n\t\r\f",
  ..."0 1 -1 1.5 1e21 9007199254740991 9007199254740992 -9007199254740991 -9007199254740992 1e999 -1e-999 0x10 1. .5 -.5 ..5 1e 1e+ -0 +5 NaN Infinity".split(
    " ",
  ),
  ...',@ #| |# #; #< :a :: :1 ~card a b/c "text" "a\\n" "\\u{1F600}" "\\u{110000}" "\\u{0000041}" "\\u{00041}" "\\u{d800}" "\\u{" "\\q" true false nil'.split(
    " ",
  ),
  "1".repeat(400),
  "{a 1 :a 2}",
  '{"k" 1 k 2}',
  "__proto__",
  "constructor",
  "\u00a0",
  "\u0000",
  "\u001b",
  "\u200b",
  "\ufeff",
  "é",
  "😀",
  '"\\😀"',
  "\ud800",
  "\udc00",
];

const openers = ["(", "[", "{a ", "'", "`", ",", ",@", "#;", "#|", '("', "({", "'(", "[#;"];

/** Anything at all, most of it wrong. */
export const hostileText = fc.oneof(
  fc.array(fc.constantFrom(...scraps), { maxLength: 60 }).map((parts) => parts.join("")),
  fc.array(fc.constantFrom(...scraps), { maxLength: 60 }).map((parts) => parts.join(" ")),
  fc.string({ unit: "binary", maxLength: 80 }),
  fc.tuple(fc.constantFrom(...openers), fc.nat(4100), fc.constantFrom("", "1", ")", "]", '"')).map(
    // Around the deepest nesting one more or less decides, so most counts are short or very near to it.
    ([opener, count, end]) => opener.repeat(count > 200 ? 3900 + (count % 200) : count) + end,
  ),
);

const word = fc.constantFrom("a", "x-y", "set!", "~card", "html:map", "é", "名", "a|b", "..", "->>", "x#");
const number = fc.oneof(
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n.toExponential()),
  fc.constantFrom("0", "-0", "+7", ".5", "-.25", "1E3", "9007199254740991", "0.1", "00012"),
);
const character = fc.oneof(
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }).map((text) => text.replace(/["\\]/g, "~")),
  fc.constantFrom("\\n", "\\t", "\\r", '\\"', "\\\\", "\\u{1f600}", "\\u{0}", "\\u{10FFFF}", "\n", "\u0000"),
);
const string = fc.array(character, { maxLength: 6 }).map((parts) => `"${parts.join("")}"`);
const space = fc.constantFrom(
  " ",
  "\n",
  "\t ",
  " \r\n",
  "\f",
  " ; note )\n",
  " #| (a #| b |# |# ",
  " #;(b 'c) ",
);
const atom = fc.oneof(
  word,
  word,
  number,
  string,
  word.map((name) => `:${name}`),
  fc.constantFrom("true", "false", "nil"),
);

const { form } = fc.letrec<{ form: string; items: string }>((tie) => ({
  form: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    { weight: 3, arbitrary: atom },
    { weight: 2, arbitrary: tie("items").map((items) => `(${items})`) },
    { weight: 1, arbitrary: tie("items").map((items) => `[${items}]`) },
    {
      weight: 1,
      arbitrary: fc.tuple(fc.constantFrom("'", "`", ",", ",@"), tie("form")).map((parts) => parts.join("")),
    },
    { weight: 1, arbitrary: fc.array(fc.tuple(space, tie("form")), { maxLength: 4 }).map(dictText) },
  ),
  items: fc.array(fc.tuple(space, tie("form")), { maxLength: 5 }).map((parts) => parts.flat().join("")),
}));

/** A dict with a key of each spelling in turn before the values. */
function dictText(parts: [string, string][]): string {
  const keys = [":k", '"two words"', "name", "12"];
  return `{${parts.map(([gap, value], index) => `${gap}${keys[index]}${gap}${value}`).join("")}}`;
}

/** What the reader takes: a few forms with white space and comments between. */
export const soundText = fc
  .array(fc.tuple(space, form), { maxLength: 4 })
  .map((parts) => parts.flat().join(""));

/** A text with a stretch of it taken out, doubled, or replaced by a scrap. */
export function wounded(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(text, fc.nat(), fc.nat(12), fc.constantFrom("", "twice", ...scraps))
    .map(([whole, place, length, scrap]) => {
      const start = place % (whole.length + 1);
      const cut = whole.slice(start, start + length);
      return whole.slice(0, start) + (scrap === "twice" ? cut + cut : scrap) + whole.slice(start + length);
    });
}

/**
 * A text that counts the units that are looked at: what a reader of it costs, whatever the machine. `text` is
 * a stand-in with every method of a string.
 */
export function countedText(whole: string): { text: string; seen(): number } {
  let seen = 0;
  const stand = new Proxy(Object(whole) as object, {
    get(_target, key) {
      const part: unknown = Reflect.get(Object(whole) as object, key); // a string's methods and units
      if (typeof part !== "function") {
        if (key !== "length") seen++;
        return part;
      }
      return (...args: unknown[]) => {
        const answer: unknown = part.apply(whole, args);
        seen += unitsSeen(String(key), args, answer, whole);
        return answer;
      };
    },
  });
  return { text: stand as unknown as string, seen: () => seen }; // it answers as a string does
}

function unitsSeen(method: string, args: readonly unknown[], answer: unknown, whole: string): number {
  if (method === "indexOf") {
    const from = typeof args[1] === "number" ? args[1] : 0;
    return 1 + Math.max(0, (answer === -1 ? whole.length : Number(answer)) - from);
  }
  if (method === "isWellFormed") return whole.length;
  return typeof answer === "string" ? 1 + answer.length : 1;
}
