import type { Answers } from '$lib/domain/documents/attempt';
import { newEvaluation, newPractice, type Try } from '$lib/domain/documents/compose-learning';
import { grade, type Graded } from '$lib/domain/learning/grading';
import type { Quiz } from '$lib/domain/documents/quiz';
import type { Store } from '$lib/store/types';
import { readKeys } from '$lib/sync/parcels/keys';

/** This device has never had a link since it was set up: it does not know the server's key. */
export class NoServerKey extends Error {}

/** The cryptography: loaded before the signal goes. */
export const loadSheet = () => import('$lib/domain/learning/sheet');

/** When a person begins. */
export const startTime = (): string => new Date().toISOString();

/** Keeps a practice with what it came to. */
export async function handInPractice(store: Store, quiz: Quiz, about: Try, answers: Answers): Promise<Graded> {
  const graded = grade(quiz, answers);
  await store.write(newPractice(about, answers, graded.score));
  return graded;
}

/**
 * Seals the answers to the server and keeps them as an attempt; from then on nobody reads them here.
 * @throws NoServerKey
 */
export async function handInEvaluation(store: Store, file: string, about: Try, answers: Answers): Promise<void> {
  const [keys, membership, { sealSheet }] = await Promise.all([readKeys(store), store.membership(), loadSheet()]);
  if (!keys || !membership) throw new NoServerKey('the server has not been met');
  const attempt = newEvaluation(about);
  const { course, chapter } = about;
  const place = { person: membership.person, attempt: attempt._id, course, chapter };
  await store.write({ ...attempt, sealed: await sealSheet({ file, answers }, place, keys.server) });
}
