// Run as a child: asks for the lock of a directory, says "locked" or "held", and keeps it until its standard
// input ends (then it releases it) or it is killed.
import { lockDirectory } from "../lock.ts";

const lock = await lockDirectory(process.argv[2]!);
process.stdout.write(`${lock.kind}\n`);
for await (const _ of process.stdin);
if (lock.kind === "locked") await lock.release();
