import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { UPLOAD_PIECE } from '../../src/lib/domain/own-files.ts';
import { sha256Of } from '../media/files.ts';
import type { Person } from '../registry/types.ts';
import { makePerson, openTestGateway, type TestGateway } from './fixtures.ts';

const [siti, budi] = [makePerson('siti'), makePerson('budi')];
let gateway: TestGateway;

const shaOf = (body: Buffer): string => sha256Of(new Uint8Array(body));

beforeAll(async () => void (gateway = await openTestGateway([siti, budi])));
afterAll(() => gateway.close());

const pdf = (length: number): Buffer => {
  const body = randomBytes(length);
  body.write('%PDF-1.7\n');
  return body;
};

async function put(person: Person, sha256: string, body: Buffer, at: number, to: number, size = body.length) {
  const headers = {
    ...(await gateway.bearer(person)),
    ...{ 'content-type': 'application/octet-stream', 'content-range': `bytes ${at}-${to - 1}/${size}` }
  };
  const answer = await gateway.app.inject({
    method: 'PUT',
    url: `/files/${sha256}`,
    headers,
    payload: body.subarray(at, to)
  });
  return { status: answer.statusCode, ...(answer.json() as { received?: number; whole?: boolean; code?: string }) };
}

const get = async (person: Person, sha256: string, url = `/files/${sha256}`) =>
  gateway.app.inject({ method: 'GET', url, headers: await gateway.bearer(person) });

test('a file comes in pieces, goes on where it was cut off, and is there once it is whole', async () => {
  const body = pdf(50_000);
  const sha256 = shaOf(body);
  expect(await put(siti, sha256, body, 0, 20_000)).toEqual({ status: 200, received: 20_000, whole: false });
  expect((await get(siti, sha256)).statusCode).toBe(404);
  // The answer was lost and she begins anew: she hears where to go on.
  expect(await put(siti, sha256, body, 0, 20_000)).toMatchObject({ received: 20_000, whole: false });
  expect(await put(siti, sha256, body, 30_000, 50_000)).toMatchObject({ received: 20_000, whole: false });
  expect(await put(siti, sha256, body, 20_000, 50_000)).toMatchObject({ received: 50_000, whole: true });
  expect(await put(siti, sha256, body, 0, 10)).toMatchObject({ received: 50_000, whole: true });
  const back = await get(siti, sha256);
  expect([back.statusCode, back.rawPayload.equals(body)]).toEqual([200, true]);
  expect(await readdir(path.join(gateway.data, 'own-files', 'parts'))).toEqual([]);
});

test('it is hers alone, and no public file', async () => {
  const body = pdf(1_000);
  const sha256 = shaOf(body);
  await put(siti, sha256, body, 0, 1_000);
  expect((await get(budi, sha256)).statusCode).toBe(404);
  expect((await get(siti, sha256, `/media/${sha256}`)).statusCode).toBe(404);
  // Who has the same file may have it too, and only by bringing it.
  expect(await put(budi, sha256, body, 0, 500)).toMatchObject({ received: 500, whole: false });
  expect((await get(budi, sha256)).statusCode).toBe(404);
});

test('what it is not, what is too large and what is no piece is refused and leaves nothing', async () => {
  const body = pdf(1_000);
  const script = Buffer.from('<script>alert(1)</script>');
  expect(await put(siti, shaOf(script), script, 0, script.length)).toMatchObject({ status: 415, code: 'file-type' });
  expect(await put(siti, 'a'.repeat(64), body, 0, 1_000)).toMatchObject({ status: 422, code: 'file-damaged' });
  expect(await put(siti, shaOf(body), body, 0, 1_000, 5_000_001)).toMatchObject({ status: 413 });
  expect(await put(siti, shaOf(body), body, 0, 1_000, 900)).toMatchObject({ status: 400 });
  expect(await put(siti, '..%2f..%2fkeys', body, 0, 1_000)).toMatchObject({ status: 404 });
  const large = pdf(UPLOAD_PIECE + 1);
  expect(await put(siti, shaOf(large), large, 0, large.length)).toMatchObject({ status: 413 });
  expect(
    (await readdir(path.join(gateway.data, 'own-files', 'parts'))).filter((name) => name.startsWith(siti.id))
  ).toEqual([]);
});

test('pieces that come at once do not mix', async () => {
  const body = pdf(40_000);
  const sha256 = shaOf(body);
  const steps = [0, 10_000, 20_000, 30_000];
  for (let round = 0; round < 4; round += 1)
    await Promise.all(steps.map((at) => put(siti, sha256, body, at, at + 10_000)));
  expect((await get(siti, sha256)).rawPayload.equals(body)).toBe(true);
});
