import { personDatabase } from '../../src/lib/domain/databases.ts';
import type { DeliveryAnswer } from '../../src/lib/domain/parcel/api.ts';
import type { ParcelBody } from '../../src/lib/domain/parcel/body.ts';
import type { Bytes } from '../../src/lib/domain/parcel/layout.ts';
import { NUMBER_START } from '../../src/lib/domain/parcel/number.ts';
import type { Couch } from '../couch/types.ts';
import type { Sessions } from '../gateway/sessions/store.ts';
import type { Registry } from '../registry/types.ts';
import type { ParcelKeys } from './keys.ts';
import { openParcel } from './open.ts';
import { openParcelRecords, type ParcelRecords } from './records.ts';
import { ParcelRefused } from './refused.ts';
import { replay } from './replay.ts';

export interface AcceptParts {
  couch: Couch;
  registry: Pick<Registry, 'person'>;
  sessions: Pick<Sessions, 'signer' | 'isLiving'>;
  keys: ParcelKeys;
  /** Ends the session of a person who left her device. */
  endSession: (session: string) => Promise<void>;
  /** Hears of each parcel that arrived, once, before its carrier does. */
  onArrived?: (parcel: { person: string; session: string; edits: number }) => Promise<void>;
}

export interface Parcels {
  /** Takes a parcel in, from whoever brings it. Failures of the database are thrown; then it is to be brought again. */
  accept(parcel: Bytes): Promise<DeliveryAnswer>;
  status: ParcelRecords['status'];
}

/** Takes parcels in. Everything here may happen twice: a carrier that hears no answer comes again. */
export function openParcels({ couch, registry, sessions, keys, endSession, onArrived }: AcceptParts): Parcels {
  const records = openParcelRecords(couch);

  async function takeIn(parcel: Bytes): Promise<DeliveryAnswer> {
    const { person, body } = await openParcel(parcel, keys, (session) => sessions.signer(session));
    const { number, session, edits, leaving } = body;
    const before = await records.status(number);
    const reply = await mayBeAnswered(body);
    if (before.state === 'arrived') return { ...before, again: true, ...reply };
    if (!(await registry.person(person))) throw new ParcelRefused('unknown-device', number);
    const unmerged = await replay(couch, personDatabase(person), edits);
    if (leaving) await endSession(session);
    await onArrived?.({ person, session, edits: edits.length });
    const at = new Date().toISOString();
    await records.arrived(number, { at, person, unmerged });
    return { state: 'arrived', at, again: false, unmerged, ...reply };
  }

  /** How the number begins under which a reply may be fetched. */
  const mayBeAnswered = async ({ reply, session, number }: ParcelBody): Promise<{ reply?: string }> =>
    reply && (await sessions.isLiving(session)) ? { reply: number.slice(0, NUMBER_START) } : {};

  return {
    status: (number) => records.status(number),
    async accept(parcel) {
      try {
        return await takeIn(parcel);
      } catch (error) {
        if (!(error instanceof ParcelRefused)) throw error;
        const { number, reason } = error;
        if (number !== undefined) await records.refused(number, { at: new Date().toISOString(), reason });
        return { state: 'refused', reason };
      }
    }
  };
}
