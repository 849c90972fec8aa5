import { expect, it } from 'vitest';
import { describeContract } from './server.ts';

interface Updates {
  results: { db_name: string; type: string; seq: string }[];
  last_seq: string;
}

describeContract('updates of all databases', (server) => {
  const updates = async (query: Record<string, string> = {}) =>
    (await server().call<Updates>('GET', `/_db_updates?${new URLSearchParams(query)}`)).body;

  /** Follows until an event of the database arrives; CouchDB may tell of others, and of one in several answers. */
  const until = async (since: string, name: string, type: string): Promise<string> => {
    const page = await updates({ since, feed: 'longpoll', timeout: '20000' });
    const found = page.results.some((event) => event.db_name === name && event.type === type);
    return found ? page.last_seq : until(page.last_seq, name, type);
  };

  it('tell of creation, writing and deletion', async () => {
    const { last_seq: start } = await updates({ since: 'now' });
    const name = await server().plain();
    const created = await until(start, name, 'created');
    await server().call('PUT', `/${name}/a`, { body: {} });
    const updated = await until(created, name, 'updated');
    await server().call('DELETE', `/${name}`);
    await until(updated, name, 'deleted');
  });

  it('can be read from the start and from a place', async () => {
    const name = await server().plain();
    const { last_seq: since } = await updates({ since: 'now' });
    await server().call('PUT', `/${name}/a`, { body: {} });
    const place = await until(since, name, 'updated');
    const all = await updates();
    expect(all.results.some((event) => event.db_name === name)).toBe(true);
    expect((await updates({ since: place })).results.filter((event) => event.db_name === name)).toEqual([]);
  });

  it('let a follower go after its timeout', async () => {
    const { last_seq: since } = await updates({ since: 'now' });
    const page = await updates({ since, feed: 'longpoll', timeout: '200' });
    expect(page.last_seq).toBeTruthy();
  });

  it('come line by line in a continuous feed', async () => {
    const { last_seq: since } = await updates({ since: 'now' });
    const abort = new AbortController();
    const query = new URLSearchParams({ since, feed: 'continuous', heartbeat: '100' });
    const response = await server().fetch('GET', `/_db_updates?${query}`, { signal: abort.signal });
    const name = await server().plain();
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk as Uint8Array).toString();
      if (text.includes(name)) break;
    }
    abort.abort();
    const lines = text.split('\n').filter((line) => line.includes(name));
    expect(JSON.parse(String(lines[0]))).toMatchObject({ db_name: name, seq: expect.any(String) });
  });

  it('are for administrators only', async () => {
    for (const as of ['anonymous', 'stranger', 'gateway', 'courier'] as const) {
      expect((await server().call('GET', '/_db_updates', { as })).status).toBe(401);
    }
  });
});
