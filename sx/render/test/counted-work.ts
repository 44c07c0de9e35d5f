// Work counted, not timed: while something runs, the methods of strings and lists by which one look at a text can
// become many looks note how much they go through. For tests that hold a parser to time in proportion to its text.

/** Methods that go through what they are called on, up to their answer. */
const searches = [
  [String.prototype, "indexOf"],
  [Array.prototype, "some"],
  [Array.prototype, "find"],
  [Array.prototype, "includes"],
  [Array.prototype, "indexOf"],
] as const;

/** How many units and items were gone through, and were added to lists, while something ran. */
export function countWork(run: () => void): number {
  let work = 0;
  const restore: (() => void)[] = [];
  const replace = (
    owner: object,
    name: string,
    count: (subject: ArrayLike<unknown>, args: unknown[], answer: unknown) => number,
  ) => {
    const old = Object.getOwnPropertyDescriptor(owner, name) as PropertyDescriptor; // it is a method of the language
    const method = old.value as (...args: unknown[]) => unknown; // likewise
    const value = function (this: ArrayLike<unknown>, ...args: unknown[]): unknown {
      const answer = Reflect.apply(method, this, args);
      work += count(this, args, answer);
      return answer;
    };
    Object.defineProperty(owner, name, { ...old, value });
    restore.push(() => Object.defineProperty(owner, name, old));
  };
  for (const [owner, name] of searches) replace(owner, name, lookedAt);
  replace(Array.prototype, "push", (_, args) => args.length);
  try {
    run();
  } finally {
    for (const undo of restore) undo();
  }
  return work;
}

function lookedAt(subject: ArrayLike<unknown>, args: readonly unknown[], answer: unknown): number {
  const from = typeof args[1] === "number" ? args[1] : 0;
  const end = typeof answer === "number" && answer >= 0 ? answer : subject.length;
  return 1 + Math.max(0, end - from);
}
