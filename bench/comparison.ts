// A comparison: one workload, the rows it was measured to, and what is asked of one of them. Every part of
// the benchmark gives comparisons; this file says how one reads as Markdown and whether it holds.

import type { Row } from "./measure.ts";

export interface Comparison {
  readonly title: string;
  /** What the ratios are against: the first row. */
  readonly base: string;
  readonly rows: readonly Row[];
  readonly bounds: readonly Bound[];
}

/** What a row must keep (floor) and what it aims at (goal), as ratios to the base. */
export interface Bound {
  readonly row: string;
  readonly floor: number;
  readonly goal: number | null;
}

/** The bounds whose floor is missed. */
export function missedFloors(comparison: Comparison): Bound[] {
  return comparison.bounds.filter((bound) => !(ratioOf(comparison, bound) <= bound.floor));
}

function ratioOf(comparison: Comparison, bound: Bound): number {
  return comparison.rows.find(({ name }) => name === bound.row)?.ratio ?? Number.NaN;
}

/** A Markdown table, quickest first. */
export function toMarkdown(comparison: Comparison): string {
  const { title, base, rows, bounds } = comparison;
  const bounded = bounds.length > 0;
  const head = [
    `| | ${rows.some(({ kilobytes }) => kilobytes !== undefined) ? "kB" : "runs/s"} | × ${base} | iqr |${bounded ? " floor | goal | |" : ""}`,
    `|---|--:|--:|--:|${bounded ? "--:|--:|---|" : ""}`,
  ];
  const lines = rows
    .toSorted((a, b) => a.ratio - b.ratio)
    .map((row) => {
      const amount = row.kilobytes ?? 1000 / row.milliseconds;
      const measured = `| ${row.name} | ${digits(amount)} | ${digits(row.ratio)} | ${digits(row.lowerQuartile)}–${digits(row.upperQuartile)} |`;
      const bound = bounds.find((one) => one.row === row.name);
      if (!bound) return bounded ? `${measured} | | |` : measured;
      return `${measured} ${bound.floor} | ${bound.goal ?? "–"} | ${verdict(row.ratio, bound)} |`;
    });
  return [`### ${title}`, "", ...head, ...lines].join("\n");
}

function verdict(ratio: number, { floor, goal }: Bound): string {
  if (!(ratio <= floor)) return "floor **MISSED**";
  if (goal === null) return "held";
  return ratio <= goal ? "held, goal too" : "held, goal MISSED";
}

function digits(value: number): string {
  if (value >= 1000) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
