// Checks the project against its rules and prints every finding; exit code 1 when there is one.
// The rules are in check/rules.ts, each in a file of its own. It ends with the longest files and functions.
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { describeFinding } from "./check/finding.ts";
import { describeLongest } from "./check/longest.ts";
import { rules } from "./check/rules.ts";

const help = `npm run check -- [--only RULE]… [--root FOLDER]

Checks the project against its rules: ${Object.keys(rules).join(", ")}.`;

const { values } = parseArgs({
  options: {
    only: { type: "string", multiple: true },
    root: { type: "string" },
    help: { type: "boolean" },
  },
});
if (values.help) console.log(help);
else process.exitCode = await check(resolve(values.root ?? join(import.meta.dirname, "..")), values.only);

/** Runs the rules, all of them when none is named; answers the exit code. */
async function check(root: string, only: readonly string[] | undefined): Promise<number> {
  const unknown = only?.find((name) => !Object.hasOwn(rules, name));
  if (unknown !== undefined) {
    console.error(`There is no rule “${unknown}”: choose from ${Object.keys(rules).join(", ")}.`);
    return 2;
  }
  let count = 0;
  for (const [name, rule] of Object.entries(rules)) {
    if (only && !only.includes(name)) continue;
    const findings = await rule(root);
    count += findings.length;
    console.log(`${findings.length === 0 ? "kept  " : "BROKEN"}  ${name}`);
    for (const finding of findings) console.log(`  ${describeFinding(finding)}`);
  }
  if (!only) console.log(`\n${describeLongest(root)}`);
  console.log(`\n${count === 0 ? "Every rule is kept." : `${count} findings.`}`);
  return count === 0 ? 0 : 1;
}
