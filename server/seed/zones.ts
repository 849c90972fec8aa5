/**
 * Time zones of Indonesia by province (Keputusan Presiden 41/1987), told by the first two digits of the official
 * region code. The provinces of Papua that were made in 2022 keep the zone of the province they came from.
 */
const CENTRAL = /^(51|52|53|63|64|65|7\d)/;
const EASTERN = /^(8\d|9\d)/;

/** The IANA zone of a region by its official code; western time where the code says nothing. */
export function zoneOf(region: string | undefined): string {
  if (region && EASTERN.test(region)) return 'Asia/Jayapura';
  if (region && CENTRAL.test(region)) return 'Asia/Makassar';
  return 'Asia/Jakarta';
}
