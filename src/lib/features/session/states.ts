import type { SessionGrant } from '$lib/domain/api';
import type { Store } from '$lib/store/types';
import type { SyncHandle } from '$lib/sync/types';
import type { OpenVault, Slot } from '$lib/vault/types';
import type { Left } from './leaving';

/** What an unlocked person's screens work with. */
export interface Open {
  store: Store;
  vault: OpenVault;
  sync: SyncHandle;
  /** UUID of the person. */
  person: string;
  /** She was here shortly before, on the page that is open now. */
  resumed?: Left;
}

/** Where a browser tab is between its start and an unlocked person. */
export type SessionState =
  | { kind: 'loading' }
  /** This browser cannot keep anything, for example in a private window with storage off. */
  | { kind: 'broken' }
  /** A newer build of the app has taken over in another tab; this page has to be loaded again. */
  | { kind: 'outdated' }
  /** `slots` are the places to go back to. */
  | { kind: 'signed-out'; slots: Slot[] }
  /** `pick`: the place whose PIN is asked for first. */
  | { kind: 'locked'; slots: Slot[]; pick?: string }
  /** This device was reported lost, and the person's place is gone. */
  | { kind: 'removed'; slot: Slot }
  /** She left, and her unsent work waits here in a parcel of this number. */
  | { kind: 'left'; number: string }
  | { kind: 'choosing-pin'; grant: SessionGrant; slots: Slot[] }
  /** The place was just made: its name is shown once, the feed is already on its way. */
  | { kind: 'named'; slot: Slot; open: Open }
  | { kind: 'open'; open: Open };
