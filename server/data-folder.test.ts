import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { prepareDataFolder } from './data-folder.ts';

let home: string;

beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'smartasn-folder-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

test('a folder is made with those above it, and nothing is left in it', async () => {
  const folder = path.join(home, 'a', 'b');
  await prepareDataFolder(folder);
  await prepareDataFolder(folder);
  expect(await readdir(folder)).toEqual([]);
});

test('a file in the way ends with a sentence', async () => {
  const file = path.join(home, 'file');
  await writeFile(file, '');
  await expect(prepareDataFolder(file)).rejects.toThrow(/Nothing can be kept in .*SMARTASN_DATA/);
  await expect(prepareDataFolder(path.join(file, 'below'))).rejects.toThrow(/Nothing can be kept in .*SMARTASN_DATA/);
});

test.runIf(existsSync('/proc/self'))('a place where nothing can be made ends with a sentence', async () => {
  for (const folder of ['/proc/nope', '/proc/nope/below', '/proc'])
    await expect(prepareDataFolder(folder)).rejects.toThrow(/Nothing can be kept in \/proc/);
});
