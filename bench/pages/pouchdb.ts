import PouchDB from 'pouchdb-browser';
import { counting, type FirstSync, type Task } from './peers.ts';

/** PouchDB 9 with its defaults: one-way replication of each database into IndexedDB, all at once. */
export async function firstSync(task: Task): Promise<FirstSync> {
  const net = counting(task.token);
  const started = performance.now();
  let usable = 0;
  const counts = await Promise.all(
    task.databases.map(async (name) => {
      const local = new PouchDB(`bench-${Math.random()}`, { adapter: 'idb' });
      const remote = new PouchDB(`${location.origin}/db/${name}`, { fetch: net.fetch, skip_setup: true });
      const replication = local.replicate.from(remote, { retry: true });
      replication.on('change', (info) => {
        if (!usable && info.docs_written >= 20) usable = performance.now() - started;
      });
      await replication;
      return (await local.info()).doc_count;
    })
  );
  const complete = performance.now() - started;
  return { usable, complete, requests: net.requests(), documents: counts.reduce((sum, count) => sum + count, 0) };
}
