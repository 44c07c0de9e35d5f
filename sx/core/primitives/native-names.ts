// The functions of the language that no table can hold, because they call functions, capture or write: each engine
// makes its own, under these names.

import { nativeRows } from "./rows.ts";

/** `suspense` has no row: programs write it as a form, which calls the function of that name. */
export const nativeNames: readonly string[] = [...Object.keys(nativeRows), "suspense"];
