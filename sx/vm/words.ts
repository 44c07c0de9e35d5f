// The operations of loaded code, by number. They are the machine's own business: modules know the 24 opcodes
// alone, and load.ts translates. A word holds an operation in its low 8 bits; operands are above it, a count or
// constant beside a slot in the upper half; jumps that look at a variable have their target in the next word.
// machine.ts writes the numbers out, since that makes its switch a table; a test compares the two.

export const word = {
  halt: 0,
  constant: 1,
  copy: 2,
  nil: 3,
  true: 4,
  false: 5,
  pop: 6,
  dup: 7,
  local: 8,
  localCell: 9,
  setLocal: 10,
  bindLocal: 11,
  bindCell: 12,
  setCell: 13,
  taken: 14,
  takenCell: 15,
  setTaken: 16,
  self: 17,
  global: 18,
  setGlobal: 19,
  define: 20,
  jump: 21,
  jumpIfFalse: 22,
  jumpIfTrue: 23,
  call: 24,
  tailCall: 25,
  return: 26,
  blockReturn: 27,
  closure: 28,
  prim0: 29,
  prim1: 30,
  prim2: 31,
  prim3: 32,
  primMany: 33,
  list: 34,
  dict: 35,
  text: 36,
  native: 37,
  component: 38,
  extension: 39,
  callGlobal: 40,
  tailGlobal: 41,
  callSelf: 42,
  tailSelf: 43,
  callLocal: 44,
  callTaken: 45,
  returnLocal: 46,
  returnConstant: 47,
  /** From here 12 words: + - * by `operands`. */
  arithmetic: 48,
  less: 60,
  equal: 61,
  begin: 62,
  print: 63,
  /** From here 4 words by `operands`: jumping; see `comparisonWord`. */
  compare: 64,
  lines: 68,
  keepChild: 69,
  callOwn: 70,
  tailOwn: 71,
  not: 100,
  isNil: 101,
  isEmpty: 102,
  first: 103,
  rest: 104,
  cons: 105,
  getKey: 106,
  getLocalKey: 107,
  mod: 108,
  attributeLocalKey: 109,
  childLocalKey: 110,
  jumpIfLocalFalse: 111,
  jumpIfLocalTrue: 112,
  append: 113,
  child: 114,
  childLocal: 115,
  attribute: 116,
  markup: 117,
  walk: 118,
  walkIndexed: 119,
  walkReduce: 120,
  keepMapped: 121,
  keepFiltered: 122,
  keepNone: 123,
  returnMarkup: 124,
  printValues: 125,
  keepReduced: 126,
  tryDone: 127,
  cleanupDone: 128,
  blockTail: 129,
  keepSome: 130,
  keepEvery: 131,
  promptDone: 132,
} as const;

/** Operations on two numbers, in the order of their words. */
export const arithmetic = ["+", "-", "*", "<", "<=", ">", ">=", "="] as const;

/** The first of them that compares. */
export const firstComparison = 3;

/** What follows a `compare`: where it leads when the comparison's truth is the one asked for. */
export function comparisonWord(target: number, comparison: number, truth: boolean): number {
  return target | (comparison << 24) | (truth ? 1 << 27 : 0);
}

/** Where two operands are: both on the stack; stack and constant; slot and constant; two slots. */
export const operands = { stack: 0, stackConstant: 1, slotConstant: 2, slots: 3 } as const;
