import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { ParcelBody } from '../../src/lib/domain/parcel/body.ts';
import { newNumber } from '../../src/lib/domain/parcel/number.ts';
import { newPair } from '$lib/sync/parcels/keys';
import { ownPost } from '$lib/store/testing/fixtures';
import { openParcelKeys, type ParcelKeys } from '../../server/parcels/keys.ts';

/** The keys of some server, in a folder that goes with the test. */
export async function someServerKeys(): Promise<ParcelKeys> {
  const data = await mkdtemp(path.join(os.tmpdir(), 'smartasn-parcels-'));
  onTestFinished(() => rm(data, { recursive: true, force: true, maxRetries: 10 }));
  return openParcelKeys(data);
}

/** A device of some person that can seal to that server. */
export async function someDevice(server: ParcelKeys) {
  const { sign, verify } = await newPair();
  const session = crypto.randomUUID();
  const signer = { person: crypto.randomUUID(), deviceKey: verify };
  return { sign, server: await server.newest(), session, signer };
}

export const someBody = (session: string, texts = ['Air sumur jernih.']): ParcelBody => ({
  number: newNumber(),
  session,
  at: new Date().toISOString(),
  edits: texts.map((text) => ({ ...ownPost(text) }))
});
