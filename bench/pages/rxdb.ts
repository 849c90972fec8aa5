import { createRxDatabase, type RxJsonSchema } from 'rxdb/plugins/core';
import { replicateCouchDB } from 'rxdb/plugins/replication-couchdb';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { counting, type FirstSync, type Task } from './peers.ts';

interface Post {
  _id: string;
  type: string;
  createdAt: string;
}

const text = (maxLength: number) => ({ type: 'string', maxLength });

const schema: RxJsonSchema<Post> = {
  version: 0,
  primaryKey: '_id',
  type: 'object',
  properties: { _id: text(100), type: text(20), createdAt: text(30) },
  indexes: ['createdAt'],
  required: ['_id', 'type', 'createdAt']
};

/** RxDB 17 with Dexie storage and its CouchDB replication, pull only, a collection for each database. */
export async function firstSync(task: Task): Promise<FirstSync> {
  const net = counting(task.token);
  const database = await createRxDatabase({
    name: `bench-${Math.random().toString(36).slice(2)}`,
    storage: getRxStorageDexie(),
    multiInstance: false
  });
  const started = performance.now();
  let usable = 0;
  let received = 0;
  const counts = await Promise.all(
    task.databases.map(async (name, index) => {
      const collection = `items${index}`;
      const { [collection]: items } = await database.addCollections({ [collection]: { schema } });
      if (!items) throw new Error(`no collection for ${name}`);
      const replication = replicateCouchDB({
        replicationIdentifier: `bench-${name}`,
        collection: items,
        url: `${location.origin}/db/${name}/`,
        fetch: net.fetch,
        live: false,
        retryTime: 500,
        pull: {}
      });
      replication.received$.subscribe(() => {
        received += 1;
        if (received === 20) usable = performance.now() - started;
      });
      await replication.awaitInitialReplication();
      return items.count().exec();
    })
  );
  const complete = performance.now() - started;
  return { usable, complete, requests: net.requests(), documents: counts.reduce((sum, count) => sum + count, 0) };
}
