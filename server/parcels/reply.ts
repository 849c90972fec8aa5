import { parseDatabase, personDatabase } from '../../src/lib/domain/databases.ts';
import { receiptId } from '../../src/lib/domain/ids.ts';
import type { ParcelEdit } from '../../src/lib/domain/parcel/body.ts';
import { partsOf, type Bytes } from '../../src/lib/domain/parcel/layout.ts';
import type { ReplyHead } from '../../src/lib/domain/parcel/reply.ts';
import { mayFollow, type Principal } from '../access/allows.ts';
import type { Couch } from '../couch/types.ts';
import type { Sessions } from '../gateway/sessions/store.ts';
import { newsOf, portionsOf, type RoundParts } from '../gateway/sync/rounds.ts';
import { openDatabase, type Stored } from '../registry/database.ts';
import type { Registry } from '../registry/types.ts';
import type { ParcelKeys } from './keys.ts';
import { openParcel } from './open.ts';
import type { ParcelRecords } from './records.ts';
import { ParcelRefused } from './refused.ts';
import { packReply, sealReply } from './seal-reply.ts';

export interface ReplyParts extends Pick<RoundParts, 'hub' | 'pages'> {
  couch: Couch;
  registry: Pick<Registry, 'person'>;
  sessions: Pick<Sessions, 'signer' | 'isLiving'>;
  keys: ParcelKeys;
  records: Pick<ParcelRecords, 'status'>;
  /** No further rows go into a reply of so many bytes: who fetches it may pay for each. */
  enough?: number;
}

/** Packs what is new for the author of a parcel that has arrived; undefined when there is nothing to answer. */
export type Reply = (parcel: Bytes) => Promise<Bytes | undefined>;

/** Time that the courier has to answer the edits of a parcel that has only just arrived, ms. */
const COURIER = 3_000;

type Receipt = ReplyHead['receipts'][number];

/** CouchDB's own fields stay in CouchDB. */
const withoutRevision = (receipt: Receipt): Receipt => {
  const kept = { ...receipt };
  delete kept._rev;
  return kept;
};

/** What is noted when somebody reads it does not leave the server in a form that is read unseen. */
const mayTravel = (principal: Principal, name: string): boolean =>
  parseDatabase(name)?.kind !== 'office' && mayFollow(principal, name);

/** Answers parcels. Asked again, it packs again: nothing is kept, and only the parcel's author can read it. */
export function openReplies(parts: ReplyParts): Reply {
  const { couch, registry, sessions, keys, records, hub, pages, enough } = parts;
  /** The receipts for these edits; the courier is waited for, because whoever asks comes once. */
  async function receiptsFor(person: string, edits: ParcelEdit[]): Promise<Receipt[]> {
    const name = personDatabase(person);
    const database = openDatabase(couch, 'gateway', name);
    const wanted = new Map(edits.filter(({ deleted }) => !deleted).map(({ _id, edit }) => [receiptId(_id), edit]));
    const patience = AbortSignal.timeout(COURIER);
    for (;;) {
      const mark = hub.mark();
      const found = await database.byIds<Stored & Receipt>([...wanted.keys()]);
      const receipts = [...found.values()].filter(({ _id, edit }) => wanted.get(_id) === edit);
      if (receipts.length === wanted.size || patience.aborted || hub.stopped) return receipts.map(withoutRevision);
      await hub.changed([name], mark, COURIER, patience);
    }
  }

  return async (parcel) => {
    const sealed = partsOf(parcel);
    if (typeof sealed === 'string') throw new ParcelRefused(sealed);
    const { person: id, body } = await openParcel(parcel, keys, (session) => sessions.signer(session));
    const { reply, session, number, edits } = body;
    if (!reply || !(await sessions.isLiving(session))) return undefined;
    const person = await registry.person(id);
    if (!person || (await records.status(number)).state !== 'arrived') return undefined;
    const senderKey = await keys.byId(sealed.keyId);
    if (!senderKey) return undefined;
    const receipts = await receiptsFor(id, edits);
    const sources = reply.sources.filter(({ name }) => mayTravel(person, name));
    const head: ReplyHead = { at: new Date().toISOString(), sources, receipts };
    const news = portionsOf(await newsOf({ hub, pages }, sources));
    return sealReply(await packReply(head, news, enough), reply.key, senderKey);
  };
}
