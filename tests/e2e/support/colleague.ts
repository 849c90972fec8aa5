import { personDatabase } from '../../../src/lib/domain/databases.ts';
import { newPost } from '../../../src/lib/domain/documents/compose.ts';
import { PASSWORD } from './person.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

/** Somebody writes a post in the national channel, as her device would bring it to the server. */
export async function postAs(origin: string, account: string, text: string): Promise<{ person: string }> {
  const body = JSON.stringify({ account, password: PASSWORD });
  const grant = await fetch(`${origin}/api/session`, { method: 'POST', headers: JSON_TYPE, body });
  const { access, person } = (await grant.json()) as { access: string; person: string };
  const docs = [newPost('nasional', 'berita', text)];
  const headers = { ...JSON_TYPE, authorization: `Bearer ${access}` };
  const address = `${origin}/db/${personDatabase(person)}/_bulk_docs`;
  const answer = await fetch(address, { method: 'POST', headers, body: JSON.stringify({ docs }) });
  if (!answer.ok) throw new Error(`${address}: ${answer.status} ${await answer.text()}`);
  return { person };
}
