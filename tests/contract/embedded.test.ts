import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readAdmin, readAnnouncement, type Announcement } from '../../server/couch/data-folder.ts';
import { openCouch } from '../../server/couch/index.ts';
import type { Couch } from '../../server/couch/types.ts';
import { basic } from './server.ts';

const HOLDER = fileURLToPath(new URL('./holder.ts', import.meta.url));
const MAIN = fileURLToPath(new URL('../../server/couch/embedded/main.ts', import.meta.url));

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** The embedded database as a process: its life, its lock, its files. */
describe('the embedded database', () => {
  let data = '';
  let open: Couch[] = [];
  let children: ChildProcess[] = [];

  beforeEach(async () => {
    data = await mkdtemp(path.join(os.tmpdir(), 'smartasn-embedded-'));
    open = [];
    children = [];
  });
  afterEach(async () => {
    for (const couch of open) await couch.close();
    for (const child of children) child.kill('SIGKILL');
    await rm(data, { recursive: true, force: true, maxRetries: 10 });
  });

  const start = async (): Promise<Couch> => {
    const couch = await openCouch({ couchUrl: undefined, data });
    open.push(couch);
    return couch;
  };
  const announcement = async (): Promise<Announcement> => {
    const found = await readAnnouncement(path.join(data, 'couch'));
    if (!found) throw new Error('Nothing was announced.');
    return found;
  };
  const post = () => ({ _id: `post:${randomUUID()}`, type: 'post', edit: randomUUID() });

  /** Starts another process that opens the same data and says so. */
  const hold = async (): Promise<ChildProcess> => {
    const child = spawn(process.execPath, [HOLDER, data], { stdio: ['pipe', 'pipe', 'inherit'] });
    children.push(child);
    for await (const line of createInterface({ input: child.stdout })) if (line === 'open') return child;
    throw new Error('The other process did not open the database.');
  };

  it('loses no acknowledged write when it is killed', async () => {
    const couch = await start();
    await couch.provision('channel-kill');
    const acknowledged = new Map<string, string>();
    for (let round = 0; round < 3; round += 1) {
      const { pid } = await announcement();
      let stopped = false;
      const writers = Array.from({ length: 6 }, async () => {
        while (!stopped) {
          const doc = post();
          const body = JSON.stringify({ docs: [doc, post()] });
          const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
          const rows = await couch
            .fetch('courier', '/channel-kill/_bulk_docs', init)
            .then((answer) => answer.json() as Promise<{ id: string; rev: string }[]>)
            .catch(() => []);
          for (const { id, rev } of rows) acknowledged.set(id, rev);
          if (acknowledged.size > 300 * (round + 1) && !stopped) {
            stopped = true;
            process.kill(pid, 'SIGKILL');
          }
        }
      });
      await Promise.all(writers);
      await expect.poll(() => isAlive(pid)).toBe(false);
      const { rows } = await couch
        .as('courier')
        .use('channel-kill')
        .fetch({ keys: [...acknowledged.keys()] });
      const kept = new Map(rows.map((row) => ['id' in row ? row.id : row.key, 'value' in row ? row.value.rev : '']));
      expect([...acknowledged].filter(([id, rev]) => kept.get(id) !== rev)).toEqual([]);
      expect((await announcement()).pid).not.toBe(pid);
    }
  });

  it('ends when the process that started it is killed, and gives its data to the next', async () => {
    const holder = await hold();
    const { pid } = await announcement();
    expect(isAlive(pid)).toBe(true);
    holder.kill('SIGKILL');
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
    const couch = await start();
    expect(await couch.as('admin').db.list()).toContain('channel-held');
  });

  it('serves a second process, and outlives the first one', async () => {
    const holder = await hold();
    const { pid } = await announcement();
    const couch = await start();
    expect((await announcement()).pid).toBe(pid);
    const first = post();
    await couch.as('courier').use('channel-held').insert(first);
    const exited = once(holder, 'exit');
    holder.kill('SIGKILL');
    await exited;
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
    const second = post();
    await couch.as('courier').use('channel-held').insert(second);
    expect((await couch.as('gateway').use('channel-held').get(first._id))._id).toBe(first._id);
    expect((await announcement()).pid).not.toBe(pid);
  });

  it('is one process for one folder', async () => {
    await start();
    const { pid } = await announcement();
    const second = spawn(process.execPath, [MAIN, path.join(data, 'couch')], { stdio: ['pipe', 'pipe', 'inherit'] });
    children.push(second);
    const lines: string[] = [];
    for await (const line of createInterface({ input: second.stdout })) lines.push(line);
    expect(lines.join()).toContain('is in use by another process');
    expect(lines.join()).toContain(`pid ${pid}`);
  });

  it('is started once by processes that come at the same time', async () => {
    const couches = await Promise.all([start(), start(), start()]);
    await Promise.all(couches.map((couch) => couch.provision('channel-together')));
    for (const couch of couches) await couch.as('courier').use('channel-together').insert(post());
    expect((await couches[0]?.as('gateway').db.get('channel-together'))?.doc_count).toBe(4);
  });

  it('keeps its secrets to their owner', async () => {
    await start();
    const folder = path.join(data, 'couch');
    const modes = await Promise.all(
      (await readdir(folder)).map(async (name) => [name, ((await stat(path.join(folder, name))).mode & 0o077) === 0])
    );
    expect(modes.filter(([name]) => String(name).endsWith('.json'))).toEqual([
      ['admin.json', true],
      ['server.json', true],
      ['users.json', true]
    ]);
    expect((await stat(folder)).mode & 0o077).toBe(0);
  });

  it('holds more databases than it keeps open', async () => {
    const couch = await start();
    const admin = couch.as('admin');
    const names = Array.from({ length: 450 }, (_, n) => `test-${n}`);
    for (let from = 0; from < names.length; from += 50) {
      await Promise.all(
        names.slice(from, from + 50).map(async (name) => {
          await admin.db.create(name);
          await admin.use<{ name: string }>(name).insert({ _id: 'a', name });
        })
      );
    }
    const found = await Promise.all(names.map(async (name) => (await admin.use<{ name: string }>(name).get('a')).name));
    expect(found).toEqual(names);
  });

  it('keeps documents, rules and places in feeds over a restart', async () => {
    const couch = await start();
    await couch.provision('channel-kept');
    const doc = post();
    const { rev } = await couch.as('courier').use('channel-kept').insert(doc);
    const read = async (from: Couch, target: string) =>
      (await (await from.fetch('admin', target)).json()) as { last_seq: string; results: unknown[] };
    const changes = await read(couch, '/channel-kept/_changes');
    const updates = await read(couch, '/_db_updates');
    await couch.close();
    const again = await start();
    expect(await again.as('gateway').use('channel-kept').get(doc._id)).toEqual({ ...doc, _rev: rev });
    await expect(again.as('gateway').use('channel-kept').insert(post())).rejects.toMatchObject({ statusCode: 403 });
    expect((await read(again, `/channel-kept/_changes?since=${changes.last_seq}`)).results).toEqual([]);
    expect((await read(again, `/_db_updates?since=${updates.last_seq}`)).results).toEqual([]);
    await again.as('courier').use('channel-kept').insert(post());
    expect((await read(again, `/_db_updates?since=${updates.last_seq}`)).results).toMatchObject([
      { db_name: 'channel-kept', type: 'updated' }
    ]);
  });

  it('finishes a deletion that was interrupted', async () => {
    const couch = await start();
    const docs = Array.from({ length: 2_000 }, (_, n) => ({ _id: `d${n}`, text: 'x'.repeat(200) }));
    await couch.as('admin').db.create('test-large');
    await couch.as('admin').use('test-large').bulk({ docs });
    const { pid, port } = await announcement();
    const deletion = fetch(`http://127.0.0.1:${port}/test-large`, {
      method: 'DELETE',
      headers: { authorization: basic(await readAdmin(path.join(data, 'couch'))) }
    }).catch(() => undefined);
    setImmediate(() => process.kill(pid, 'SIGKILL'));
    const answer = await deletion;
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false));
    const names = await couch.as('admin').db.list();
    if (answer?.ok) expect(names).not.toContain('test-large');
    else if (names.includes('test-large')) await couch.as('admin').db.destroy('test-large');
    await couch.as('admin').db.create('test-large');
    expect((await couch.as('admin').db.get('test-large')).doc_count).toBe(0);
  });
});
