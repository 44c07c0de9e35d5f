// The chapter on rendering against the renderer of the compiled engine: whatever value an attribute or a
// child is given, both print the same or refuse it with the same kind of error, and both know the same tags.
// ROSE_ASH_LAW_PROGRAMS sets how many values are tried; a failure shows fast-check's seed.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { create } from "../bootstrap/emitted/render.js";
import { type Chapter, createHost } from "../bootstrap/host.ts";
import { sinkPrimitives } from "../bootstrap/sink.ts";
import { SxError } from "../core/errors.ts";
import { Component, Keyword, Markup, SxSymbol, TrustedUrl, type Value } from "../core/values.ts";
import { renderAttribute, renderAttributes } from "../render/attributes.ts";
import { renderChild, renderTextContent } from "../render/html.ts";
import { ElementNode } from "../render/nodes.ts";
import * as tags from "../render/tags.ts";

const runs = Number(process.env.ROSE_ASH_LAW_PROGRAMS ?? 10_000);
const chapter: Chapter = create(createHost(...sinkPrimitives()), {});

const text = fc.oneof(
  fc.constantFrom(
    ...'a|b c|<|&|"|\u00a0|\n|é|😀|/x|#x|?q|https://example.org/a?b:c|HTTP://EXAMPLE.ORG|mailto:ann@example.org|//example.org'.split(
      "|",
    ),
    ..."javascript:alert(1)|JaVa\u0000Script:x| \tjavascript:x|java\nscript:x|vbscript:x|data:text/html,x|x:y|:|a/b:c".split(
      "|",
    ),
    ..."data:image/png;base64,AA|data:image/svg+xml,x|DATA:IMAGE/GIF,x|\u200bjavascript:x|\ufeffdata:x|ftp:x|tel:1".split(
      "|",
    ),
    ..."color:red|color:red;|;|color|:red|color:|--x:1|-x:1|1x:2|background:url(x)|x:expression (1)|a:b}|a:b/*|a:@x|behavior : x|src (|image-set(1)".split(
      "|",
    ),
    ..."</script>|</STYLE>|<!--|<b>|<1|< b|<?x|</ script|0;url=javascript:x|a.png 1x, b.png 2x|a.png, javascript:x".split(
      "|",
    ),
    "",
  ),
  fc.string({ unit: "grapheme", maxLength: 12 }),
);

const scalar: fc.Arbitrary<Value> = fc.oneof(
  { weight: 6, arbitrary: text },
  { weight: 2, arbitrary: fc.constantFrom(null, true, false, 0, -0, 1.5, 1e21) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Value>(
      new Markup("<i>x</i>"),
      new Markup("<b>raw</b>", true),
      new TrustedUrl("javascript:void(0)"),
      new Keyword("k"),
      new SxSymbol("s"),
      new Component("~c", () => ""),
      () => null,
    ),
  },
);

const value: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((again) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    { weight: 4, arbitrary: scalar },
    { weight: 1, arbitrary: fc.array(again("value"), { maxLength: 4 }) },
    {
      weight: 1,
      arbitrary: fc.dictionary(
        fc.constantFrom("color", "--x", "a b", "on", "width", "Class", "x;y", "href", "onclick", "data-x"),
        again("value"),
        { maxKeys: 3, noNullPrototype: true },
      ),
    },
  ),
})).value;

const tag = fc.constantFrom(
  ..."div a img input script style title textarea pre meta set animate source svg button video".split(" "),
);
const name = fc.constantFrom(
  ..."class CLASS style href HREF src srcset imagesrcset srcdoc action poster ping data cite xlink:href content".split(
    " ",
  ),
  ..."to from by values id title alt checked disabled hidden contenteditable draggable aria-label aria-hidden data-x x @click :x width".split(
    " ",
  ),
);

/** What a function gives, or the kind of the error it raises. */
function outcome(run: () => Value): string {
  try {
    return `gives ${run()}`;
  } catch (error) {
    if (error instanceof SxError) return `refuses ${error.kind}`;
    throw error;
  }
}

function check<T>(arbitrary: fc.Arbitrary<T>, law: (sample: T) => void): void {
  fc.assert(fc.property(arbitrary, law), { numRuns: runs });
}

test("an attribute is printed or refused alike", () => {
  check(fc.tuple(tag, name, value), ([tagName, attribute, given]) => {
    const specified = outcome(() => {
      const decided = chapter["decide-attribute"](tagName, attribute, given);
      return decided === null ? "" : chapter["attribute-html"](attribute, decided);
    });
    assert.equal(
      specified,
      outcome(() => renderAttribute(tagName, attribute, given)),
    );
  });
});

test("attributes with spreads are printed or refused alike", () => {
  const anyName = fc.oneof(name, fc.constant(null), fc.constantFrom("onclick", "a b", "", "OnX", "é", "1x"));
  const entries = fc.array(fc.tuple(anyName, value), { maxLength: 4 });
  check(fc.tuple(tag, entries), ([tagName, given]) => {
    const specified = outcome(() => {
      const decided: [string, string | true][] = chapter["decide-attributes"](tagName, given);
      return decided.map(([attribute, setting]) => chapter["attribute-html"](attribute, setting)).join("");
    });
    assert.equal(
      specified,
      outcome(() => renderAttributes(tagName, given)),
    );
  });
});

test("a child is printed or refused alike", () => {
  check(value, (given) => {
    const specified = outcome(() => chapter["html-of"](chapter["decide-child"](given)));
    assert.equal(
      specified,
      outcome(() => renderChild(given)),
    );
  });
});

test("content that is text alone is printed or refused alike", () => {
  const holder = fc.constantFrom("script", "style", "title", "textarea");
  check(fc.tuple(holder, fc.array(value, { maxLength: 3 })), ([tagName, given]) => {
    const specified = outcome(() => {
      const children = [chapter["decide-text-content"](tagName, given)];
      return chapter["html-of"]([new ElementNode(tagName, [], children)]);
    });
    const printed = outcome(() => `<${tagName}>${renderTextContent(tagName, given)}</${tagName}>`);
    assert.equal(specified, printed);
  });
});

test("the chapter and the renderer know the same tags and attributes", () => {
  const lists: Record<string, ReadonlySet<string>> = {
    "void-tags": tags.voidTags,
    "raw-text-tags": tags.rawTextTags,
    "escapable-text-tags": tags.escapableTextTags,
    "leading-newline-tags": tags.leadingNewlineTags,
    "boolean-attributes": tags.booleanAttributes,
    "url-attributes": tags.urlAttributes,
  };
  for (const [list, set] of Object.entries(lists))
    assert.deepEqual(Object.keys(chapter[list]).sort(), [...set].sort(), list);
});

test("a chapter with one rule left out is noticed", () => {
  const broken = create(createHost(...sinkPrimitives()), {});
  const escaped = (html: string) => html.replaceAll("&nbsp;", "\u00a0");
  assert.throws(() =>
    check(value, (given) => {
      const specified = outcome(() => escaped(broken["html-of"](broken["decide-child"](given))));
      assert.equal(
        specified,
        outcome(() => renderChild(given)),
      );
    }),
  );
});
