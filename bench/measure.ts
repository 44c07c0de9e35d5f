// Ratios between things that do the same work. All contenders run in one process, in rounds of shuffled
// order; each is compared with the base of its own round, and the median of those ratios counts. The clock
// is the process's CPU time, so what else runs on the machine drops out and a contender pays for its garbage.

export interface Contender {
  readonly name: string;
  /** Does the work once. A promise is waited for. What comes back is consumed, strings as flat text. */
  readonly run: () => unknown;
  /** How many times less it does than the others, where the whole would take too long; its time is scaled. */
  readonly work?: number;
}

export interface Row {
  readonly name: string;
  /** Median CPU milliseconds for one run. */
  readonly milliseconds: number;
  /** Where memory is compared and not time: how much. */
  readonly kilobytes?: number;
  /** Median of the ratios to the base in the same round. */
  readonly ratio: number;
  readonly lowerQuartile: number;
  readonly upperQuartile: number;
}

export interface Effort {
  readonly rounds: number;
  /** CPU milliseconds that one contender works in one round. */
  readonly sliceMs: number;
  /** CPU milliseconds of warming up before anything counts. */
  readonly warmMs: number;
  /** Measure others too, where they are installed apart (bench/peers). */
  readonly withPeers: boolean;
}

/** Enough for quartiles within a few hundredths on a quiet machine. */
export const usualEffort: Effort = { rounds: 15, sliceMs: 20, warmMs: 250, withPeers: false };

/** User and system CPU milliseconds of this process so far. */
export function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Keeps a result alive. A joined string is a tree until somebody reads it; a server always does. */
export class Consumer {
  private seen = 0;

  take(value: unknown): void {
    if (typeof value === "string") this.seen ^= value.charCodeAt(value.length >> 1);
    else if (value) this.seen ^= 1;
  }

  /** A number that depends on everything taken. */
  get trace(): number {
    return this.seen;
  }
}

/** Measures contenders against the first one. Rows come in the order of the contenders. */
export async function compare(
  contenders: readonly Contender[],
  effort: Effort = usualEffort,
): Promise<Row[]> {
  const consumer = new Consumer();
  const lanes: Lane[] = [];
  for (const contender of contenders) lanes.push(await warm(contender, effort, consumer));
  const random = randomNumbers(20260101);
  for (let round = 0; round < effort.rounds; round++) {
    for (const lane of shuffled(lanes, random)) {
      const scale = (lane.contender.work ?? 1) / lane.repeats;
      lane.times.push((await work(lane.contender, lane.repeats, consumer)) * scale);
    }
  }
  if (!Number.isInteger(consumer.trace)) throw new Error("The results of the contenders were not consumed.");
  const [base] = lanes;
  return base ? lanes.map((lane) => rowOf(lane, base)) : [];
}

interface Lane {
  readonly contender: Contender;
  /** Runs in one slice. */
  readonly repeats: number;
  /** Milliseconds for one run, round by round. */
  readonly times: number[];
}

async function warm(contender: Contender, effort: Effort, consumer: Consumer): Promise<Lane> {
  const start = cpuMilliseconds();
  let repeats = 1;
  let elapsed = await work(contender, repeats, consumer);
  while (cpuMilliseconds() - start < effort.warmMs || elapsed < effort.sliceMs / 3) {
    // Doubling ends once a slice takes long enough to be told from the clock's own steps.
    if (elapsed < effort.sliceMs / 3) repeats *= 2;
    elapsed = await work(contender, repeats, consumer);
  }
  return { contender, repeats: Math.max(1, Math.round((repeats * effort.sliceMs) / elapsed)), times: [] };
}

/** CPU milliseconds for that many runs. */
async function work(contender: Contender, repeats: number, consumer: Consumer): Promise<number> {
  const start = cpuMilliseconds();
  for (let i = 0; i < repeats; i++) {
    const value = contender.run();
    consumer.take(value instanceof Promise ? await value : value);
  }
  return cpuMilliseconds() - start;
}

function rowOf(lane: Lane, base: Lane): Row {
  const ratios = lane.times.map((time, round) => time / (base.times[round] as number)); // both ran in every round
  return {
    name: lane.contender.name,
    milliseconds: quantile(lane.times, 0.5),
    ratio: quantile(ratios, 0.5),
    lowerQuartile: quantile(ratios, 0.25),
    upperQuartile: quantile(ratios, 0.75),
  };
}

/** The value below which that share of the numbers lies, between neighbours in proportion. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  if (low === undefined || high === undefined) return Number.NaN;
  return low + (high - low) * (place - Math.floor(place));
}

/** The same numbers in 0…1 each time: a linear congruence, good enough for shuffling and for filler text. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, key: random() }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ item }) => item);
}
