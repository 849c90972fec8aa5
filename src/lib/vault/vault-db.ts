import { Dexie, type Table } from 'dexie';
import type { KdfCost } from './kdf';
import { yieldToNewer, type TabEvents } from './newer-build';
import type { PasskeyWrap } from './passkey';
import type { Slot } from './types';

/** How a slot is kept: nothing in it is personal but a name that its owner allowed, and the data key only wrapped. */
export interface SlotRow extends Omit<Slot, 'openedAt' | 'passkey'> {
  /** Missing in what builds before 30 days counted have written. */
  openedAt?: number;
  /** Wrong PINs in a row, counted before each derivation: killing the tab gives no free try. */
  failures: number;
  salt: Uint8Array<ArrayBuffer>;
  cost: KdfCost;
  /** The data key, sealed by the key from the PIN; missing once the slot is being destroyed. */
  wrapped?: Uint8Array<ArrayBuffer>;
  /** The same by a passkey. */
  passkey?: PasskeyWrap;
}

export type VaultDb = Dexie & { slots: Table<SlotRow, string> };

/** The list of slots of this browser; every write reaches the disk before it counts. */
export function openVaultDb(events: TabEvents = {}): VaultDb {
  const db = new Dexie('smartasn-vault', { chromeTransactionDurability: 'strict', cache: 'disabled' }) as VaultDb;
  db.version(1).stores({ slots: 'id' });
  yieldToNewer(db, events);
  return db;
}
