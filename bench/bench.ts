// `npm run bench`: how quick the pieces are, as ratios that mean the same on any machine. It prints Markdown
// tables and leaves with 1 when a floor is missed, so that somebody looks; no test runs it. The method is
// in measure.ts, each part in the file of its name.

import { parseArgs } from "node:util";
import { type Comparison, missedFloors, toMarkdown } from "./comparison.ts";
import { type Effort, usualEffort } from "./measure.ts";

/** The parts, loaded only when they are asked for: React alone takes longer to load than the reader to measure. */
const parts: Record<string, (effort: Effort) => Promise<AsyncGenerator<Comparison>>> = {
  rendering: async (effort) => (await import("./rendering.ts")).compareRendering(effort),
  language: async (effort) => (await import("./language.ts")).compareLanguage(effort),
  reader: async (effort) => (await import("./reader.ts")).compareReader(effort),
  realms: async (effort) => (await import("./realms.ts")).compareRealms(effort),
  blog: async (effort) => (await import("./blog.ts")).compareBlog(effort),
  services: async (effort) => (await import("./services.ts")).compareServices(effort),
};

const help = `Usage: npm run bench -- [PART…] [--rounds N] [--json]

Measures the parts named, or all: ${Object.keys(parts).join(", ")}.
Every figure is a ratio to the base of its table: contenders run in one process in shuffled rounds,
each is compared with the base of its round in CPU time, and the median counts; iqr is the middle half.

  --peers      other languages and readers too; first: npm ci --prefix bench/peers --ignore-scripts
  --rounds N   how many rounds (${usualEffort.rounds})
  --json       one JSON object a line instead of tables
  --help       this text

The exit code is 1 when a floor is missed, 2 when the arguments make no sense.`;

async function main(): Promise<number> {
  const asked = readArguments();
  if (asked.kind !== "measure") {
    console.log(asked.text);
    return asked.kind === "help" ? 0 : 2;
  }
  const effort = { ...usualEffort, rounds: asked.rounds, withPeers: asked.withPeers };
  const missed: string[] = [];
  for (const part of asked.parts) {
    const measure = parts[part] as (typeof parts)[string]; // readArguments looked
    if (!asked.json) console.log(`## ${part}\n`);
    for await (const comparison of await measure(effort)) {
      const floors = missedFloors(comparison);
      missed.push(...floors.map(({ row, floor }) => `${comparison.title}: ${row} is above ${floor}`));
      console.log(asked.json ? JSON.stringify({ part, ...comparison }) : `${toMarkdown(comparison)}\n`);
    }
  }
  if (missed.length > 0) console.error(`Floors missed:\n${missed.map((line) => `  ${line}`).join("\n")}`);
  return missed.length > 0 ? 1 : 0;
}

type Asked =
  | {
      readonly kind: "measure";
      readonly parts: readonly string[];
      readonly rounds: number;
      readonly json: boolean;
      readonly withPeers: boolean;
    }
  | { readonly kind: "help" | "mistake"; readonly text: string };

function readArguments(): Asked {
  const options = {
    peers: { type: "boolean" },
    rounds: { type: "string" },
    json: { type: "boolean" },
    help: { type: "boolean", short: "h" },
  } as const;
  let parsed: ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>;
  try {
    parsed = parseArgs({ options, allowPositionals: true });
  } catch (error) {
    return { kind: "mistake", text: `${error instanceof Error ? error.message : error}\n\n${help}` };
  }
  const { values, positionals } = parsed;
  if (values.help) return { kind: "help", text: help };
  const unknown = positionals.find((name) => !Object.hasOwn(parts, name));
  if (unknown !== undefined)
    return {
      kind: "mistake",
      text: `There is no part named ${unknown}; the parts are ${Object.keys(parts).join(", ")}.`,
    };
  const rounds = Number(values.rounds ?? usualEffort.rounds);
  if (!Number.isInteger(rounds) || rounds < 1)
    return { kind: "mistake", text: `--rounds takes a whole number from 1 on, not ${values.rounds}.` };
  return {
    kind: "measure",
    parts: positionals.length > 0 ? positionals : Object.keys(parts),
    rounds,
    json: values.json ?? false,
    withPeers: values.peers ?? false,
  };
}

process.exitCode = await main();
