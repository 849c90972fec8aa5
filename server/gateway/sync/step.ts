import type { Checkpoint } from './checkpoint.ts';

/** One step of a device through a shared database: a document, a deletion (`json` missing), or only a new place. */
export interface Step {
  id?: string;
  json?: string;
  /** Where the device stands after it; missing where CouchDB does not say. */
  checkpoint?: Checkpoint;
}
