import type { Browser } from '@playwright/test';

/** What every section of the bench gets. */
export interface BenchOptions {
  /** Fewer documents and runs, for a look that takes under three minutes altogether. */
  quick: boolean;
  browser: Browser;
  /** Prints a line of progress. */
  say(line: string): void;
}

/** One number of GOALS.md and whether it holds. */
export interface Goal {
  /** Begins with its number in GOALS.md. */
  name: string;
  value: number;
  goal: string;
  met: boolean;
  /** A time or a rate of this machine: shown, but no reason to fail, because it differs from machine to machine. */
  absolute?: boolean;
}

/** What a section of the bench found. */
export interface Section {
  name: string;
  goals: Goal[];
  /** Rows for people to read. */
  table?: Record<string, string | number>[];
  /** Every measurement, for the JSON. */
  data: unknown;
}

export type Measure = (options: BenchOptions) => Promise<Section>;

export const atLeast = (name: string, value: number, bound: number): Goal => ({
  name,
  value,
  goal: `≥ ${bound}`,
  met: value >= bound
});

export const atMost = (name: string, value: number, bound: number): Goal => ({
  name,
  value,
  goal: `≤ ${bound}`,
  met: value <= bound
});

/** Milliseconds on this machine. */
export const within = (name: string, ms: number, bound: number): Goal => ({
  ...atMost(`${name}, ms`, ms, bound),
  absolute: true
});
