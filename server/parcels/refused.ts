import type { ParcelRefusal } from '../../src/lib/domain/parcel/api.ts';

/** A parcel that is not accepted. `number` when it could be opened. */
export class ParcelRefused extends Error {
  readonly reason: ParcelRefusal;
  readonly number: string | undefined;

  constructor(reason: ParcelRefusal, number?: string) {
    super(`The parcel is refused: ${reason}`);
    this.reason = reason;
    this.number = number;
  }
}
