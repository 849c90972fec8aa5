import { EventEmitter, once } from 'node:events';
import { Readable } from 'node:stream';
import { Answer } from '../../couch/answer.ts';
import type { CouchRequest } from '../../couch/http.ts';
import type { Couch } from '../../couch/types.ts';

/** A CouchDB of nothing but names and update sequences, for tests of what reads them. */
export interface FakeCouch {
  couch: Couch;
  /** Update sequences of the databases that exist. */
  databases: Map<string, number>;
  /** Requests by path, without the query. */
  requests: string[];
  /** Whether there is a feed of updates. */
  feed: boolean;
  /** Moves a database and tells the feed. */
  touch(database: string, type?: 'created' | 'updated' | 'deleted'): void;
  /** Resolves when the gateway waits on the feed. */
  listening(): Promise<void>;
}

const json = (status: number, body: unknown): Answer => new Answer(status, {}, Readable.from([JSON.stringify(body)]));

export function fakeCouch(names: string[]): FakeCouch {
  const databases = new Map(names.map((name) => [name, 1]));
  const locals = new Map<string, unknown>();
  const log: { db_name: string; type: string }[] = [];
  const news = new EventEmitter();
  let waiting = 0;

  const updates = async (query: URLSearchParams, signal?: AbortSignal): Promise<Answer> => {
    if (!fake.feed) return json(404, { error: 'not_found' });
    if (query.get('since') === 'now') return json(200, { results: [], last_seq: log.length });
    const since = Number(query.get('since'));
    waiting += 1;
    news.emit('listening');
    if (log.length === since) await once(news, 'update', signal ? { signal } : {});
    waiting -= 1;
    return fake.feed ? json(200, { results: log.slice(since), last_seq: log.length }) : json(404, {});
  };

  const fetch = async (_role: string, path: string, init: CouchRequest = {}): Promise<Answer> => {
    const url = new URL(path, 'http://couch');
    fake.requests.push(url.pathname);
    if (url.pathname === '/_db_updates') return updates(url.searchParams, init.signal);
    if (url.pathname === '/_dbs_info') {
      const { keys } = JSON.parse(String(init.body)) as { keys: string[] };
      const info = (key: string) => ({ update_seq: `${databases.get(key)}-seq` });
      return json(
        200,
        keys.map((key) => (databases.has(key) ? { key, info: info(key) } : { key, error: 'not_found' }))
      );
    }
    const [, name = '', ...rest] = url.pathname.split('/');
    if (!databases.has(name)) return json(404, { error: 'not_found' });
    if (rest.length === 0) return json(200, { update_seq: `${databases.get(name)}-seq` });
    if (init.method === 'PUT') {
      locals.set(url.pathname, JSON.parse(String(init.body)));
      return json(201, { ok: true });
    }
    return locals.has(url.pathname) ? json(200, locals.get(url.pathname)) : json(404, { error: 'not_found' });
  };

  const fake: FakeCouch = {
    couch: {
      embedded: false,
      fetch,
      as: () => {
        throw new Error('not faked');
      },
      provision: async () => undefined,
      close: async () => undefined
    },
    databases,
    requests: [],
    feed: true,
    touch(database, type = 'updated') {
      if (type === 'deleted') {
        databases.delete(database);
        for (const path of locals.keys()) if (path.startsWith(`/${database}/`)) locals.delete(path);
      } else databases.set(database, (databases.get(database) ?? 0) + 1);
      log.push({ db_name: database, type });
      news.emit('update');
    },
    async listening() {
      if (waiting === 0) await once(news, 'listening');
    }
  };
  return fake;
}
