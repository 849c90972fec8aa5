import { Dexie, liveQuery, type Observable, type Table } from 'dexie';
import type { ParcelRefusal } from '$lib/domain/parcel/api';
import { partsOf, type Bytes, type Unopenable } from '$lib/domain/parcel/layout';

/** Name of the database; it belongs to the browser and to no person, and nobody's key is needed for it. */
export const WAITING_DB = 'smartasn-parcels';

/** A parcel that waits on this browser for a link. */
export interface WaitingParcel {
  /** SHA-256 of the parcel: the same one is kept once. */
  id: string;
  /** When it was put here, ms. */
  at: number;
  parcel: Bytes;
  /** The place whose outbox it holds, and which edits: so that the place may be destroyed without its key. */
  slot?: string;
  edits?: string[];
  /** Its place lives and may send the same by the network: it is carried from then on only, ms. */
  after?: number;
  /** When it arrived, ms: of a place that lives, what is safe is remembered, and the parcel itself is gone. */
  arrived?: number;
  /** It has arrived, and a reply for the author of this number (its beginning) is to be fetched. */
  reply?: string;
  /** Somebody here wants it fetched although the browser is set to save data. */
  wanted?: boolean;
  /** Why the server would not take it, and when it said so last. */
  refused?: ParcelRefusal;
  refusedAt?: number;
}

/** What may be known of a waiting parcel without its content. */
export type Waiting = Omit<WaitingParcel, 'parcel' | 'slot' | 'edits' | 'after' | 'arrived'> & { size: number };

/** News for the author of a parcel that this browser brought to the server; for whoever sees her next. */
export interface CarriedReply {
  /** The id of the parcel. */
  id: string;
  /** When it was fetched, ms. */
  at: number;
  /** How her number begins. */
  number: string;
  reply: Bytes;
}

/** What was to be kept is no parcel that a server could open. */
export class NoParcel extends Error {
  readonly reason: Unopenable;

  constructor(reason: Unopenable) {
    super(`no parcel: ${reason}`);
    this.reason = reason;
  }
}

type WaitingDb = Dexie & { parcels: Table<WaitingParcel, string>; replies: Table<CarriedReply, string> };

/** A reply that nobody came for, and what is known of a place that may be gone, are forgotten after this time, ms. */
const OLD = 60 * 86_400_000;

let opened: WaitingDb | undefined;

function db(): WaitingDb {
  if (opened) return opened;
  const made = new Dexie(WAITING_DB, { chromeTransactionDurability: 'strict', cache: 'disabled' }) as WaitingDb;
  made.version(1).stores({ parcels: 'id, slot' });
  made.version(2).stores({ replies: 'id, at' });
  opened = made;
  return made;
}

async function idOf(parcel: Bytes): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', parcel);
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Keeps a parcel until it is delivered; on the disk when this resolves. A newer parcel of the same place holds all that
 * still waits there, so it takes the place of the older one.
 * @throws NoParcel
 */
export async function keepParcel(
  parcel: Bytes,
  from: Pick<WaitingParcel, 'slot' | 'edits' | 'after'> = {}
): Promise<void> {
  const parts = partsOf(parcel);
  if (typeof parts === 'string' && parts !== 'newer') throw new NoParcel(parts);
  const row: WaitingParcel = { id: await idOf(parcel), at: Date.now(), parcel, ...from };
  const { parcels } = db();
  await db().transaction('rw', parcels, async () => {
    if (from.slot !== undefined) await parcels.where('slot').equals(from.slot).delete();
    await parcels.put(row);
  });
}

/** All parcels that wait here, the oldest first. */
export const waitingParcels = async (): Promise<WaitingParcel[]> =>
  (await db().parcels.toArray()).filter(({ arrived }) => arrived === undefined).sort((a, b) => a.at - b.at);

/** The edits of a place that are sealed in a parcel here, or were when it went. */
export const sealedEditsOf = async (slot: string): Promise<string[]> =>
  (await db().parcels.where('slot').equals(slot).toArray()).flatMap(({ edits = [] }) => edits);

/** Removes the parcels of a living place, whose work the server has by the network. */
export async function removeSparesOf(slot: string): Promise<void> {
  await db()
    .parcels.where('slot')
    .equals(slot)
    .and(({ after }) => after !== undefined)
    .delete();
}

export const removeParcel = (id: string): Promise<void> => db().parcels.delete(id);

/** The parcel has arrived. A place that lives may still be asked what would be lost with it. */
export async function parcelArrived({ id, after }: WaitingParcel): Promise<void> {
  const { parcels } = db();
  await db().transaction('rw', parcels, async () => {
    await parcels.filter(({ arrived = Infinity }) => arrived < Date.now() - OLD).delete();
    if (after === undefined) await parcels.delete(id);
    else await parcels.update(id, { arrived: Date.now(), parcel: new Uint8Array() });
  });
}

export async function noteRefusal(id: string, refused: ParcelRefusal): Promise<void> {
  await db().parcels.update(id, { refused, refusedAt: Date.now() });
}

/** The parcel has arrived, and news for its author are to be fetched. */
export async function noteArrival(id: string, reply: string): Promise<void> {
  await db().parcels.update(id, { reply, refused: undefined, refusedAt: undefined });
}

/** Has the reply to a parcel fetched. */
export async function wantReply(id: string): Promise<void> {
  await db().parcels.update(id, { wanted: true });
}

/** Keeps what came back for a parcel, which is done with. */
export async function keepReply({ id, reply: number = '' }: WaitingParcel, reply: Bytes): Promise<void> {
  const { parcels, replies } = db();
  await db().transaction('rw', parcels, replies, async () => {
    await replies
      .where('at')
      .below(Date.now() - OLD)
      .delete();
    await replies.put({ id, at: Date.now(), number, reply });
    await parcels.delete(id);
  });
}

/** All replies that are here, the newest first. */
export const carriedReplies = async (): Promise<CarriedReply[]> =>
  (await db().replies.orderBy('at').toArray()).reverse();

export const removeReply = (id: string): Promise<void> => db().replies.delete(id);

/** Follows what waits here, whichever tab changes it; the result ends it. */
export function watchWaiting(listener: (waiting: Waiting[]) => void): () => void {
  const query = liveQuery(async () =>
    (await waitingParcels()).map(({ id, at, parcel, reply, wanted, refused, refusedAt }): Waiting => ({
      id,
      at,
      reply,
      wanted,
      refused,
      refusedAt,
      size: parcel.length
    }))
  );
  return subscribed(query, listener);
}

/** Follows the replies that are here; the result ends it. */
export const watchReplies = (listener: (replies: CarriedReply[]) => void): (() => void) =>
  subscribed(
    liveQuery(async () => carriedReplies()),
    listener
  );

function subscribed<T>(query: Observable<T[]>, listener: (found: T[]) => void): () => void {
  const subscription = query.subscribe({ next: listener, error: () => listener([]) });
  return () => subscription.unsubscribe();
}
