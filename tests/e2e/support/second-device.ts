import type { SessionGrant } from '../../../src/lib/domain/api.ts';
import type { OwnDocument } from '../../../src/lib/domain/documents/index.ts';
import { personDatabase } from '../../../src/lib/domain/databases.ts';
import { PASSWORD } from './person.ts';

/** Puts documents into a person's database as another device of hers would. */
export async function writeElsewhere(origin: string, account: string, docs: OwnDocument[]): Promise<void> {
  const session = await fetch(`${origin}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account, password: PASSWORD })
  });
  const { person, access } = (await session.json()) as SessionGrant;
  for (const doc of docs) {
    const answer = await fetch(`${origin}/db/${personDatabase(person)}/${encodeURIComponent(doc._id)}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${access}` },
      body: JSON.stringify(doc)
    });
    if (!answer.ok) throw new Error(`${doc._id} was not stored: ${answer.status} ${await answer.text()}`);
  }
}
