// The rule "one test command": the README tells it, and continuous integration runs that and nothing else.
import type { Finding } from "./finding.ts";
import { readIfThere } from "./project-files.ts";

const pipeline = ".ci/run";

/** Finds a pipeline that runs something other than what the README says. */
export function checkTestCommand(root: string): Finding[] {
  const script = readIfThere(root, pipeline);
  const readme = readIfThere(root, "README.md");
  if (script === null)
    return [{ file: pipeline, sentence: "is missing: it runs the README's test command." }];
  if (readme === null) return [{ file: "README.md", sentence: "is missing: it tells the test command." }];
  const [command, ...more] = commandsOf(script);
  if (command === undefined || more.length > 0) {
    return [{ file: pipeline, sentence: "must run exactly one command, the README's test command." }];
  }
  if (shownCommands(readme).includes(command)) return [];
  return [
    {
      file: "README.md",
      sentence: `does not show “${command}”, which ${pipeline} runs: they must name the same command.`,
    },
  ];
}

/** The lines of a shell script that do something, without settings in front of them. */
function commandsOf(script: string): string[] {
  return script
    .split("\n")
    .map((line) => line.trim().replace(/^(?:exec )?(?:[A-Z_]+=\S+ )*/, ""))
    .filter((line) => line !== "" && !/^(?:#|set |cd |export )/.test(line));
}

/** The commands in a text's code blocks, without the remarks behind them. */
function shownCommands(markdown: string): string[] {
  return [...markdown.matchAll(/^```\w*\n([\s\S]*?)^```/gm)].flatMap(([, block = ""]) =>
    block.split("\n").map((line) =>
      line
        .replace(/\s+#.*$/, "")
        .replace(/^\$ /, "")
        .trim(),
    ),
  );
}
