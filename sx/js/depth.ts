// How deep a program is, as compiled code counts it: each function gets its depth first, in the high bits the
// activations that wait for it and in the low sixteen the JavaScript frames since tail calls last landed
// (docs/adr/0001). Every engine refuses the same depth.

import { deepestActivation } from "../core/depth.ts";

/** One call that waits for its answer, and one JavaScript frame. */
export const waitingCall = 65537;

/** The test that refuses an activation too deep; `level` counts those inlined around the place. */
export function depthGuard(level: number, refuse: string): string {
  return `if (d >= ${(deepestActivation + 1 - level) * 65536}) ${refuse}();`;
}

/** Likewise, for functions that are not compiled. */
export function tooDeep(depth: number): boolean {
  return depth >= (deepestActivation + 1) * 65536;
}
