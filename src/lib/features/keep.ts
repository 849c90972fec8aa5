import { NoSpace, TooLong } from '$lib/store/types';
import { toasts } from '$lib/ui';
import { m } from '$lib/paraglide/messages';
import { NotSealed } from './kiosk/not-sealed';

function wordsFor(error: unknown): string {
  if (error instanceof NoSpace) return m.error_no_space();
  return error instanceof TooLong ? m.error_too_long() : m.error_not_kept();
}

/**
 * Runs a write and says in words when it could not be kept; answers whether it was. What the person typed stays where
 * she typed it, so nothing is lost when it was not. A sheet says the words itself (`tell`): behind an open dialog a toast
 * can neither be heard nor closed.
 */
export async function keep(
  write: () => Promise<unknown>,
  tell = (words: string): void => void toasts.show(words, { tone: 'bad', stay: 0 })
): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof NotSealed) {
      toasts.show(m.kiosk_not_sealed(), { tone: 'bad', stay: 0 });
      return true;
    }
    tell(wordsFor(error));
    return false;
  }
}
