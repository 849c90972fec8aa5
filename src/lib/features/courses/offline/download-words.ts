import { NoSpace } from '$lib/store/types';
import { MediaFailed } from '$lib/sync/media-failed';
import { m } from '$lib/paraglide/messages';

/** Why a download ended before its end, in words; a cut by the link is the usual reason. */
export function downloadWords(error: unknown): string {
  if (error instanceof NoSpace) return m.course_no_space();
  if (error instanceof MediaFailed) return error.reason === 'damaged' ? m.course_damaged() : m.course_missing();
  return m.course_interrupted();
}
