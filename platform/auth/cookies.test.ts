// Cookies: names and attributes that no other host can set for us, and what is believed of those that come.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cookieLine, cookieNames, hasCookie, readCookie } from "./cookies.ts";

const name = "__Host-rose-ash-blog";

test("on https every name is bound to its host, on plain http to its service", () => {
  for (const of of Object.values(cookieNames("blog", "https://blog.example.org"))) {
    assert.match(of, /^__Host-rose-ash-blog/);
  }
  const blog = Object.values(cookieNames("blog", "http://localhost:8001"));
  const likes = Object.values(cookieNames("likes", "http://localhost:8002"));
  assert.equal(new Set([...blog, ...likes]).size, 6, "all ports of a machine share their cookies");
  for (const of of blog) assert.doesNotMatch(of, /^__/);
});

test("a line has the attributes that its name asks for, and Secure on https alone", () => {
  assert.equal(
    cookieLine(name, "v", 60, "https://blog.example.org"),
    `${name}=v; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure`,
  );
  assert.equal(
    cookieLine("rose-ash-blog", "", 0, "http://localhost:8001"),
    "rose-ash-blog=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax",
  );
});

test("one cookie of a name is read, of two none is believed", () => {
  assert.equal(readCookie(`a=1; ${name}=own; b=2`, name), "own");
  assert.equal(readCookie(`${name}=own=er`, name), "own=er");
  assert.equal(readCookie(`${name}=own; ${name}=planted`, name), null);
  assert.equal(readCookie(`${name}=own; ${name}=own`, name), null);
  assert.equal(readCookie(`${name}=;${name}=planted`, name), null);
  assert.equal(readCookie(undefined, name), null);
  assert.equal(readCookie("", name), null);
});

test("a cookie of nearly the same name is another cookie", () => {
  for (const other of ["rose-ash-blog", `${name}-tried`, `x${name}`, name.toLowerCase(), `${name} `]) {
    assert.equal(readCookie(`${other}=planted`, name), null, other);
    assert.equal(readCookie(`${other}=planted; ${name}=own`, name), "own", other);
  }
});

test("that a cookie is there at all is seen also of two", () => {
  assert.ok(hasCookie(`${name}=own; ${name}=planted`, name));
  assert.ok(hasCookie(`${name}=`, name));
  assert.ok(!hasCookie(`${name}-tried=1`, name));
  assert.ok(!hasCookie(undefined, name));
});
