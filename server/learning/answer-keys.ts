import { isDeepStrictEqual } from 'node:util';
import type { DocumentScope } from 'nano';
import * as v from 'valibot';
import { REGISTRY } from '../../src/lib/domain/databases.ts';
import { quiz as quizSchema, type Quiz } from '../../src/lib/domain/documents/quiz.ts';
import { suffixOf } from '../../src/lib/domain/ids.ts';
import type { Couch } from '../couch/types.ts';
import { openDatabase, type Unsaved } from '../registry/database.ts';
import type { AnswerKey } from './types.ts';

/** An evaluation with its keys as the registry keeps it: no device, person or role reads that database. */
interface Kept extends Unsaved {
  type: 'answer-key';
  chapter: string;
  quiz: Quiz;
}

/** By course and file, so that answers to an older edition are graded by what was asked. */
const idOf = (course: string, file: string): string => `answer-key:${suffixOf(course)}.${file}`;

const WRITE_TRIES = 5;

const statusOf = (error: unknown): unknown => (error as { statusCode?: unknown } | null)?.statusCode;

/** Keeps the keys of a course's evaluations. The same questions with another key are a correction, which counts. */
export async function keepKeys(
  couch: Pick<Couch, 'as' | 'provision'>,
  course: string,
  keys: readonly AnswerKey[]
): Promise<void> {
  if (keys.length === 0) return;
  await couch.provision(REGISTRY);
  const registry = couch.as('courier').use<Kept>(REGISTRY);
  for (const { chapter, file, quiz } of keys)
    await keep(registry, { _id: idOf(course, file), type: 'answer-key', chapter, quiz });
}

async function keep(registry: DocumentScope<Kept>, fresh: Kept): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const old = await registry.get(fresh._id).catch((error: unknown) => {
      if (statusOf(error) === 404) return undefined;
      throw error;
    });
    if (old?.chapter === fresh.chapter && isDeepStrictEqual(old.quiz, fresh.quiz)) return;
    try {
      return void (await registry.insert({ ...fresh, ...(old && { _rev: old._rev }) }));
    } catch (error) {
      if (statusOf(error) !== 409 || tries === WRITE_TRIES) throw error;
    }
  }
}

/** The evaluation that a device had before it as this file, with its keys; undefined when the course never had it. */
export async function findKey(
  couch: Couch,
  course: string,
  file: string
): Promise<{ chapter: string; quiz: Quiz } | undefined> {
  const kept = await openDatabase(couch, 'courier', REGISTRY).get<Kept>(idOf(course, file));
  const quiz = v.safeParse(quizSchema, kept?.quiz);
  return kept && quiz.success ? { chapter: kept.chapter, quiz: quiz.output } : undefined;
}
