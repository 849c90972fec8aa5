import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { personDatabase } from '../../../src/lib/domain/databases.ts';
import type { Certificate } from '../../../src/lib/domain/documents/certificate.ts';
import { readEntriesAbout } from '../../audit/read.ts';
import { openCouch } from '../../couch/index.ts';
import type { Couch } from '../../couch/types.ts';
import { openIssue } from '../../credentials/index.ts';
import { publicKeys } from '../../credentials/keys.ts';
import { makePerson } from '../../gateway/fixtures.ts';
import { publishCourse, readMarkdown } from '../../learning/index.ts';
import { openMediaStore } from '../../media/index.ts';
import { openDatabase } from '../../registry/database.ts';
import { openRegistry } from '../../registry/index.ts';

// Processes of their own, on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const guru = makePerson('guru');
let data: string;
let held: Certificate;

type Said = { stdout: string; stderr: string; code?: number };
const smartasn = (...args: string[]): Promise<Said> =>
  promisify(execFile)(process.execPath, [MAIN, 'certificate', ...args], {
    env: { PATH: process.env.PATH, SMARTASN_DATA: data, LANG: 'id_ID.UTF-8' }
  }).catch((error: Said) => error);

async function inCouch<T>(work: (couch: Couch) => Promise<T>): Promise<T> {
  const couch = await openCouch({ couchUrl: undefined, data });
  try {
    return await work(couch);
  } finally {
    await couch.close();
  }
}

beforeAll(async () => {
  data = await mkdtemp(path.join(tmpdir(), 'smartasn-certificate-'));
  held = await inCouch(async (couch) => {
    const registry = openRegistry(couch);
    await registry.addPersons([{ person: guru, passwordHash: '' }]);
    await registry.openPersonDatabase(guru);
    const media = await openMediaStore(path.join(data, 'media'));
    const text = '---\ntitle: Air\nstudy: { certificate: true }\n---\n# Satu\n\nisi\n';
    const course = await publishCourse({ couch, media }, await readMarkdown(text), { publisher: 'LAN' });
    const issue = await openIssue(couch, { data });
    return issue(guru, course, '2026-11-25T00:00:00.000Z');
  });
});
afterAll(() => rm(data, { recursive: true, force: true }));

test('an operator sees to whom a certificate was given, takes it back, which stands in her trail, and makes a new key', async () => {
  const shown = await smartasn('show', held.number.toLowerCase());
  expect(shown.stdout).toContain(`Sertifikat ${held.number}`);
  expect(shown.stdout).toContain('pemilik: Nama guru (guru)');
  expect(shown.stdout).toContain('status: berlaku');
  expect((await smartasn('revoke', held.number)).stdout).toContain('dicabut sejak');
  expect((await smartasn('rotate-key')).stdout).toContain('Kunci penerbit baru dibuat');
  await inCouch(async (couch) => {
    const own = await openDatabase(couch, 'courier', personDatabase(guru.id)).get<Certificate>(held._id);
    expect(own?.revoked).toBeDefined();
    const actions = (await readEntriesAbout(couch, guru.id, 10)).map(({ action }) => action);
    expect(actions).toEqual(['revoked-certificate', 'inspected']);
    expect(await publicKeys(couch)).toHaveLength(2);
  });
});
