import { guestsAlive, holdGuest } from './guests';
import type { SlotRow, VaultDb } from './vault-db';

/** A slot with its key. */
export type WholeRow = SlotRow & Required<Pick<SlotRow, 'wrapped'>>;

const isWhole = (row: SlotRow | undefined): row is WholeRow => row?.wrapped !== undefined;

/**
 * The slots of this browser. Those of guests have their key in this page's memory alone: on the disk stands only that
 * there is one, so that what a dead page left can be found and removed.
 */
export function openRows(db: VaultDb) {
  const guests = new Map<string, WholeRow>();

  return {
    /** Slots that can be opened here, ids of guests in other tabs, and ids of those that have no key any more. */
    async list(): Promise<{ whole: WholeRow[]; elsewhere: string[]; dead: string[] }> {
      const rows = await db.slots.toArray();
      const alive = rows.some(({ guest }) => guest) ? await guestsAlive() : new Set<string>();
      const whole = rows.map((row) => guests.get(row.id) ?? row).filter(isWhole);
      const others = rows.filter((row) => !isWhole(row) && !guests.has(row.id)).map(({ id }) => id);
      const [elsewhere, dead] = [others.filter((id) => alive.has(id)), others.filter((id) => !alive.has(id))];
      return { whole, elsewhere, dead };
    },

    async add(row: WholeRow): Promise<void> {
      if (!row.guest) return void (await db.slots.add(row));
      await holdGuest(row.id);
      await db.slots.add({ ...row, wrapped: undefined, salt: new Uint8Array(0) });
      guests.set(row.id, row);
    },

    /** Replaces a slot by what `next` makes of it, which no other tab can come between; throws when it is not there. */
    async change(id: string, next: (row: WholeRow) => WholeRow): Promise<WholeRow> {
      const guest = guests.get(id);
      if (guest) {
        const row = next(guest);
        guests.set(id, row);
        return row;
      }
      return db.transaction('rw', db.slots, async () => {
        const found = await db.slots.get(id);
        if (!isWhole(found)) throw new Error('no such slot');
        const row = next(found);
        await db.slots.put(row);
        return row;
      });
    },

    /** Takes the key from a slot for good. */
    async kill(id: string): Promise<void> {
      guests.delete(id);
      await db.slots.update(id, { wrapped: undefined, passkey: undefined, salt: new Uint8Array(0), name: undefined });
    },

    /** Forgets a slot of which nothing is left. */
    remove: (id: string): Promise<void> => db.slots.delete(id)
  };
}
