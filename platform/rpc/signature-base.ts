// The signature base: the one text in which everything a signature covers stands, a line for each component.
// Promise: messages that differ in anything covered have different bases, since no value holds a line break.
// Source: RFC 9421 sections 2.2, 2.5 and 3.3.3 (HMAC-SHA256), RFC 9530 section 2. Our profile is signature.ts.
import { createHmac, hash, type KeyObject } from "node:crypto";

/** A covered component: its name without quotes, "@path" or "content-type", and its value. */
export type Component = readonly [name: string, value: string];

/** What our profile covers of a message; null where the message has no such header. */
export interface CoveredFields {
  readonly method: string;
  readonly authority: string;
  /** The raw request target; it has passed `isProperTarget`. */
  readonly target: string;
  /** The header fields of the body; null, both, without a body. */
  readonly content: { readonly type: string; readonly digest: string } | null;
  readonly idempotencyKey: string | null;
}

/** The components of our profile in their order. RFC 9421 section 2.2: an absent query is a lone "?". */
export function listComponents(fields: CoveredFields): Component[] {
  const { method, authority, target, content, idempotencyKey } = fields;
  const mark = target.indexOf("?");
  const components: Component[] = [
    ["@method", method],
    ["@authority", authority],
    ["@path", mark < 0 ? target : target.slice(0, mark)],
    ["@query", mark < 0 ? "?" : target.slice(mark)],
  ];
  if (content !== null) components.push(["content-type", content.type], ["content-digest", content.digest]);
  if (idempotencyKey !== null) components.push(["idempotency-key", idempotencyKey]);
  return components;
}

/**
 * Builds the signature base. `parameters` is the text of the covered components and their parameters as it
 * stands in Signature-Input behind the label: `("@method" …);created=…`. Throws for a line break in a value,
 * which could pass for a line of its own; whoever calls has refused such a message before.
 */
export function signatureBase(components: readonly Component[], parameters: string): string {
  let base = "";
  for (const [name, value] of components) base += `"${name}": ${refuseLineBreak(value)}\n`;
  return `${base}"@signature-params": ${refuseLineBreak(parameters)}`;
}

function refuseLineBreak(value: string): string {
  if (value.includes("\n") || value.includes("\r"))
    throw new Error("A signed value must not hold a line break.");
  return value;
}

/** The HMAC-SHA256 of a base of ASCII characters, in base64. */
export function computeMac(secret: KeyObject, base: string): string {
  return createHmac("sha256", secret).update(base, "latin1").digest("base64");
}

/** The Content-Digest of a body's raw bytes: `sha-256=:…:`. Source: RFC 9530 section 2. */
export function contentDigest(body: Uint8Array): string {
  return `sha-256=:${hash("sha256", body, "base64")}:`;
}
