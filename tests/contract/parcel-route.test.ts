import { afterAll, beforeAll, expect, test } from 'vitest';
import { newEdit } from '$lib/domain/ids';
import { newNumber } from '$lib/domain/parcel/number';
import { isReply } from '$lib/domain/parcel/reply';
import { newPair } from '$lib/sync/parcels/keys';
import { sealBody } from '$lib/sync/parcels/seal';
import { makePerson, openTestGateway, signIn, type TestGateway } from '../../server/gateway/fixtures.ts';
import { someBody } from '../support/parcels.ts';

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await openTestGateway([makePerson('guru')]);
});
afterAll(() => gateway.close());

const post = (url: string, payload: Uint8Array, type = 'application/octet-stream') =>
  gateway.app.inject({ method: 'POST', url, payload: Buffer.from(payload), headers: { 'content-type': type } });
const bring = (parcel: Uint8Array) => post('/api/parcels', parcel);
const ask = (parcel: Uint8Array, type?: string) => post('/api/parcels/reply', parcel, type);

const bytes = (text: string) => new TextEncoder().encode(text);

test('who brings no parcel of this server gets nothing back, and who brought one what its author alone can read', async () => {
  expect((await ask(bytes('{}'), 'application/json')).statusCode).toBe(400);
  const nothing = await ask(bytes('halo'));
  expect(nothing.statusCode).toBe(422);
  expect(nothing.json()).toEqual({ state: 'refused', reason: 'not-a-parcel' });

  const { access, refresh } = await signIn(gateway, 'guru');
  const { sign, verify } = await newPair();
  const told = await gateway.app.inject({
    method: 'PUT',
    url: '/api/parcels/device',
    payload: { deviceKey: verify },
    headers: { authorization: `Bearer ${access}` }
  });
  const { serverKey: server } = told.json<{ serverKey: string }>();
  const body = someBody(refresh.split('.')[0] ?? '');
  // No courier runs here, and a removal is not answered by it.
  const edits = body.edits.map(({ _id }) => ({ _id, edit: newEdit(), deleted: true as const }));
  const silent = await sealBody({ ...body, edits }, { sign, server });
  const reply = { key: server, sources: [{ name: 'catalogue' }] };
  const asking = await sealBody({ ...body, edits, number: newNumber(), reply }, { sign, server });

  expect((await ask(asking)).statusCode).toBe(204);
  expect((await bring(silent)).json()).not.toHaveProperty('reply');
  expect((await bring(asking)).json()).toMatchObject({ state: 'arrived', reply: expect.stringMatching(/^\w{6}$/) });
  expect((await ask(silent)).statusCode).toBe(204);
  const answer = await ask(asking);
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['content-type']).toBe('application/octet-stream');
  expect(answer.headers['cache-control']).toBe('no-store');
  expect(isReply(new Uint8Array(answer.rawPayload))).toBe(true);
});
