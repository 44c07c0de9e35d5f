// The configuration file as read: its values, and for each key the line it stands on.
// Nothing here knows what the keys mean; that is config.ts and config-keys.ts.
import { readFile } from "node:fs/promises";
import { isMap, isScalar, LineCounter, parseDocument } from "yaml";
import { Refusal, systemCode } from "./refusal.ts";

/** A map of the file, as plain data. */
export type Section = Record<string, unknown>;
export type KeyPath = readonly string[];

export interface ConfigSource {
  readonly file: string;
  readonly tree: Section;
  /** Mistakes of the YAML itself, each with its place. */
  readonly mistakes: readonly string[];
  /** "config/rose-ash.yaml:12" for the key, or for the nearest key above it that is there. */
  place(path: KeyPath): string;
}

/** Reads the file; throws a `Refusal` of one sentence when it cannot be read. */
export async function readConfigSource(file: string): Promise<ConfigSource> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    const why =
      systemCode(cause) === "ENOENT" ? "there is no such file" : `reading it failed (${systemCode(cause)})`;
    throw new Refusal(
      `The configuration ${file} cannot be read: ${why}; make it readable or name another in ROSE_ASH_CONFIG.`,
      { cause },
    );
  }
  return parseConfigSource(file, text);
}

function parseConfigSource(file: string, text: string): ConfigSource {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => `${file}:${lines.linePos(offset).line}`;
  const mistakes = document.errors.map((error) => `${at(error.pos[0])}: ${error.message}`);
  let value: unknown = {};
  try {
    if (mistakes.length === 0) value = document.toJS({ maxAliasCount: 20 });
  } catch (error) {
    mistakes.push(`${file}: ${error instanceof Error ? error.message : error}`); // too many aliases, or a missing one
  }
  if (value !== null && !isSection(value))
    mistakes.push(`${file}: must be a map of keys, beginning with “site:”`);

  return { file, tree: isSection(value) ? value : {}, mistakes, place };

  function place(path: KeyPath): string {
    let node: unknown = document.contents;
    let found: number | undefined;
    for (const key of path) {
      if (!isMap(node)) break;
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
      if (!pair) break;
      if (isScalar(pair.key) && pair.key.range) found = pair.key.range[0];
      node = pair.value;
    }
    return found === undefined ? file : at(found);
  }
}

export function isSection(value: unknown): value is Section {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value at a path, or undefined. */
export function valueAt(tree: Section, path: KeyPath): unknown {
  let value: unknown = tree;
  for (const key of path) value = isSection(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return value;
}
