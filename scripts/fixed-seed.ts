// Loaded before every test file that the runner starts: what is drawn at random is drawn the same each time, so that
// a clean checkout gives the same answer twice. Whoever sets ROSE_ASH_LAW_PROGRAMS looks for something new and gets
// new samples; so does a test file that is run by itself.
import fc from "fast-check";

if (process.env.ROSE_ASH_LAW_PROGRAMS === undefined)
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 2026 });
