import { goto } from '$app/navigation';
import type { Left } from './leaving';

/**
 * Addresses say what a person looked at, and the history of a tab cannot be erased. So the tab remembers where the
 * history of the person who is unlocked begins, and the back button does not go further.
 */
const KEY = 'smartasn-history';

/** Where a person begins who was nowhere. */
const HOME = '/feed';

interface Begun {
  slot: string;
  /** Number of her first entry, as the router counts them. */
  since: number;
}

/** The number that the router keeps with each entry of the tab's history. */
function entry(): number {
  const state: unknown = history.state;
  const number = typeof state === 'object' && state !== null && Reflect.get(state, 'sveltekit:history');
  return typeof number === 'number' ? number : 0;
}

function begun(): Begun | undefined {
  const kept = sessionStorage.getItem(KEY);
  return kept === null ? undefined : (JSON.parse(kept) as Begun);
}

/** Whether the entry that the tab shows is somebody else's than this place's. */
export function isForeign(slot: string): boolean {
  const known = begun();
  return known !== undefined && (known.slot !== slot || entry() < known.since);
}

/** The history of this place begins with the entry that the tab shows, unless it has begun already. */
function beginHistory(slot: string): void {
  if (begun()?.slot !== slot) sessionStorage.setItem(KEY, JSON.stringify({ slot, since: entry() } satisfies Begun));
}

/** Nobody's history goes on here: not even its last entry may be gone back to. */
export function endHistory(): void {
  sessionStorage.setItem(KEY, JSON.stringify({ slot: '', since: entry() + 1 } satisfies Begun));
}

/** Brings a person to where she was, unless the tab shows a page that she opened herself. */
export async function arrive(slot: string, left?: Left): Promise<void> {
  if (isForeign(slot)) await goto(left?.path ?? HOME);
  beginHistory(slot);
}

/** What the address bar shows is nobody's any more. */
export async function leaveAddress(): Promise<void> {
  endHistory();
  await goto(HOME, { replaceState: true });
}
