import type { Codec } from './codec';
import type { StoreDb } from './db';

/** What the modules of the store work on. */
export interface Context {
  db: StoreDb;
  codec: Codec;
}
