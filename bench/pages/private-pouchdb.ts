import { newPost, rewrite } from '$lib/domain/documents/compose';
import PouchDB from 'pouchdb-browser';
import { counting } from './peers.ts';

/** The same with PouchDB's replicator, one round for each thing that happens. */
let net: ReturnType<typeof counting>;
let local: PouchDB;
let remote: PouchDB;
let shared: { local: PouchDB; remote: PouchDB };
let best = false;
let ids: string[] = [];

/**
 * With the options that spend least: large batches, and checkpoints on this device alone. `main_only` would spend less
 * in a conflict, but loses it.
 */
const push = () => local.replicate.to(remote, best ? { batch_size: 1_000, checkpoint: 'source' } : {});
/** Of a database that only the courier writes, checkpoints can stand on the device alone. */
const READ_ONLY = { checkpoint: 'target' } as const;
const pull = (to = local, from = remote, more = {}) =>
  to.replicate.from(from, best ? { batch_size: 1_000, checkpoint: 'target', ...more } : more);

export async function open(task: { token: string; person: string; channel: string; best: boolean }): Promise<void> {
  ({ best } = task);
  net = counting(task.token);
  const at = (name: string) => new PouchDB(`${location.origin}/db/${name}`, { fetch: net.fetch, skip_setup: true });
  const here = () => new PouchDB(`bench-${crypto.randomUUID()}`, { adapter: 'idb' });
  [local, remote, shared] = [here(), at(`person-${task.person}`), { local: here(), remote: at(task.channel) }];
  await pull();
  await push();
}

/** Brings the channel from this sequence on; what it held before is left out. */
export const follow = (since: string) => pull(shared.local, shared.remote, { ...READ_ONLY, since });

export async function idle(): Promise<void> {
  await push();
  await pull();
}

export async function write(count: number, channel: string): Promise<string[]> {
  const posts = Array.from({ length: count }, (_, index) =>
    newPost(channel, 'cerita', `Kelas dibuka lagi besok. ${index}`)
  );
  await local.bulkDocs(posts);
  await push();
  ids = posts.map(({ _id }) => _id);
  return ids;
}

export async function edit(): Promise<void> {
  const docs = await Promise.all(ids.map((id) => local.get<ReturnType<typeof newPost>>(id)));
  await local.bulkDocs(docs.map((doc) => rewrite(doc, 'Kelas dibuka lagi lusa, bukan besok.')));
  await push();
}

export const arrives = () => pull();

export const sharedArrives = () => pull(shared.local, shared.remote, READ_ONLY);
