import type { Codec } from './codec';
import type { StoreDb } from './db';
import type { MediaDb } from './media-db';

/** What the modules of the store work on. */
export interface Context {
  db: StoreDb;
  /** What all places of this browser share. */
  media: MediaDb;
  /** The id of this person's place. */
  place: string;
  codec: Codec;
}
