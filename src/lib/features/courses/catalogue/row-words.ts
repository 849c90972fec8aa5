import { number } from '$lib/ui';
import { m } from '$lib/paraglide/messages';
import { competencyName } from '../words';
import type { Row } from './rows';
import type { Reason } from './sections';

/** Why a course is recommended. */
export function reasonWords({ code, level, shown, citation }: Reason): string {
  const competency = competencyName(code);
  return shown > 0
    ? m.find_reason_gap_from({ competency, level, shown, citation })
    : m.find_reason_gap({ competency, level, citation });
}

/** How many of the unit take it. She is one of those who are counted. */
export const takersWords = ({ takers, started }: Pick<Row, 'takers' | 'started'>): string =>
  started ? m.find_takers_you({ count: number(takers - 1) }) : m.find_takers({ count: number(takers) });
