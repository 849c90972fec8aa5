/** How grave a finding is: `bad` and `warn` need an operator, and the command ends with exit code 1. */
export type Level = 'ok' | 'warn' | 'bad';

/** One line of the doctor's report, in words, with what belongs under it. */
export interface Finding {
  level: Level;
  text: string;
  details?: string[];
}

export const ok = (text: string, details?: string[]): Finding => ({ level: 'ok', text, ...(details && { details }) });
export const warn = (text: string, details?: string[]): Finding => ({
  level: 'warn',
  text,
  ...(details && { details })
});
export const bad = (text: string, details?: string[]): Finding => ({ level: 'bad', text, ...(details && { details }) });

const SIGNS: Record<Level, string> = { ok: '✓', warn: '!', bad: '✗' };

/** Most details that are printed under a line. */
const MOST = 10;

/** The lines of a finding. */
export function linesOf({ level, text, details = [] }: Finding): string[] {
  const rest = details.length - MOST;
  const shown = details.slice(0, MOST).map((detail) => `    ${detail}`);
  return [`${SIGNS[level]} ${text}`, ...shown, ...(rest > 0 ? [`    … +${rest}`] : [])];
}

/** Runs `work` for each item, a few at a time; results in the order of the items. */
export async function forEach<T, R>(items: T[], parallel: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let at = 0; at < items.length; at += parallel)
    results.push(...(await Promise.all(items.slice(at, at + parallel).map(work))));
  return results;
}
