// The workloads of language.sx as a JavaScript programmer writes them: loops instead of tail calls, indices
// instead of `rest`. They are the limit that the language comparison measures against.

export function fib(n: number): number {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

export function selfLoop(n: number): number {
  let total = 0;
  for (let left = n; left !== 0; left--) total += left;
  return total;
}

export function mutualCalls(n: number): boolean {
  let even = true;
  for (let left = n; left !== 0; left--) even = !even;
  return even;
}

export function squareSum(n: number): number {
  const numbers: number[] = [];
  for (let i = 0; i < n; i++) numbers.push(i);
  return numbers
    .filter((x) => x % 2 === 0)
    .map((x) => x * x)
    .reduce((a, b) => a + b, 0);
}

function isSafe(queen: number, placed: readonly number[]): boolean {
  for (let i = 0; i < placed.length; i++) {
    const other = placed[i] as number; // inside the bounds
    if (other === queen || other === queen + i + 1 || other === queen - i - 1) return false;
  }
  return true;
}

function placeRows(rows: number, size: number, placed: readonly number[]): number {
  if (rows === 0) return 1;
  let ways = 0;
  for (let column = 1; column <= size; column++) {
    if (isSafe(column, placed)) ways += placeRows(rows - 1, size, [column, ...placed]);
  }
  return ways;
}

export function queens(n: number): number {
  return placeRows(n, n, []);
}

const makeAdder = (n: number) => (x: number) => x + n;

export function closures(n: number): number {
  let total = 0;
  for (let left = n; left !== 0; left--) total += makeAdder(left)(1);
  return total;
}

function makeCounter(): () => number {
  let count = 0;
  return () => {
    count = count + 1;
    return count;
  };
}

export function countUp(n: number): number {
  const next = makeCounter();
  let last = 0;
  for (let i = 0; i < n; i++) last = next();
  return last;
}

export function buildString(n: number): number {
  let text = "";
  for (let left = n; left !== 0; left--) text = `${text}x${left}`;
  return text.length;
}
