import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { Secret } from 'otpauth';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { readEntries } from '../audit/read.ts';
import { openCouch } from '../couch/index.ts';
import { personDatabase } from '../../src/lib/domain/databases.ts';
import { readTyped } from '../../src/lib/domain/crockford.ts';
import { docId, uuidv7 } from '../../src/lib/domain/ids.ts';
import { makePost } from '../courier/fixtures.ts';
import { makePerson, makePost as makeDeliveredPost } from '../gateway/fixtures.ts';
import { openFactors } from '../factor/factors.ts';
import { openSeal } from '../factor/seal.ts';
import { codeAt, stepAt } from '../factor/totp.ts';
import { makeReceipt } from '../courier/receipts.ts';
import { openRecoveryCodes } from '../gateway/sessions/recovery-codes.ts';
import { openSessions } from '../gateway/sessions/store.ts';
import { openDatabase, request } from '../registry/database.ts';
import { openRegistry } from '../registry/index.ts';

// Real databases on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
const COURSE = '---\ntitle: Kursus uji\n---\n\n# Satu\n\nIsi.\n\n# Dua\n\nIsi lagi.\n';

let data: string;

const makeDelivered = (text: string) => makeDeliveredPost('uji', Date.now(), text);

beforeAll(async () => {
  data = await mkdtemp(path.join(tmpdir(), 'smartasn-cli-'));
});

afterAll(() => rm(data, { recursive: true, force: true }));

/** Runs the command line as an operator does. */
async function smartasn(args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { PATH: process.env.PATH, SMARTASN_DATA: data, ...env },
    stdio: ['ignore', 'pipe', 'pipe']
  });
  const exit = new Promise<number | null>((resolve) => child.on('exit', resolve));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
  return { out, err, code };
}

const write = async (name: string, content: string): Promise<string> => {
  const file = path.join(data, name);
  await writeFile(file, content);
  return file;
};

const courses = async (): Promise<string[]> => {
  const couch = await openCouch({ couchUrl: undefined, data });
  try {
    const { results } = await openDatabase(couch, 'gateway', 'catalogue').changes(0, 100);
    return results.map(({ id }) => id).filter((id) => id.startsWith('course:'));
  } finally {
    await couch.close();
  }
};

test(
  'a Markdown file becomes a course, with the server stopped and with the server running',
  { timeout: 30_000 },
  async () => {
    const file = await write('uji.md', COURSE);
    const first = await smartasn(['course', 'import', file, '--topics', 'uji, coba', '--hours', '2']);
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(first.out).toContain('Kursus “Kursus uji” sudah ada di katalog.');
    expect(first.out).toContain('2 bab');
    const couch = await openCouch({ couchUrl: undefined, data });
    try {
      const again = await smartasn(['course', 'import', file], { LANG: 'en_US.UTF-8' });
      expect(again).toMatchObject({ code: 0, err: '' });
      expect(again.out).toContain('The course “Kursus uji” is in the catalogue.');
    } finally {
      await couch.close();
    }
    expect(await courses()).toHaveLength(1);
  }
);

test('a refused file is named in a sentence and leaves nothing behind', async () => {
  const before = [await courses(), await readdir(path.join(data, 'media'), { recursive: true })];
  const broken = await write('rusak.epub', 'PK\u0003\u0004 bukan zip');
  const refused = await smartasn(['course', 'import', broken]);
  expect(refused).toMatchObject({ code: 1, out: '' });
  expect(refused.err).toContain('tidak diterbitkan. Berkas ini bukan EPUB atau ZIP yang utuh.');
  expect([await courses(), await readdir(path.join(data, 'media'), { recursive: true })]).toEqual(before);
});

test.each([
  [['course', 'import', '/tidak/ada.epub'], 'tidak ditemukan'],
  [['course', 'import', fileURLToPath(import.meta.url)], 'bukan jenis yang dapat menjadi kursus'],
  [['course', 'import', fileURLToPath(new URL('./commands', import.meta.url))], 'Tidak ada bab yang dapat dibaca'],
  [['course', 'import', fileURLToPath(import.meta.url), '--hours', 'dua'], 'berikan jumlah JP']
])('%j is refused in words', async (args, words) => {
  const { code, err } = await smartasn(args);
  expect(code).toBe(1);
  expect(err).toContain(words);
  expect(err).not.toMatch(/\n {4}at /);
});

test('the doctor says how things are', async () => {
  const { code, out } = await smartasn(['doctor'], { LANG: 'en_GB.UTF-8' });
  expect(out).toContain('✓ Database: embedded');
  expect(out).toContain('✓ Courier: everything is delivered');
  expect(out).toContain('✓ The service users courier and gateway can sign in');
  expect(out).toContain('✓ The clocks of server and database agree');
  expect(out).toMatch(/✓ Course files are complete: [1-9]/);
  expect(out).toContain('Everything is well.');
  expect(code).toBe(0);
});

test('the doctor finds what is wrong, repairs what it may, and shows a refused document without its words', async () => {
  const post = makePost('Rahasia ruang guru');
  const person = personDatabase(crypto.randomUUID());
  const couch = await openCouch({ couchUrl: undefined, data });
  try {
    await couch.provision(person);
    await openDatabase(couch, 'admin', person).put({
      ...makeReceipt(
        { id: post._id, deleted: false, first: true, doc: { ...post } },
        { status: 'refused', reason: 'too-long', at: post.createdAt }
      )
    });
    await openDatabase(couch, 'gateway', person).put(post);
    await request(couch, 'admin', `/${person}/_security`, { method: 'PUT', body: '{}' });
    await request(couch, 'admin', '/foreign', { method: 'PUT' });
  } finally {
    await couch.close();
  }
  const [folder] = (await readdir(path.join(data, 'media'))).filter((name) => /^[0-9a-f]{2}$/.test(name));
  const [file] = await readdir(path.join(data, 'media', folder ?? ''));
  await writeFile(path.join(data, 'media', folder ?? '', file ?? ''), 'rusak');

  const sick = await smartasn(['doctor']);
  expect(sick.code).toBe(1);
  expect(sick.out).toContain(`${person}: _security tidak sesuai`);
  expect(sick.out).toContain('1 basis data bukan milik SmartASN');
  expect(sick.out).toContain(`1 × terlalu panjang, misalnya ${post._id}`);
  expect(sick.out).toContain('✗ 1 berkas kursus rusak');
  const repaired = await smartasn(['doctor', '--repair']);
  expect(repaired.out).toContain('1 basis data diperbaiki');
  expect((await smartasn(['doctor'])).out).toContain('✓ Hak akses dan aturan tulis benar');

  const shown = await smartasn(['doctor', '--show', post._id]);
  expect(JSON.parse(shown.out)).toMatchObject([{ database: person, type: 'post', answer: { reason: 'too-long' } }]);
  expect(shown.out).not.toContain('Rahasia');
  expect(await smartasn(['doctor', '--show', 'post:none'])).toMatchObject({ code: 1, out: '' });
});

test('what devices set aside of a shared database is counted by its reason, and shown without its words', async () => {
  const delivered = { ...makeDelivered('Rahasia ruang guru'), schema: 7 };
  const couch = await openCouch({ couchUrl: undefined, data });
  try {
    await couch.provision('channel-uji');
    const poison = { _id: docId('post', uuidv7()), type: 'post', schema: 1, text: 3 };
    const poll = { _id: docId('poll', uuidv7()), type: 'poll', schema: 1 };
    await openDatabase(couch, 'courier', 'channel-uji').bulk([delivered, poison, poll, makeDelivered('Kabar')]);
  } finally {
    await couch.close();
  }
  const { code, out } = await smartasn(['doctor'], { LANG: 'en_GB.UTF-8' });
  expect(code).toBe(1);
  expect(out).toContain('! Apps cannot read 3 shared documents and set them aside:');
  expect(out).toContain(`1 × from a newer app; update this server, for example ${delivered._id}`);
  expect(out).toContain('1 × malformed, for example post:');
  expect(out).toContain('1 × of a type that this server does not know yet, for example poll:');
  const shown = await smartasn(['doctor', '--show', delivered._id]);
  expect(JSON.parse(shown.out)).toMatchObject([{ database: 'channel-uji', type: 'post', schema: 7 }]);
  expect(shown.out).not.toContain('Rahasia');
});

test('what operators did stands in the audit trail, which is found whole or broken', async () => {
  const whole = await smartasn(['audit', 'verify'], { LANG: 'en_GB.UTF-8' });
  expect(whole).toMatchObject({ code: 0, err: '' });
  expect(whole.out).toMatch(/✓ The audit trail is whole: \d+ entries/);
  const couch = await openCouch({ couchUrl: undefined, data });
  let chain = '';
  try {
    const entries = await readEntries(couch, 100);
    expect(entries.map(({ action }) => action)).toEqual(expect.arrayContaining(['published', 'repaired', 'inspected']));
    const inspected = entries.filter(({ action }) => action === 'inspected');
    expect(inspected.map(({ by }) => by)).toContainEqual({ operator: userInfo().username });
    expect(inspected.flatMap(({ about = [] }) => about)).toEqual([expect.any(String)]);
    const last = entries[0];
    if (!last) throw new Error('There is no entry.');
    chain = last.chain;
    const registry = openDatabase(couch, 'admin', 'registry');
    const rules = await registry.get('_design/rules');
    await request(couch, 'admin', `/registry/_design/rules?rev=${rules?._rev}`, { method: 'DELETE' });
    await registry.put({ ...last, _deleted: true });
  } finally {
    await couch.close();
  }
  const broken = await smartasn(['audit', 'verify']);
  expect(broken.code).toBe(1);
  expect(broken.out).toContain(`✗ dihapus: catatan ke-1 dari rantai ${chain}`);
});

test('an edit that nobody answers is found, with its age', async () => {
  const person = personDatabase(crypto.randomUUID());
  const couch = await openCouch({ couchUrl: undefined, data });
  try {
    await couch.provision(person);
    const edit = uuidv7(Date.now() - 3 * 3_600_000);
    await openDatabase(couch, 'gateway', person).put(makePost('Halo', 'nasional', edit));
  } finally {
    await couch.close();
  }
  const { code, out } = await smartasn(['doctor'], { LANG: 'en_GB.UTF-8' });
  expect(code).toBe(1);
  expect(out).toContain('✗ Courier silent: documents of 1 persons wait.');
  expect(out).toContain('the oldest was written 3 hours ago');
});

test('an operator sees where a person is signed in, ends sessions and reports a device lost', async () => {
  const person = makePerson('guru-uji');
  const couch = await openCouch({ couchUrl: undefined, data });
  const sessions = openSessions(couch);
  try {
    await openRegistry(couch).addPersons([{ person, passwordHash: 'scrypt$x' }]);
    const phone = await sessions.begin(person.id, { browser: 'Chrome', system: 'Android' });
    const desk = await sessions.begin(person.id);
    await sessions.begin(person.id);

    const shown = await smartasn(['sessions', 'guru-uji']);
    expect(shown).toMatchObject({ code: 0, err: '' });
    expect(shown.out).toContain(`${phone.session.slice(0, 8)}  Chrome, Android: masuk `);
    expect(shown.out).toContain(`${desk.session.slice(0, 8)}  perangkat tidak dikenal`);

    expect((await smartasn(['sessions', 'guru-uji', '--lost', phone.session.slice(0, 8)])).code).toBe(0);
    expect(await sessions.use(phone.refresh)).toBeUndefined();
    expect(await sessions.isLost(phone.refresh, 'told')).toBe(true);
    expect((await smartasn(['sessions', 'guru-uji'])).out).toContain('dilaporkan hilang');

    expect((await smartasn(['sessions', 'guru-uji', '--end', desk.session])).out).toContain('1 sesi diakhiri');
    expect(await sessions.use(desk.refresh)).toBeUndefined();
    expect((await smartasn(['sessions', 'guru-uji', '--end', 'all'])).out).toContain('1 sesi diakhiri');
    for (const args of [
      ['tidak-ada'],
      ['guru-uji', '--end', 'ffff'],
      ['guru-uji', '--end', ''],
      ['guru-uji', '--end', 'all', '--lost', 'x']
    ])
      expect(await smartasn(['sessions', ...args])).toMatchObject({ code: 1, out: '' });
  } finally {
    await couch.close();
  }
});

test('an operator lets an administrator back in with a code or without her second factor, and that is noted', async () => {
  const person = makePerson('admin-uji', { roles: ['staff', 'administrator'] });
  const couch = await openCouch({ couchUrl: undefined, data });
  try {
    await openRegistry(couch).addPersons([{ person, passwordHash: 'scrypt$x' }]);
    const printed = await smartasn(['account', 'recover', 'admin-uji']);
    expect(printed).toMatchObject({ code: 0, err: '' });
    const code = /^ {2}([0-9A-Z-]{14})$/m.exec(printed.out)?.[1] ?? '';
    expect(await openRecoveryCodes(couch).fits(person.id, readTyped(code))).toBe(true);
    expect((await readEntries(couch, 1))[0]).toMatchObject({ action: 'gave-recovery', about: [person.id] });
    expect(await smartasn(['account', 'recover', 'tidak-ada'])).toMatchObject({ code: 1, out: '' });

    const factors = openFactors(couch, await openSeal(data));
    expect(await smartasn(['account', 'factor-reset', 'admin-uji'])).toMatchObject({ code: 1, out: '' });
    const { secret, ticket } = factors.begin(person);
    const first = codeAt(Secret.fromBase32(secret).bytes, stepAt(Date.now()));
    expect(await factors.confirm(person.id, ticket, first)).toMatchObject({ kind: 'on' });
    expect(await smartasn(['account', 'factor-reset', 'admin-uji'])).toMatchObject({ code: 0, err: '' });
    expect(await factors.of(person.id)).toBeUndefined();
    expect((await readEntries(couch, 1))[0]).toMatchObject({ action: 'removed-factor', about: [person.id] });
  } finally {
    await couch.close();
  }
});

test('a course is followed by an edition, withdrawn, listed and weighed', async () => {
  const first = await write('kursus.md', '---\ntitle: Air\n---\n# Satu\n\nIsi\n');
  const id = /course:[0-9a-f-]+/.exec((await smartasn(['course', 'import', first])).out)?.[0] ?? '';
  const next = await write('baru.md', '---\ntitle: Air\n---\n# Satu\n\nIsi baru\n');
  expect((await smartasn(['course', 'edition', id, next, '--note', 'Baru'])).out).toContain('edisi 2');
  expect((await smartasn(['course', 'withdraw', id])).out).toContain('ditarik');
  expect((await smartasn(['course', 'list'])).out).toMatch(new RegExp(`${id}.*Air.*edisi 2.*ditarik`));
  expect((await smartasn(['course', 'cost', id])).out).toMatch(/Terbaik: \d+/);
}, 60_000);
