import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { faulty, openTestbed, type Testbed } from '../courier/testbed.ts';
import { openMediaStore } from '../media/index.ts';
import { openDatabase } from '../registry/database.ts';
import { openRegistry } from '../registry/index.ts';
import { verifyPassword } from '../registry/password.ts';
import { DEMO_ACCOUNTS } from './accounts.ts';
import type { SeedData } from './data.ts';
import { ensureDemo } from './index.ts';

// Real databases on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const region = '93.04.09';
const person = (key: string) => ({
  key,
  id: crypto.randomUUID(),
  name: `Nama ${key}`,
  sex: 'perempuan',
  nip: '199001022015012001',
  status: 'PNS',
  rank: 'III/a',
  position: 'Guru Ahli Pertama',
  unit: 'sd-uji',
  agency: 'uji',
  region,
  education: 'S1',
  birthDate: '1990-01-02',
  appointmentDate: '2015-01-01',
  rankDate: '2020-04-01',
  about: 'Mengajar kelas empat.'
});

const DATA: SeedData = {
  agencies: [{ key: 'uji', title: 'Pemerintah Kabupaten Uji', region, kind: 'regional' }],
  units: [{ key: 'sd-uji', agency: 'uji', title: 'SD Negeri Uji', region }],
  channels: [
    { id: 'nasional', title: 'ASN Nasional', kind: 'national', about: 'Semua' },
    { id: 'sd-uji', title: 'SD Negeri Uji', kind: 'unit', about: 'Unit', region, agency: 'uji', unit: 'sd-uji' }
  ],
  persons: ['guru', 'rekan', 'sd-uji-3'].map(person),
  posts: Array.from({ length: 30 }, (_, index) => ({
    key: `p${index}`,
    channel: index % 2 ? 'nasional' : 'sd-uji',
    author: 'guru',
    topic: 'cerita' as const,
    minutesAgo: index * 10,
    text: `Kabar ${index}`
  })),
  comments: [{ post: 'p1', author: 'rekan', minutesAgo: 2, text: 'Mantap' }],
  reactions: [{ post: 'p1', author: 'sd-uji-3', kind: 'suka' }]
};

const COURSE = `---
title: Kursus uji
summary: Singkat.
topics: [uji]
---

# Satu

Isi bab satu.
`;

let bed: Testbed;
let root: string;
let folder: URL;

beforeAll(async () => {
  bed = await openTestbed();
  root = await mkdtemp(path.join(tmpdir(), 'smartasn-seed-'));
  folder = pathToFileURL(`${root}/`);
  await mkdir(path.join(root, 'courses'));
  await writeFile(path.join(root, 'courses', 'uji.md'), COURSE);
  for (const [name, rows] of Object.entries(DATA) as [string, object[]][]) {
    const lines = ['posts', 'comments', 'reactions'].includes(name);
    const text = lines ? rows.map((row) => JSON.stringify(row)).join('\n') : JSON.stringify(rows);
    await writeFile(path.join(root, `${name}.${lines ? 'ndjson' : 'json'}`), text);
  }
});

afterAll(async () => {
  await bed.close();
  await rm(root, { recursive: true, force: true });
});

test('a load that is killed at any write is finished by later ones, without anything twice', async () => {
  const media = await openMediaStore(path.join(root, 'media'));
  const options = { couch: bed.couch, registry: bed.registry, media, folder, log: () => undefined };
  const revs = new Map<string, string>();
  const ended: boolean[] = [];
  for (let life = 1; life < 20 && !ended.includes(true); life += 1) {
    // Each life does two more writes than it may repeat, then dies with the answer lost.
    let writes = 0;
    const couch = faulty(bed.couch, (method, target) => {
      if (method !== 'PUT' && !target.includes('_bulk_docs')) return 'none';
      writes += 1;
      return writes < 3 ? 'none' : writes === 3 ? 'answer-lost' : 'unreachable';
    });
    ended.push(
      await ensureDemo({ ...options, couch, registry: openRegistry(couch) }).then(
        () => true,
        () => false
      )
    );
  }
  expect(ended.length).toBeGreaterThan(2);
  await ensureDemo(options);
  for (const channel of ['nasional', 'sd-uji']) {
    const { results } = await openDatabase(bed.couch, 'courier', `channel-${channel}`).changes(0, 1_000);
    for (const { id, doc } of results) if (!id.startsWith('_design/')) revs.set(id, doc._rev);
  }
  expect(revs.size).toBe(2 + 30 + 1 + 1);
  expect([...revs.values()].every((rev) => rev.startsWith('1-'))).toBe(true);
});

test('those who may sign in can, and find their profile and their membership', async () => {
  const teacher = DEMO_ACCOUNTS.find(({ account }) => account === 'guru');
  const found = await bed.registry.byAccount('guru');
  expect(await verifyPassword(teacher?.password ?? '', found?.passwordHash ?? '')).toBe(true);
  expect(await bed.registry.byAccount('sd-uji-3')).toBeUndefined();
  const { id = '' } = found?.person ?? {};
  const own = await openDatabase(bed.couch, 'courier', `person-${id}`).byIds([
    `profile:${id}`,
    `membership:${id}`,
    `record:${id}`
  ]);
  expect(own.size).toBe(3);
});

test('the profiles of all stand in the directory, and the courier has nothing to correct', async () => {
  const directory = openDatabase(bed.couch, 'courier', 'directory-uji');
  const ids = DATA.persons.map(({ id }) => `profile:${id}`);
  const courier = await bed.start();
  await courier.idle();
  await courier.stop();
  const entries = await directory.byIds(ids);
  expect([...entries.values()].map(({ _rev }) => _rev.slice(0, 2))).toEqual(['1-', '1-', '1-']);
  expect(entries.get(ids[0] ?? '')?.fields).toMatchObject({ about: 'Mengajar kelas empat.', education: 'S1' });
});
