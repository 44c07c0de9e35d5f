// Makes a service of the standard shape that starts: a copy of service-template/ under another name, with a
// section in the configuration and its workspace installed. The template is itself a working service, named
// “sample”. It refuses what would overwrite anything.
import { execFileSync } from "node:child_process";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { addToConfiguration, createService, refuseName } from "./service-copy.ts";

const help = `npm run new -- NAME [--into FOLDER] [--no-install]

Makes services/NAME, which starts and passes npm run check, and adds it to config/rose-ash.yaml.

  --into FOLDER   the project to make it in (this one)
  --no-install    leave out npm install, which makes it known as a workspace`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    into: { type: "string" },
    "no-install": { type: "boolean" },
    help: { type: "boolean" },
  },
});
if (values.help) console.log(help);
else process.exitCode = main(resolve(values.into ?? join(import.meta.dirname, "..")));

function main(root: string): number {
  const [name, ...more] = positionals;
  if (name === undefined || more.length > 0) {
    console.error(help);
    return 2;
  }
  const refusal = refuseName(root, name);
  if (refusal !== null) {
    console.error(refusal);
    return 1;
  }
  for (const file of createService(root, name)) console.log(`services/${name}/${file}`);
  const outcome = addToConfiguration(root, name);
  if (outcome.kind === "added") console.log(`config/rose-ash.yaml: ${name} at ${outcome.origin}`);
  else console.log(`Add this to the section “services” of config/rose-ash.yaml:\n${outcome.lines}`);
  if (values["no-install"] !== true) {
    execFileSync("npm", ["install", "--no-audit", "--no-fund"], { cwd: root, stdio: "inherit" });
  }
  console.log(`Start it with ./dev.sh ${name}; its README says what to change first.`);
  return 0;
}
