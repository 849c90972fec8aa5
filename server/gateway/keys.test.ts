import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openKeys } from './keys.ts';

async function folder(): Promise<string> {
  const data = await mkdtemp(path.join(os.tmpdir(), 'smartasn-keys-'));
  onTestFinished(() => rm(data, { recursive: true }));
  return data;
}

test('the key is made once, also by two starts at once, and only its owner reads it', async () => {
  const data = await folder();
  const [a, b] = await Promise.all([openKeys(data), openKeys(data)]);
  const again = await openKeys(data);
  expect(b.id).toBe(a.id);
  expect(again.id).toBe(a.id);
  const files = await readdir(path.join(data, 'keys'));
  expect(files).toEqual(['session-ed25519.json']);
  const { mode } = await stat(path.join(data, 'keys', 'session-ed25519.json'));
  expect(mode & 0o777).toBe(0o600);
});

test('a damaged key is named and not replaced', async () => {
  const data = await folder();
  await openKeys(data);
  const file = path.join(data, 'keys', 'session-ed25519.json');
  await writeFile(file, '{"kty":"OKP"}');
  await expect(openKeys(data)).rejects.toThrow(/session-ed25519\.json is damaged/);
  await writeFile(file, '{"kty"');
  await expect(openKeys(data)).rejects.toThrow(/is damaged/);
});
