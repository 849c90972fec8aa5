import * as v from 'valibot';
import { enrolled, type Enrolled } from '$lib/domain/kiosk';
import { IDLE, KIOSK_IDLE, setIdleSeconds } from '../session/device';

/** What this browser is to the office; of no person, and worth nothing without one. */
const KEY = 'smartasn-kiosk';

/** A locked guest who gives no sign for so long has left for good, seconds. */
export const GONE = 120;

/** Who wants to come back without a link is remembered for so long, ms. */
export const STAY = 12 * 3_600_000;

function kept(): Enrolled | undefined {
  try {
    const read = v.safeParse(enrolled, JSON.parse(localStorage.getItem(KEY) ?? 'null'));
    return read.success ? read.output : undefined;
  } catch {
    return undefined;
  }
}

let here = $state.raw(kept());

/** The kiosk that this browser is; undefined when it is none. */
export const kioskHere = {
  get current(): Enrolled | undefined {
    return here;
  }
};

export function becomeKiosk(kiosk: Enrolled): void {
  localStorage.setItem(KEY, JSON.stringify(kiosk));
  setIdleSeconds(KIOSK_IDLE);
  here = kiosk;
}

function ceaseKiosk(): void {
  localStorage.removeItem(KEY);
  setIdleSeconds(IDLE);
  here = undefined;
}

/** Asks the office whether it still has this kiosk; without a link nobody knows, and it stays one. */
export async function checkKiosk(): Promise<void> {
  const kiosk = here;
  if (!kiosk) return;
  const { hasEnded } = await import('$lib/sync/kiosk');
  if ((await hasEnded(kiosk)) && here === kiosk) ceaseKiosk();
}
