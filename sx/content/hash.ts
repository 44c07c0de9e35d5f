// Content hashes: what a definition is known by wherever its name does not matter. The canonical text and the
// grouping are spec/hash.sx, as it was emitted; a definition and everything it reaches have their hashes after
// one question. The served bytes are the hashed bytes: `sha256sum` of `text` is `hash`.

import { contentPrimitives } from "../bootstrap/content.ts";
import { create } from "../bootstrap/emitted/hash.js";
import { type CreateChapter, createHost } from "../bootstrap/host.ts";
import { sxError } from "../core/errors.ts";
import type { Definition } from "../front/definition.ts";

export interface DefinitionHash {
  readonly definition: Definition;
  /** SHA-256 of `text`, as 64 lower-case hexadecimal digits. */
  readonly hash: string;
  /** Which definition of the group it is, or null where it is the only one. */
  readonly member: number | null;
  /** The canonical text of its group: the definitions that reach each other. */
  readonly text: string;
  /** The definitions that it names itself, each once. */
  readonly references: readonly Definition[];
}

/**
 * The hashes of definitions and of everything they reach. `resolve` gives a definition its core form, and
 * throws the SxError where it has none. `chapter` is what hash.sx was emitted as; tests give others.
 */
export function hashDefinitions(
  definitions: readonly Definition[],
  resolve: (definition: Definition) => void,
  chapter: CreateChapter = create,
): Map<Definition, DefinitionHash> {
  const { "hash-definitions": hash } = chapter(createHost(...contentPrimitives(resolve)), {});
  try {
    return hash(new Map(), definitions);
  } catch (error) {
    // Forms are spelled by recursion; what is too deep for it was nested by macros or very long choices.
    if (error instanceof RangeError) throw sxError("read/too-deep", { limit: 500 });
    throw error;
  }
}

/** A definition's address as it stands in texts and URLs: `hash`, or `hash.member`. */
export function showAddress({ hash, member }: DefinitionHash): string {
  return member === null ? hash : `${hash}.${member}`;
}
