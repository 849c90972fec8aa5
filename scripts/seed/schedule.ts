import type { Random } from './random.ts';

/** Days that the demonstration looks back. */
export const DAYS_BACK = 28;

/** The demonstration is told as if now were a Tuesday, 15.10. */
const NOW_MINUTE = 15 * 60 + 10;
const NOW_WEEKDAY = 2;
const DAY = 24 * 60;

/** How much people write in each hour of a working day. */
const HOURS = [0, 0, 0, 0, 1, 3, 8, 16, 20, 20, 18, 14, 12, 14, 16, 12, 8, 5, 5, 6, 5, 3, 1, 0];
const BUSIEST = Math.max(...HOURS);
const WEEKEND = 0.3;

function weight(minutesAgo: number): number {
  const minute = NOW_MINUTE - minutesAgo;
  const day = Math.floor(minute / DAY);
  const hour = Math.floor((minute - day * DAY) / 60);
  const weekday = (((NOW_WEEKDAY + day) % 7) + 7) % 7;
  return ((HOURS[hour] ?? 0) / BUSIEST) * (weekday === 0 || weekday === 6 ? WEEKEND : 1);
}

/** Draws `count` times in the last 28 days, newest first, as minutes before now. */
export function drawTimes(random: Random, count: number): number[] {
  const times: number[] = [];
  while (times.length < count) {
    const minutesAgo = random.int(2, DAYS_BACK * DAY - 1);
    if (random.next() < weight(minutesAgo)) times.push(minutesAgo);
  }
  return times.sort((a, b) => a - b);
}
