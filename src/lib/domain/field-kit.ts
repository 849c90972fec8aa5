/** A course that somebody could take to where there is no signal. */
export interface Offer {
  id: string;
  /** Bytes that are still to be fetched. */
  missing: number;
  /** How long what is left of it takes. */
  minutes: number;
  started: boolean;
  /** How much it matters to her beyond that: a level that her position lacks counts more than a topic she chose. */
  weight: number;
}

export interface Journey {
  days: number;
  /** Minutes that she learns a day. */
  aDay: number;
  /** Bytes that may be used. */
  space: number;
}

export interface Kit<T extends Offer> {
  chosen: T[];
  bytes: number;
  minutes: number;
  /** Minutes that the days have. */
  wanted: number;
}

/** What is nearer to its end for fewer bytes comes first among equals. */
const order = (a: Offer, b: Offer): number =>
  Number(b.started) - Number(a.started) || b.weight - a.weight || a.missing - b.missing || (a.id < b.id ? -1 : 1);

/**
 * Chooses what goes along: courses that she is in, then what matters most to her, as long as the days have minutes left,
 * and never more than fits. What does not fit is passed over for something smaller.
 */
export function packKit<T extends Offer>(offers: readonly T[], { days, aDay, space }: Journey): Kit<T> {
  const kit: Kit<T> = { chosen: [], bytes: 0, minutes: 0, wanted: days * aDay };
  for (const offer of offers.toSorted(order)) {
    if (kit.minutes >= kit.wanted) break;
    if (offer.minutes <= 0 || kit.bytes + offer.missing > space) continue;
    kit.chosen.push(offer);
    kit.bytes += offer.missing;
    kit.minutes += offer.minutes;
  }
  return kit;
}
