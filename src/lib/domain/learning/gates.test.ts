import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Course } from '../documents/course.ts';
import { beginOfDay, dayOf } from './days.ts';
import { gateOfChapter, gatesOf, isComplete, type Reached } from './gates.ts';
import { windowOf } from './windows.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.parse('2026-03-02T01:00:00.000Z');
const first = { startedAt: new Date(START).toISOString(), zone: 'Asia/Jayapura' };
const file = { sha256: 'a'.repeat(64), size: 1, type: 'application/json' };

const entryOf = (id: string): Course['chapters'][number] => {
  const form = id.startsWith('e') ? 'evaluation' : id.startsWith('j') ? 'assignment' : 'text';
  return { id, title: id, form, file, images: [] };
};
const IDS = ['a', 'b', 'c', 'd', 'e', 'j'];
const course: Pick<Course, 'chapters' | 'modules' | 'study'> = {
  chapters: IDS.map(entryOf),
  modules: [
    { id: 'satu', title: 'Satu', chapters: ['a', 'b'], after: [] },
    { id: 'dua', title: 'Dua', chapters: ['c', 'e'], after: ['satu'] }
  ],
  study: {
    regular: { from: 1, to: 15, attempts: 2 },
    remedial: { from: 16, to: 30, attempts: 3 },
    certificate: true
  }
};

const failed = (day: number) => ({ status: 'failed' as const, at: new Date(START + (day - 1) * DAY).toISOString() });
const windowAt = (day: number, grades: Parameters<typeof windowOf>[0]['grades'] = [], waiting = 0) =>
  windowOf({ rules: course.study, first, grades, waiting, now: START + (day - 1) * DAY });
const done = (...ids: string[]) => Object.fromEntries(ids.map((id) => [id, true]));
const at = (reached: Partial<Reached>) => gatesOf(course, { done: {}, grades: [], now: START, first, ...reached });
const lockOf = (reached: Partial<Reached>, chapter: string) => gateOfChapter(at(reached), chapter)?.lock;

test('modules open one after another, and what belongs to none is open', () => {
  expect(lockOf({}, 'a')).toBeUndefined();
  expect(lockOf({}, 'd')).toBeUndefined();
  expect(lockOf({}, 'c')).toMatchObject({ code: 'module', after: [{ id: 'satu' }] });
  expect(lockOf({ done: done('a') }, 'c')).toMatchObject({ code: 'module' });
  expect(lockOf({ done: done('a', 'b') }, 'c')).toBeUndefined();
});

test('work is handed in when all other chapters are done; evaluations do not hold it up', () => {
  expect(lockOf({ done: done('a', 'b') }, 'j')).toEqual({ code: 'material', left: 2 });
  expect(lockOf({ done: done('a', 'b', 'c', 'd') }, 'j')).toBeUndefined();
});

test('a course is complete with its evaluation passed and its work handed in', () => {
  const all = { done: done('a', 'b', 'c', 'd') };
  const grades = [{ chapter: 'e', status: 'passed' as const, at: first.startedAt }];
  expect(isComplete(at(all))).toBe(false);
  expect(isComplete(at({ ...all, grades }))).toBe(false);
  expect(isComplete(at({ ...all, grades, handedIn: new Set(['j']) }))).toBe(true);
});

test('days begin at midnight where the person is', () => {
  // 2 March 2026, 10.00 in Jayapura; day 2 begins fourteen hours later.
  expect(beginOfDay(first, 2)).toBe(START + 14 * HOUR);
  expect(dayOf(first, START + 14 * HOUR - 1)).toBe(1);
  expect(dayOf(first, START + 14 * HOUR)).toBe(2);
  expect(dayOf(first, START - 5 * DAY)).toBe(1);
});

test('regular days, their attempts, the remedial days, and afterwards', () => {
  expect(windowAt(1)).toEqual({ open: true, window: 'regular', remaining: 2, lastDay: 15, daysLeft: 15 });
  expect(windowAt(15, [failed(2)])).toMatchObject({ open: true, remaining: 1, daysLeft: 1 });
  expect(windowAt(3, [failed(2)], 1)).toMatchObject({ open: false, reason: 'no-attempts' });
  const over = windowAt(3, [failed(1), failed(2)]);
  expect(over).toEqual({ open: false, reason: 'no-attempts', opensAt: beginOfDay(first, 16) });
  expect(windowAt(16, [failed(1), failed(2)])).toMatchObject({ open: true, window: 'remedial', remaining: 3 });
  expect(windowAt(31)).toEqual({ open: false, reason: 'not-open' });
  expect(windowAt(3, [{ status: 'passed', at: first.startedAt }])).toEqual({ open: false, reason: 'passed' });
  expect(windowAt(3, [{ status: 'refused', at: first.startedAt }])).toMatchObject({ remaining: 2 });
});

test('a course without days lets everybody try until it is passed', () => {
  const free = (grades: Parameters<typeof windowOf>[0]['grades']) =>
    windowOf({ rules: { certificate: true }, first, grades, now: START + 900 * DAY });
  expect(free([failed(1), failed(2), failed(3)])).toEqual({ open: true, window: 'always' });
});

test('an attempt more never gives one more', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 8 }),
      fc.integer({ min: 1, max: 40 }),
      (days, now) => {
        const before = windowAt(now, days.map(failed));
        const after = windowAt(now, [...days, now].map(failed));
        if (!before.open) expect(after.open).toBe(false);
        else if (after.open) expect(after.remaining).toBe((before.remaining ?? 0) - 1);
        else expect(before.remaining).toBe(1);
      }
    )
  );
});

const progress = fc.record({
  ids: fc.subarray(IDS),
  passed: fc.boolean(),
  handed: fc.boolean()
});

test('what was open stays open however the person goes on; only days and attempts close', () => {
  const reachedOf = (some: { ids: string[]; passed: boolean; handed: boolean }, now: number): Reached => ({
    done: done(...some.ids),
    grades: some.passed ? [{ chapter: 'e', status: 'passed', at: first.startedAt }] : [],
    handedIn: new Set(some.handed ? ['j'] : []),
    first,
    now
  });
  fc.assert(
    fc.property(progress, progress, fc.nat(40), fc.nat(40), (a, b, day, later) => {
      const more = { ids: [...a.ids, ...b.ids], passed: a.passed || b.passed, handed: a.handed || b.handed };
      const before = gatesOf(course, reachedOf(a, START + day * DAY));
      const after = gatesOf(course, reachedOf(more, START + (day + later) * DAY));
      for (const id of IDS) {
        const [was, is] = [gateOfChapter(before, id), gateOfChapter(after, id)];
        if (was?.done) expect(is?.done).toBe(true);
        if (!was?.lock) expect(['not-open', 'no-attempts', undefined]).toContain(is?.lock?.code);
      }
    })
  );
});

test('every chapter stands in exactly one place, whatever the modules name', () => {
  const someModules = fc.array(
    fc.record({ chapters: fc.array(fc.constantFrom(...IDS, 'hilang')), after: fc.array(fc.nat(3)) }),
    { maxLength: 4 }
  );
  fc.assert(
    fc.property(someModules, (written) => {
      const modules = written.map(({ chapters, after }, index) => ({
        ...{ id: `m${index}`, title: `m${index}`, chapters },
        after: after.map((one) => `m${one}`)
      }));
      const gates = gatesOf({ ...course, modules }, { done: {}, grades: [], now: START });
      const ids = gates.flatMap(({ chapters }) => chapters.map(({ entry }) => entry.id));
      expect(ids.sort()).toEqual([...IDS].sort());
    })
  );
});
