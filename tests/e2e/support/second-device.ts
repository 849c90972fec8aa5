import type { SessionGrant } from '../../../src/lib/domain/api.ts';
import type { OwnDocument } from '../../../src/lib/domain/documents/index.ts';
import { personDatabase } from '../../../src/lib/domain/databases.ts';
import { PASSWORD } from './person.ts';

/** Puts documents into a person's database as another device of hers would; what is there already gets a new version. */
export async function writeElsewhere(origin: string, account: string, docs: OwnDocument[]): Promise<void> {
  const session = await fetch(`${origin}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account, password: PASSWORD })
  });
  const { person, access } = (await session.json()) as SessionGrant;
  for (const doc of docs) {
    const address = `${origin}/db/${personDatabase(person)}/${encodeURIComponent(doc._id)}`;
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${access}` };
    const present = await fetch(address, { headers });
    const { _rev } = present.ok ? ((await present.json()) as { _rev?: string }) : {};
    const answer = await fetch(address, { method: 'PUT', headers, body: JSON.stringify({ ...doc, _rev }) });
    if (!answer.ok) throw new Error(`${doc._id} was not stored: ${answer.status} ${await answer.text()}`);
  }
}
