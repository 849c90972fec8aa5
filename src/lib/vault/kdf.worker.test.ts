import { argon2Sync } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { KDF_COST } from './kdf';

const salt = new Uint8Array(16).fill(7);

/** Loads the worker into this process and asks it for one key. */
async function ask(request: object): Promise<unknown> {
  const scope: { onmessage?: (event: { data: object }) => Promise<void>; postMessage: (answer: unknown) => void } = {
    postMessage: vi.fn()
  };
  vi.stubGlobal('self', scope);
  vi.resetModules();
  await import('./kdf.worker');
  await scope.onmessage?.({ data: request });
  vi.unstubAllGlobals();
  return vi.mocked(scope.postMessage).mock.calls[0]?.[0];
}

test('the worker derives what another Argon2id derives, at the cost that is stored', async () => {
  const { memory, passes, lanes } = KDF_COST;
  const parameters = { message: '739164', nonce: salt, parallelism: lanes, tagLength: 32, memory, passes };
  const expected = argon2Sync('argon2id', parameters);
  expect(await ask({ ...KDF_COST, pin: '739164', salt })).toEqual(new Uint8Array(expected));
});

test('an impossible request is answered with words, not with silence', async () => {
  expect(await ask({ ...KDF_COST, passes: 0, pin: '739164', salt })).toEqual(expect.stringContaining('Error'));
});
