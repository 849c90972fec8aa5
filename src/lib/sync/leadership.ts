import { sleep } from './patience';
import type { Surroundings } from './surroundings';

/** Time before another try when leading ended in an unexpected error, ms. */
const RECOVER = 5_000;

/**
 * Runs `lead` while this tab holds the lock; when the tab that has it dies, the browser hands it to the next at once.
 * Resolves after the signal fired and `lead` has ended.
 */
export async function whileLeading(
  name: string,
  locks: Surroundings['locks'],
  signal: AbortSignal,
  lead: () => Promise<void>
): Promise<void> {
  while (!signal.aborted) {
    try {
      if (locks) await locks.request(name, { signal }, lead);
      else await lead();
    } catch {
      await sleep(RECOVER, signal);
    }
  }
}
