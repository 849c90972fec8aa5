const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Hours by which the zones of Indonesia are ahead of UTC; none of them changes its clocks. */
const OFFSETS: Partial<Record<string, number>> = {
  'Asia/Jakarta': 7,
  'Asia/Pontianak': 7,
  'Asia/Makassar': 8,
  'Asia/Jayapura': 9
};

/** Days of a course begin at midnight in the person's zone; one that is not in Indonesia counts as Jakarta. */
const offsetOf = (zone: string): number => (OFFSETS[zone] ?? 7) * HOUR;

const dayNumber = (time: number, zone: string): number => Math.floor((time + offsetOf(zone)) / DAY);

/** The first day of a person in a course, by the server's clock. */
export interface FirstDay {
  /** ISO 8601. */
  startedAt: string;
  zone: string;
}

/** Which day of the course it is, from 1; a clock before the first day counts as that day. */
export const dayOf = ({ startedAt, zone }: FirstDay, now: number): number =>
  Math.max(1, dayNumber(now, zone) - dayNumber(Date.parse(startedAt), zone) + 1);

/** When that day begins, ms since 1970. */
export const beginOfDay = ({ startedAt, zone }: FirstDay, day: number): number =>
  (dayNumber(Date.parse(startedAt), zone) + day - 1) * DAY - offsetOf(zone);
