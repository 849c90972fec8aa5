import type { Kept } from './aside';
import { applyOwn } from './apply-own';
import { applyShared } from './apply-shared';
import type { Context } from './context';
import { OWN_SOURCE } from './sources';

/** `Store.retryAside`. What still cannot be read is set aside again. */
export async function retryAside(context: Context): Promise<void> {
  const { db, codec } = context;
  const rows = await db.aside.toArray();
  const kept = await Promise.all(rows.map((row) => codec.open<Kept>('aside', row.k, row.v)));
  for (const source of new Set(kept.map((one) => one.source))) {
    const docs = kept.filter((one) => one.source === source).map((one) => one.doc);
    // From the start: branches that can be read only now have to be merged in the own database as well.
    if (source === OWN_SOURCE) await applyOwn(context, { docs, deleted: [], checkpoint: '' });
    else await applyShared(context, source, { docs, deletedIds: [] });
  }
}
