import { gapClosed, requirementOf, shownLevels, type Requirement } from '$lib/domain/rules/competencies';
import type { Row } from './rows';

/** Courses of a section. */
const FEW = 3;

/** How long a course is new, ms. */
const NEW = 30 * 86_400_000;

/** Why a course is recommended: what the position asks for, and what has been shown so far. */
export interface Reason extends Requirement {
  code: string;
  shown: number;
}

export interface Sections {
  continued: Row[];
  forYou: { row: Row; reason: Reason }[];
  unit: Row[];
  fresh: Row[];
}

/** Recommended courses, those that close the widest gap first, and of each competency one before another of the same. */
function recommended(rows: readonly Row[], required: Requirement): Sections['forYou'] {
  const shown = shownLevels(rows.filter(({ share }) => share === 1).map(({ course }) => course.competencies ?? []));
  const all = rows.flatMap((row) => {
    const closed =
      row.started || row.course.withdrawn ? undefined : gapClosed(row.course.competencies ?? [], required, shown);
    if (!closed) return [];
    return [{ row, gap: closed.gap, reason: { ...required, code: closed.code, shown: shown.get(closed.code) ?? 0 } }];
  });
  all.sort((a, b) => b.gap - a.gap || b.row.takers - a.row.takers);
  const turns = new Map<string, number>();
  const inTurns = all.map((one) => {
    const turn = turns.get(one.reason.code) ?? 0;
    turns.set(one.reason.code, turn + 1);
    return { ...one, turn };
  });
  return inTurns.sort((a, b) => a.turn - b.turn).slice(0, FEW);
}

/** What invites a person; each course stands in one place. Rows come newest first. */
export function sectionsOf(
  rows: readonly Row[],
  position: { title: string; status: string } | undefined,
  now: number
): Sections {
  const continued = rows.filter(({ started, share }) => started && share < 1);
  const required = position && requirementOf(position);
  const forYou = required ? recommended(rows, required) : [];
  const told = new Set(forYou.map(({ row }) => row));
  const open = rows.filter((row) => !row.started && !told.has(row));
  const unit = open
    .filter(({ takers }) => takers > 0)
    .sort((a, b) => b.takers - a.takers)
    .slice(0, FEW);
  const fresh = open.filter((row) => !unit.includes(row) && now - Date.parse(row.course.publishedAt) < NEW);
  return { continued: continued.slice(0, FEW), forYou, unit, fresh: fresh.slice(0, FEW) };
}
