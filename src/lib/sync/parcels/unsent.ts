import { filesNamedBy } from '$lib/domain/documents/own-file-names';
import type { ParcelBody } from '$lib/domain/parcel/body';
import { EDITS_LIMIT } from '$lib/domain/parcel/body';
import type { Bytes } from '$lib/domain/parcel/layout';
import { newNumber } from '$lib/domain/parcel/number';
import type { ReplyRequest } from '$lib/domain/parcel/reply';
import type { Store } from '$lib/store/store-api';
import type { OutboxEntry } from '$lib/store/types';
import { readKeys } from './keys';
import { CannotSeal, FileWaits, ParcelTooLarge } from './problems';

/** The cryptography, which who only carries does not need. */
export const loadSealing = () => import('./seal');

/** The unsent work of a store, as only the server can read it. */
export interface SealedWork {
  parcel: Bytes;
  /** The number with which its author asks whether it has arrived, without groups. */
  number: string;
  /** The edits in it. */
  edits: string[];
  /** Whether they are all: what names a file that waits for a link stays behind. */
  isAll: boolean;
  /** The server's key that it is sealed to. */
  server: string;
}

export interface SealOptions {
  /** The person leaves this device for good: her session ends when the parcel arrives. */
  leaving?: boolean;
  /** The place goes on: for so long the network has time to bring the same, ms. */
  spare?: number;
  /** News are asked for. */
  reply?: ReplyRequest;
}

/** What waits: free to travel, or held because no parcel carries the file that it names. */
async function parted(store: Pick<Store, 'pending' | 'unsentFiles'>) {
  const waiting = (await store.pending()).filter(({ refused }) => refused === undefined);
  const isNaming = waiting.some(({ doc }) => filesNamedBy(doc).length > 0);
  const unsent = new Set(isNaming ? (await store.unsentFiles()).map(({ sha256 }) => sha256) : []);
  const isHeld = ({ doc }: OutboxEntry): boolean => filesNamedBy(doc).some((name) => unsent.has(name));
  return { free: waiting.filter((entry) => !isHeld(entry)), held: waiting.filter(isHeld) };
}

/**
 * Seals what waits in a store for the server; undefined when nothing does. What the server refused is not in it: sending
 * it again would change nothing. The outbox stays as it is, because a parcel and the network may both bring the same.
 * @throws CannotSeal, ParcelTooLarge, and FileWaits when a file keeps all of it here, or the person leaves for good
 */
export async function sealUnsent(
  store: Pick<Store, 'pending' | 'secret' | 'unsentFiles'>,
  { leaving = false, reply }: SealOptions = {}
): Promise<SealedWork | undefined> {
  const { free: waiting, held } = await parted(store);
  if (held.length && (leaving || !waiting.length)) throw new FileWaits('a file waits for a link');
  if (!waiting.length) return undefined;
  if (waiting.length > EDITS_LIMIT) throw new ParcelTooLarge('too many edits for a parcel');
  const keys = await readKeys(store);
  if (!keys) throw new CannotSeal('the device is not registered');
  const { sealBody } = await loadSealing();
  const number = newNumber();
  const body: ParcelBody = {
    number,
    session: keys.session,
    at: new Date().toISOString(),
    ...(leaving && { leaving }),
    ...(reply && { reply }),
    edits: waiting.map(({ doc }) => ({ ...doc }))
  };
  const edits = waiting.map(({ edit }) => edit);
  return { parcel: await sealBody(body, keys), number, edits, isAll: !held.length, server: keys.server };
}
