import { hasVersions } from '$lib/domain/merge/text-register';
import type { OwnDocument, OwnItem } from '$lib/store/types';

/** What a person can do about a refused item. */
export type Remedy = 'edit' | 'open' | 'again' | 'ask' | 'remove';

/** Reasons that lie in what was written: another text helps, the same one does not. */
const TEXT = new Set(['too-long', 'too-large', 'empty', 'malformed']);

/** Reasons that time, an administrator or a newer server may remove. */
const MAY_PASS = new Set(['not-a-member', 'unknown-type', 'newer-schema', 'server-refused']);

/** What a person has reached is not taken back. */
const GROWS: readonly OwnDocument['type'][] = ['progress', 'runtime', 'study'];

/** The ways out of a refusal, the most hopeful first. */
export function remediesFor({ doc, state }: OwnItem): Remedy[] {
  if (state.kind !== 'refused') return [];
  const { reason } = state;
  const isText = doc.type === 'post' || doc.type === 'comment';
  const ways: Remedy[] = [];
  if (TEXT.has(reason) || reason === 'server-refused') {
    // Two versions are shown side by side on the item's page, and so is what is not only text.
    if (isText) ways.push(hasVersions(doc.body) ? 'open' : 'edit');
    else if (doc.type === 'profile') ways.push('open');
  }
  if (MAY_PASS.has(reason)) ways.push('again');
  if (reason !== 'empty' && reason !== 'too-long' && reason !== 'no-such-target') ways.push('ask');
  if (doc.type !== 'profile' && !GROWS.includes(doc.type)) ways.push('remove');
  return ways;
}
