// Active markup: what could run is found in whatever spelling, and harmless pieces are let through.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isActiveMarkup } from "./active-markup.ts";

test("what a browser would run, embed or read in another way is active", () => {
  const pieces = [
    "<script>alert(1)</script>",
    "<SCRIPT src='/x.js'></SCRIPT>",
    "</script >",
    '<iframe src="/x"></iframe>',
    '<p onclick="x()">a</p>',
    "<svg/onload=alert(1)>",
    '<svg/onload="alert(1)">',
    '<img src="x"onerror="alert(1)">',
    '<a title=">" onclick="x()">a</a>',
    "<p\nONCLICK = 'x()'>a</p>",
    '<a href="javascript:x()">a</a>',
    '<a href=" java\nscript:x()">a</a>',
    '<a href="JaVaScRiPt&colon;x()">a</a>',
    '<a href="java&#115;cript:x()">a</a>',
    '<a href="&#x6a;avascript:x()">a</a>',
    '<a xlink:href="javascript:x()">a</a>',
    '<form action="javascript:x()"></form>',
    '<button formaction="/x">a</button>',
    '<img src="data:text/html,x">',
    '<p srcdoc="x">',
    '<a href="/x" onmouseover>a</a>',
    "<style>p { color: red }</style>",
    '<svg><animate attributeName="href" to="javascript:x()"></animate></svg>',
    "<!-- a comment --><p>a</p>",
    "<?xml version='1.0'?>",
    '<textarea><a title="</textarea><img src=x onerror=x()>"></textarea>',
    '<p title="a<b">a</p>',
    "<p title=a>a</p>",
    "a < b",
    '<p class="unfinished',
  ];
  for (const piece of pieces) assert.ok(isActiveMarkup(piece), piece);
});

test("a harmless piece is let through, whatever its text speaks of", () => {
  const pieces = [
    "",
    "nothing but text &amp; an ampersand",
    '<nav aria-label="Pages"><ul class="a b"><li><a href="/x/?a=1&amp;b=it&#39;s" hidden>x</a></li></ul></nav>',
    "<p>How javascript: addresses and onclick = handlers work, with &lt;script&gt;</p>",
    '<p title="be online = good > bad" data-onclick="no">a</p>',
    '<a href="https://blog.example.org/javascript:/">a</a><br/><img src="/media/a.webp" alt="">',
    '<a href="mailto:ann@example.org">a</a>',
  ];
  for (const piece of pieces) assert.ok(!isActiveMarkup(piece), piece);
});
