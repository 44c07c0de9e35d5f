// The worked example of an extension: two operations, one that pushes and one that changes what is there, and a
// state that counts them. README.md walks through it, and extensions.test.ts runs it on the machine.

import { sxError } from "../core/errors.ts";
import type { Extension } from "./extensions.ts";

/** How often its operations ran in one machine. */
export interface TestState {
  counter: number;
}

export const testExt: Extension<TestState> = {
  name: "test_ext",
  version: 1,
  base: 220,
  ops: [
    {
      id: 220,
      name: "OP_TEST_PUSH_42",
      operands: [],
      pops: 0,
      pushes: 1,
      run(machine) {
        machine.state.counter++;
        machine.push(42);
      },
    },
    {
      id: 221,
      name: "OP_TEST_DOUBLE_TOS",
      operands: [],
      pops: 1,
      pushes: 1,
      run(machine) {
        machine.state.counter++;
        const value = machine.pop();
        if (typeof value !== "number")
          throw sxError("call/type", {
            primitive: "OP_TEST_DOUBLE_TOS",
            argument: "the top of the stack",
            expected: "a number",
            found: value,
          });
        machine.push(value * 2);
      },
    },
  ],
  initState: () => ({ counter: 0 }),
};
