import { sameSeal } from './codec';
import type { Context } from './context';
import type { OutboxRow } from './db';
import type { OutboxEntry } from './types';

type Sent = Pick<OutboxEntry, 'doc' | 'refused'>;

/** Opens outbox rows. */
export const openEntries = ({ codec }: Context, rows: OutboxRow[]): Promise<OutboxEntry[]> =>
  Promise.all(
    rows.map(async ({ edit, at, v }) => {
      const sent = await codec.open<Sent>('outbox', edit, v);
      return { edit, id: sent.doc._id, at, ...sent };
    })
  );

/** `Store.pending`. */
export const pending = async (context: Context): Promise<OutboxEntry[]> =>
  openEntries(context, await context.db.outbox.orderBy('n').toArray());

/** `Store.acknowledge`. */
export async function acknowledge({ db }: Context, edits: string[]): Promise<void> {
  await db.outbox.where('edit').anyOf(edits).delete();
}

/** `Store.refuse` with a reason, `Store.retry` without. An edit that was replaced meanwhile is left alone. */
export async function mark({ db, codec }: Context, edit: string, refused?: string): Promise<void> {
  for (;;) {
    const row = await db.outbox.where('edit').equals(edit).first();
    if (!row) return;
    const { doc } = await codec.open<Sent>('outbox', edit, row.v);
    const sent: Sent = refused === undefined ? { doc } : { doc, refused };
    const v = await codec.seal('outbox', edit, sent);
    const done = await db.transaction('rw', db.outbox, async () => {
      const now = await db.outbox.where('edit').equals(edit).first();
      if (now && !sameSeal(now.v, row.v)) return false;
      if (now) await db.outbox.put({ ...now, r: refused === undefined ? 0 : 1, v });
      return true;
    });
    if (done) return;
  }
}
