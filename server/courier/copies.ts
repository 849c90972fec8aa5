import type { Couch } from '../couch/types.ts';
import type { BulkRow } from '../registry/database.ts';
import type { Decision } from './decide.ts';
import { inReady } from './ready.ts';

/** Documents of one call. */
const CHUNK = 500;

/** Why a database did not store the copy of a decision. */
export type Obstacle = { raced: true } | { raced: false; reason: string };

/**
 * Writes copies, of several persons together, with one call per shared database. Answers the decisions that could not
 * be carried out: another writer was faster, or the database refuses the document.
 */
export async function writeCopies(couch: Couch, decisions: Decision[]): Promise<Map<Decision, Obstacle>> {
  const obstacles = new Map<Decision, Obstacle>();
  const writes = decisions.flatMap((decision) => decision.writes.map((write) => ({ ...write, decision })));
  await Promise.all(
    [...Map.groupBy(writes, ({ database }) => database)].map(async ([name, group]) => {
      for (let start = 0; start < group.length; start += CHUNK) {
        const chunk = group.slice(start, start + CHUNK);
        const docs = chunk.map(({ doc }) => doc);
        const rows = await inReady(couch, name, (database) => database.bulk(docs));
        for (const [index, { decision }] of chunk.entries()) {
          const obstacle = obstacleOf(rows[index]);
          if (obstacle) obstacles.set(decision, obstacle);
        }
      }
    })
  );
  return obstacles;
}

function obstacleOf(row: BulkRow | undefined): Obstacle | undefined {
  if (row?.error === 'conflict') return { raced: true };
  return row?.error ? { raced: false, reason: `${row.error}: ${row.reason ?? ''}` } : undefined;
}
