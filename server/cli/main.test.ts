import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openCouch } from '../couch/index.ts';
import { openDatabase } from '../registry/database.ts';

// Real databases on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
const COURSE = '---\ntitle: Kursus uji\n---\n\n# Satu\n\nIsi.\n\n# Dua\n\nIsi lagi.\n';

let data: string;

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
  const broken = await write('rusak.epub', 'bukan zip');
  const refused = await smartasn(['course', 'import', broken]);
  expect(refused).toMatchObject({ code: 1, out: '' });
  expect(refused.err).toContain('tidak diterbitkan. Berkas ini bukan EPUB yang utuh.');
  expect([await courses(), await readdir(path.join(data, 'media'), { recursive: true })]).toEqual(before);
});

test.each([
  [['course', 'import', '/tidak/ada.epub'], 'tidak ditemukan'],
  [['course', 'import', fileURLToPath(import.meta.url)], 'bukan berkas .epub atau .md'],
  [['course', 'import', tmpdir()], 'adalah folder'],
  [['course', 'import', fileURLToPath(import.meta.url), '--hours', 'dua'], 'berikan jumlah JP']
])('%j is refused in words', async (args, words) => {
  const { code, err } = await smartasn(args);
  expect(code).toBe(1);
  expect(err).toContain(words);
  expect(err).not.toMatch(/\n {4}at /);
});

test('the doctor says how things are', async () => {
  const { code, out } = await smartasn(['doctor'], { LANG: 'en_GB.UTF-8' });
  expect(code).toBe(0);
  expect(out).toContain('Database: embedded');
  expect(out).toContain('Courier: everything is delivered');
});
