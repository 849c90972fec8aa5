import { parseOwn } from '../../../src/lib/domain/documents/index.ts';
import type { Refusal } from '../../../src/lib/domain/documents/receipt.ts';
import { CouchError, type Database } from '../../registry/database.ts';
import type { Person } from '../../registry/types.ts';
import { certify } from './certify.ts';
import { enrol } from './enrol.ts';
import { gradeAttempt } from './grade-attempt.ts';
import { acceptSubmission, missingFile } from './submission.ts';
import type { DeskParts, FollowUp, Learning, Objection } from './types.ts';

export type { DeskContext, DeskParts, FollowUp, Learning } from './types.ts';

/** In this order: each finds in the person's database what those before it answered. */
const FOLLOW_UPS: readonly FollowUp[] = [enrol, gradeAttempt, acceptSubmission, certify];

const OBJECTIONS: readonly Objection[] = [missingFile];

/** The desk that answers what persons hand in; the courier comes to it with every learning document. */
export interface Desk {
  /** Whether documents of this type are answered here. */
  takes(type: unknown): boolean;
  /**
   * Answers one document of a person; why it cannot be accepted, if so. Throws a conflict when another courier is
   * answering at the same moment.
   */
  attend(doc: Record<string, unknown>, person: Person, own: Database, now: string): Promise<Refusal | undefined>;
}

const TYPES: readonly unknown[] = ['progress', 'attempt', 'submission'] satisfies Learning['type'][];

const isLearning = (doc: ReturnType<typeof parseOwn>): doc is Learning => TYPES.includes(doc?.type);

/** Opens the desk. What it writes is made once: an answer that is there already stands, whoever gave it. */
export function openDesk(parts: DeskParts, followUps: readonly FollowUp[] = FOLLOW_UPS): Desk {
  return {
    takes: (type) => TYPES.includes(type),
    async attend(doc, person, own, now) {
      const document = parseOwn(doc);
      if (!isLearning(document)) return undefined;
      const context = { ...parts, own, now };
      for (const object of OBJECTIONS) {
        const refusal = await object(document, person, context);
        if (refusal) return refusal;
      }
      for (const follow of followUps) {
        const rows = await own.bulk(await follow(document, person, context));
        const failed = rows.find(({ error }) => error);
        if (failed) throw new CouchError(failed.error === 'conflict' ? 409 : 500, `/${own.name}/${failed.id}`, failed);
      }
      return undefined;
    }
  };
}
