#!/usr/bin/env -S node --stack-size=6000
// The `sx` command. This file only makes sure that the Node it runs on can read TypeScript.

const major = Number(process.versions.node.split(".")[0]);
if (major < 24) {
  console.error(
    `sx needs Node 24 or later and runs on ${process.version}; inside the project, "npx sx" finds the right one.`,
  );
  process.exit(1);
}
const { endWithoutReader, main } = await import("./main.ts");
endWithoutReader(process.stdout, process.stderr);
process.exitCode = await main(process.argv.slice(2), process.stdout, process.stderr, process.stdin);
