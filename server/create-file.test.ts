import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createFile } from './create-file.ts';

test('of many at once the first wins, and nothing but a whole file is left', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'smartasn-file-'));
  try {
    const file = path.join(folder, 'secret.json');
    const texts = Array.from({ length: 20 }, (_, index) => `${index}`.repeat(10_000));
    await Promise.all(texts.map((text) => createFile(file, text)));
    const kept = await readFile(file, 'utf8');
    expect(texts).toContain(kept);
    await createFile(file, 'later');
    expect(await readFile(file, 'utf8')).toBe(kept);
    expect(await readdir(folder)).toEqual(['secret.json']);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  } finally {
    await rm(folder, { recursive: true });
  }
});
