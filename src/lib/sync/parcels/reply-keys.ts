import type { Store } from '$lib/store/store-api';

/** What opens the reply to one parcel; sealed in the person's store. */
export interface ReplyKey {
  /** As the reply names it, base64url. */
  id: string;
  /** The private half (X25519), base64url. */
  secret: string;
  /** The server's key: who else sealed it does not count. */
  server: string;
  /** When the parcel was sealed, ms by this device's clock. */
  at: number;
}

const SETTING = 'parcel-replies';

/** Parcels whose replies may still come; an older one would bring nothing that a later one does not. */
const MOST = 16;

export const keepReplyKey = (store: Pick<Store, 'changeSetting'>, key: ReplyKey): Promise<unknown> =>
  store.changeSetting<ReplyKey[]>(SETTING, (old = []) => [...old, key].slice(-MOST));

export const replyKey = async (store: Pick<Store, 'setting'>, id: string): Promise<ReplyKey | undefined> =>
  (await store.setting<ReplyKey[]>(SETTING))?.find((key) => key.id === id);
