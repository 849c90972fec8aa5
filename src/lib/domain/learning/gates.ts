import type { ChapterEntry, Course, CourseModule } from '../documents/course.ts';
import type { Grade } from '../documents/grade.ts';
import type { FirstDay } from './days.ts';
import { windowOf, type Window } from './windows.ts';

/** Why a chapter is not open; each code has words (`gate_<code>`). */
export type Lock =
  | { code: 'module'; after: CourseModule[] }
  | { code: 'material'; left: number }
  | { code: 'not-open' | 'no-attempts'; opensAt?: number };

export interface ChapterGate {
  entry: ChapterEntry;
  done: boolean;
  lock?: Lock;
  /** Of an evaluation: its days and attempts. */
  window?: Window;
}

export interface ModuleGate {
  /** Undefined for chapters that belong to no module. */
  module?: CourseModule;
  open: boolean;
  done: boolean;
  chapters: ChapterGate[];
}

/** What a person has reached in a course. */
export interface Reached {
  /** Chapters that she finished, as her progress says. */
  done: Readonly<Record<string, unknown>>;
  /** The server's grades for this course. */
  grades: readonly Pick<Grade, 'chapter' | 'status' | 'at'>[];
  /** Attempts at evaluations without a grade, by chapter. */
  waiting?: Readonly<Record<string, number>>;
  /** Chapters for which work was handed in. */
  handedIn?: ReadonlySet<string>;
  first?: FirstDay;
  /** ms since 1970. */
  now: number;
}

const isMaterial = ({ form }: ChapterEntry): boolean => form !== 'evaluation' && form !== 'assignment';

/** An evaluation is done once it is passed, an assignment once work is handed in, everything else when it is finished. */
function isDone({ id, form }: ChapterEntry, { done, grades, handedIn }: Reached): boolean {
  if (form === 'evaluation') return grades.some(({ chapter, status }) => chapter === id && status === 'passed');
  if (form === 'assignment') return handedIn?.has(id) ?? false;
  return Object.hasOwn(done, id);
}

/**
 * What of a course is open to a person, what is not and why. Modules open one after another, chapters of no module are
 * always open, work is handed in when all other chapters but evaluations are done, and evaluations have their days.
 * What was open stays open, but for those days and their attempts.
 */
export function gatesOf(course: Pick<Course, 'chapters' | 'modules' | 'study'>, reached: Reached): ModuleGate[] {
  const { chapters, modules = [], study } = course;
  const finished = new Set(chapters.filter((entry) => isDone(entry, reached)).map(({ id }) => id));
  const known = new Set(chapters.map(({ id }) => id));
  const isFinished = (module: CourseModule): boolean =>
    module.chapters.every((id) => finished.has(id) || !known.has(id));
  const missing = chapters.filter((entry) => isMaterial(entry) && !finished.has(entry.id));

  const lockOf = (entry: ChapterEntry, window: Window | undefined, before: CourseModule[]): Lock | undefined => {
    if (finished.has(entry.id)) return undefined;
    if (before.length > 0) return { code: 'module', after: before };
    if (entry.form === 'assignment' && missing.length > 0) return { code: 'material', left: missing.length };
    if (!window || window.open || window.reason === 'passed') return undefined;
    return { code: window.reason, ...(window.opensAt !== undefined && { opensAt: window.opensAt }) };
  };

  const gateOf = (entry: ChapterEntry, before: CourseModule[]): ChapterGate => {
    const { grades, waiting, first, now } = reached;
    const window =
      entry.form === 'evaluation'
        ? windowOf({
            ...{ rules: study, first, now, waiting: waiting?.[entry.id] ?? 0 },
            grades: grades.filter(({ chapter }) => chapter === entry.id)
          })
        : undefined;
    const lock = lockOf(entry, window, before);
    return { entry, done: finished.has(entry.id), ...(lock && { lock }), ...(window && { window }) };
  };

  const byId = new Map(chapters.map((entry) => [entry.id, entry]));
  const placed = new Set<string>();
  const groups = modules.map((module): ModuleGate => {
    const before = modules.filter((other) => module.after.includes(other.id) && !isFinished(other));
    const entries = [...new Set(module.chapters)]
      .flatMap((id) => byId.get(id) ?? [])
      .filter(({ id }) => !placed.has(id));
    for (const { id } of entries) placed.add(id);
    const gates = entries.map((entry) => gateOf(entry, before));
    return { module, open: before.length === 0, done: isFinished(module), chapters: gates };
  });
  return withLoose(groups, chapters, (entry) => gateOf(entry, []), placed);
}

/** Chapters of no module stand where the course has them: before the module whose chapters follow, or at the end. */
function withLoose(
  groups: ModuleGate[],
  chapters: ChapterEntry[],
  gateOf: (entry: ChapterEntry) => ChapterGate,
  placed: Set<string>
): ModuleGate[] {
  const rows: ModuleGate[] = [];
  const shown = new Set<ModuleGate>();
  for (const entry of chapters) {
    const home = groups.find((group) => group.chapters.some((gate) => gate.entry.id === entry.id));
    if (placed.has(entry.id) && home) {
      if (!shown.has(home)) rows.push(home);
      shown.add(home);
      continue;
    }
    const gate = gateOf(entry);
    const last = rows.at(-1);
    if (last && !last.module) last.chapters.push(gate);
    else rows.push({ open: true, done: false, chapters: [gate] });
  }
  const finished = rows.map((row) => (row.module ? row : { ...row, done: row.chapters.every(({ done }) => done) }));
  return [...finished, ...groups.filter((group) => !shown.has(group))];
}

/** Whether everything that the course asks for is done. */
export const isComplete = (gates: readonly ModuleGate[]): boolean =>
  gates.every(({ chapters }) => chapters.every(({ done }) => done));

/** The gate of one chapter. */
export const gateOfChapter = (gates: readonly ModuleGate[], chapter: string): ChapterGate | undefined =>
  gates.flatMap(({ chapters }) => chapters).find(({ entry }) => entry.id === chapter);
