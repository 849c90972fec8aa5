import fc from 'fast-check';
import { newEdit } from '../../ids.ts';

/**
 * Histories of one document on several devices of one person, for property tests: each device writes, and takes over
 * what another device has. Clocks are skewed, and edit ids are unique, as newEdit makes them.
 */
export interface Device<T> {
  doc: T | undefined;
}

export interface Kind<T> {
  /** The document's first version; several devices may make one, unless `shared`. */
  create(edit: string, value: number): T;
  change(doc: T, edit: string, value: number): T;
  merge(a: T, b: T): T;
  /** Its id is random, so that only one device can ever create it. */
  shared: boolean;
}

type Step = { kind: 'write'; device: number; value: number } | { kind: 'take'; device: number; from: number };

const DEVICES = 4;
const device = fc.nat(DEVICES - 1);

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('write' as const), device, value: fc.nat(1_000) }),
    fc.record({ kind: fc.constant('take' as const), device, from: device })
  ),
  { minLength: 1, maxLength: 30 }
);

/** Minutes by which each device's clock is off. */
const skews = fc.array(fc.integer({ min: -600, max: 600 }), { minLength: DEVICES, maxLength: DEVICES });

export interface History<T extends { edit: string }> {
  /** Every state that any device ever had, oldest first. */
  states: T[];
  /** For each state, the earlier states that its device already knew. */
  ancestors: T[][];
  /** What each device has at the end. */
  last: T[];
}

/** Runs random histories of a kind of document. */
export function histories<T extends { edit: string }>(kind: Kind<T>): fc.Arbitrary<History<T>> {
  return fc.tuple(steps, skews).map(([all, clocks]) => {
    const docs: (T | undefined)[] = Array.from({ length: DEVICES }, () => undefined);
    const known: T[][] = Array.from({ length: DEVICES }, () => []);
    const history: History<T> = { states: [], ancestors: [], last: [] };
    const record = (at: number, doc: T): void => {
      history.states.push(doc);
      history.ancestors.push([...(known[at] ?? [])]);
      known[at]?.push(doc);
      docs[at] = doc;
    };
    let started = false;
    all.forEach((step, index) => {
      const own = docs[step.device];
      if (step.kind === 'take') {
        const other = docs[step.from];
        if (!other || step.from === step.device) return;
        known[step.device]?.push(...(known[step.from] ?? []));
        record(step.device, own ? kind.merge(own, other) : other);
        return;
      }
      if (!own && kind.shared && started) return;
      started = true;
      const now = Date.UTC(2026, 0, 1) + index * 1_000 + (clocks[step.device] ?? 0) * 60_000;
      const edit = newEdit(own?.edit, now);
      record(step.device, own ? kind.change(own, edit, step.value) : kind.create(edit, step.value));
    });
    history.last = docs.filter((doc) => doc !== undefined);
    return history;
  });
}

/** A history with three of its states. */
export function threeStates<T extends { edit: string }>(kind: Kind<T>): fc.Arbitrary<[T, T, T]> {
  const index = fc.nat(1_000);
  return fc
    .tuple(histories(kind), index, index, index)
    .filter(([{ states }]) => states.length > 0)
    .map(([{ states }, ...picks]) => picks.map((pick) => states[pick % states.length]) as [T, T, T]);
}
