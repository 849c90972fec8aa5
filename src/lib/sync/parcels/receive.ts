import type { Bytes } from '$lib/domain/parcel/layout';
import type { Receipt } from '$lib/domain/documents/receipt';
import type { ReplyHead, ReplySource } from '$lib/domain/parcel/reply';
import { SourceMoved } from '$lib/store/types';
import type { Store } from '$lib/store/store-api';
import { noteCarried } from '../fresh';
import { createApplying } from '../shared-lane/applying';
import { createBlocks } from '../shared-lane/blocks';
import { sourcesOf } from '../shared-lane/sources';
import { openReply } from './open-reply';

export { ReplyRefused } from './open-reply';

export type ReceivingStore = Pick<
  Store,
  'applyOwn' | 'changeSetting' | 'checkpoint' | 'inboxDoc' | 'membership' | 'pending' | 'prepareShared' | 'setting'
>;

/** What a reply has brought. */
export type Brought =
  /** `at`: until when, ms by this device's clock. `isWhole`: there is no more until then. */
  | { state: 'taken'; at: number; rows: number; isWhole: boolean }
  /** This device knows more: nothing has changed. */
  | { state: 'old' };

/** Where a reply brought a source, so that a later one which begins at the same place may go on. */
interface Carried {
  from?: string;
  to: string;
  at: string;
}

const SETTING = 'parcel-carried';

/** The receipts for edits that still wait here and have none; others would speak of what is past. */
async function takeReceipts(store: ReceivingStore, receipts: ReplyHead['receipts']): Promise<number> {
  const waiting = new Set((await store.pending()).map(({ edit }) => edit));
  const known = await Promise.all(receipts.map(({ _id }) => store.inboxDoc<Receipt>(_id)));
  const docs = receipts.filter(({ edit }, at) => waiting.has(edit) && known[at]?.edit !== edit);
  if (docs.length) await store.applyOwn({ docs, deleted: [] });
  return docs.length;
}

type Checkpoints = Map<string, string | undefined>;

/** Checkpoints of the sources that may be brought forward: they stand where the reply begins, or an older one left them. */
async function standing(
  store: ReceivingStore,
  { at, sources }: ReplyHead,
  followed: Set<string>
): Promise<Checkpoints> {
  const carried = (await store.setting<Record<string, Carried>>(SETTING)) ?? {};
  const mayGoOn = ({ name, checkpoint }: ReplySource, now: string | undefined): boolean => {
    const last = carried[name];
    return now === checkpoint || (!!last && last.to === now && last.from === checkpoint && last.at < at);
  };
  const found = await Promise.all(
    sources
      .filter(({ name }) => followed.has(name))
      .map(async (source) => ({ source, now: (await store.checkpoint(source.name)) || undefined }))
  );
  return new Map(found.filter(({ source, now }) => mayGoOn(source, now)).map(({ source, now }) => [source.name, now]));
}

/** Applies rows as those of `/sync`; answers how many there were, and whether they were all. */
async function takeRows(
  store: ReceivingStore,
  { at, sources }: ReplyHead,
  rows: unknown[],
  from: Checkpoints
): Promise<{ rows: number; isWhole: boolean }> {
  const blocks = createBlocks(sources.length);
  const applying = createApplying((source, block, after) =>
    store.prepareShared(source, after ? block : { ...block, from: { checkpoint: from.get(source) } }, after)
  );
  const reached: Record<string, Carried> = {};
  let [count, isWhole] = [0, false];
  for (const row of rows) {
    const step = blocks.take(row);
    if (step?.kind === 'end') isWhole = true;
    const source = step?.kind === 'block' ? sources[step.source] : undefined;
    if (step?.kind !== 'block' || !source || !from.has(source.name)) continue;
    count += step.block.docs.length + step.block.deletedIds.length;
    reached[source.name] = { from: source.checkpoint, to: step.block.checkpoint, at };
    await applying.take(source.name, step.block);
  }
  await applying.end();
  await store.changeSetting<Record<string, Carried>>(SETTING, (old) => ({ ...old, ...reached }));
  return { rows: count, isWhole };
}

/**
 * Takes in what came back for a parcel, as if the network had brought it. What this device has from elsewhere meanwhile
 * stays as it is.
 * @throws ReplyRefused
 */
export async function receiveReply(store: ReceivingStore, reply: Bytes): Promise<Brought> {
  const { key, head, rows } = await openReply(reply, store);
  // Packed after the parcel was sealed and before now, whatever the two clocks say.
  const at = Math.min(Math.max(Date.parse(head.at), key.at), Date.now());
  const membership = await store.membership();
  const followed = new Set(membership ? sourcesOf(membership) : []);
  const from = await standing(store, head, followed);
  const receipts = await takeReceipts(store, head.receipts);
  try {
    const taken = await takeRows(store, head, rows, from);
    const isAll = taken.isWhole && from.size === followed.size;
    if (taken.isWhole) await noteCarried(store, at, [...from.keys()], isAll);
    const count = taken.rows + receipts;
    return count || isAll ? { state: 'taken', at, rows: count, isWhole: taken.isWhole } : { state: 'old' };
  } catch (error) {
    if (error instanceof SourceMoved) return { state: 'old' };
    throw error;
  }
}
