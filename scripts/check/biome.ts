// The rule "formatted and linted": Biome with the project's one biome.json; warnings count as well.
import { relative, resolve } from "node:path";
import type { Finding } from "./finding.ts";
import { runTool } from "./tool.ts";

/** Finds what Biome reports. `npm run fix` mends most of it. */
export function checkBiome(root: string): Finding[] {
  const args = ["check", "--reporter=github", "--max-diagnostics=none", "--error-on-warnings"];
  return runTool(root, "biome", args, (output) =>
    output.split("\n").flatMap((line) => {
      const match = /^::(?:error|warning) title=([^,]*),file=([^,]*),line=(\d+),[^:]*::(.*)$/.exec(line);
      if (!match) return [];
      const [, title = "", file = "", at, text = ""] = match;
      const sentence = title === "format" ? "is not formatted: npm run fix does it." : `${title}: ${text}`;
      return [{ file: relative(root, resolve(root, file)), line: Number(at), sentence }];
    }),
  );
}
