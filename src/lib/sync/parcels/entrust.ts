import { toBase64url } from '$lib/domain/parcel/base64url';
import { keyIdOf, suite } from '$lib/domain/parcel/suite';
import type { Store } from '$lib/store/store-api';
import { sourcesOf } from '../shared-lane/sources';
import { keepReplyKey } from './reply-keys';
import { sealUnsent, type SealedWork } from './unsent';

export type EntrustStore = Pick<
  Store,
  'pending' | 'secret' | 'unsentFiles' | 'membership' | 'checkpoint' | 'changeSetting'
>;

/**
 * Seals what waits for somebody who goes to where there is a signal, and asks the server for what is new since this
 * device last heard of it; undefined when nothing waits.
 * @throws CannotSeal, ParcelTooLarge
 */
export async function entrustUnsent(store: EntrustStore): Promise<SealedWork | undefined> {
  const { kem } = suite();
  const { publicKey, privateKey } = await kem.generateKeyPair();
  const [open, secret] = await Promise.all([kem.serializePublicKey(publicKey), kem.serializePrivateKey(privateKey)]);
  const key = new Uint8Array(open);
  const membership = await store.membership();
  const names = membership ? sourcesOf(membership) : [];
  const sources = await Promise.all(
    names.map(async (name) => {
      const checkpoint = await store.checkpoint(name);
      return checkpoint ? { name, checkpoint } : { name };
    })
  );
  const work = await sealUnsent(store, { reply: { key: toBase64url(key), sources } });
  if (!work) return undefined;
  const id = toBase64url(await keyIdOf(key));
  await keepReplyKey(store, { id, secret: toBase64url(new Uint8Array(secret)), server: work.server, at: Date.now() });
  return work;
}
