import { personDatabase } from '../../src/lib/domain/databases.ts';
import type { Couch } from '../couch/types.ts';
import { CouchError, openDatabase, type Stored } from '../registry/database.ts';
import { certificateOf } from './issue.ts';
import type { CertificateRecord, CertificateRecords } from './records.ts';

/** Takes a certificate back: at once for everybody who asks the server, and on its holder's devices. Answers since when. */
export async function revoke(
  couch: Couch,
  records: Pick<CertificateRecords, 'revoke'>,
  record: CertificateRecord
): Promise<string> {
  const at = await records.revoke(record.credential);
  const own = openDatabase(couch, 'courier', personDatabase(record.person));
  for (;;) {
    const present = await own.get<Stored>(record._id);
    if (present?.revoked === at) return at;
    if (await own.putUnlessMoved({ ...certificateOf(record, at), _rev: present?._rev })) return at;
    if (!(await own.get(record._id))) throw new CouchError(409, `/${own.name}/${record._id}`, { error: 'conflict' });
  }
}
