import PouchDB from 'pouchdb-browser';
import { counting, type FirstSync, type Task } from './peers.ts';

/** PouchDB 9 with its defaults: one-way replication into IndexedDB. */
export async function firstSync(task: Task): Promise<FirstSync> {
  const net = counting(task.token);
  const local = new PouchDB(`bench-${Math.random()}`, { adapter: 'idb' });
  const remote = new PouchDB(`${location.origin}/db/${task.database}`, { fetch: net.fetch, skip_setup: true });
  const started = performance.now();
  let usable = 0;
  const replication = local.replicate.from(remote);
  replication.on('change', (info) => {
    if (!usable && info.docs_written >= 20) usable = performance.now() - started;
  });
  await replication;
  const complete = performance.now() - started;
  return { usable, complete, requests: net.requests(), documents: (await local.info()).doc_count };
}
