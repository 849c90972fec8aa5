import type { Store } from '$lib/store/store-api';
import { FileWaits } from './problems';
import { sealUnsent, type SealOptions } from './unsent';
import { keepParcel, sealedEditsOf } from './waiting';

/** How often what waits may change while it is sealed: only another tab can do that. */
const TRIES = 5;

/**
 * Seals the unsent work of an open store and keeps it on this browser as a parcel, which is on the disk when this
 * resolves: from then on the place may be destroyed. Answers the parcel's number, or undefined when nothing waits.
 * @throws CannotSeal, ParcelTooLarge, or what the disk says
 */
export async function depositUnsent(
  store: Pick<Store, 'pending' | 'secret' | 'unsentFiles'>,
  slot: string,
  options: SealOptions = {}
): Promise<string | undefined> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const work = await sealUnsent(store, options);
    if (!work) return undefined;
    const { spare } = options;
    const after = spare === undefined ? {} : { after: Date.now() + spare };
    await keepParcel(work.parcel, { slot, edits: work.edits, ...after });
    if (!work.isAll) throw new FileWaits('a file waits for a link');
    // The parcel may have been delivered already; then its edits are safe as well.
    const sealed = new Set(work.edits);
    if ((await waitingEdits(store)).every((edit) => sealed.has(edit))) return work.number;
  }
  throw new Error('the outbox changes all the time');
}

const waitingEdits = async (store: Pick<Store, 'pending'>): Promise<string[]> =>
  (await store.pending()).filter(({ refused }) => refused === undefined).map(({ edit }) => edit);

/**
 * Whether a parcel of the place holds all these edits. Needs no key: the edits of an outbox can be listed while the
 * place is locked.
 */
export async function isDeposited(slot: string, edits: string[]): Promise<boolean> {
  const sealed = new Set(await sealedEditsOf(slot));
  return edits.every((edit) => sealed.has(edit));
}
