import path from 'node:path';
import { readAdmin, readAnnouncement } from '../../../server/couch/data-folder.ts';

/** A document as the database has it; `by` is the author of a delivered copy. */
export type Row = Record<string, unknown> & { _id: string; _rev: string; by?: { id: string } };

/** Asks the embedded database of a data folder as its administrator. */
async function ask<T>(data: string, address: string): Promise<T> {
  const folder = path.join(data, 'couch');
  const { name, password } = await readAdmin(folder);
  const port = (await readAnnouncement(folder))?.port;
  const authorization = `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;
  const response = await fetch(`http://127.0.0.1:${port}/${address}`, { headers: { authorization } });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return (await response.json()) as T;
}

/** All documents of a database. */
export async function documentsIn(data: string, database: string): Promise<Row[]> {
  const { rows } = await ask<{ rows: { doc: Row }[] }>(data, `${database}/_all_docs?include_docs=true`);
  return rows.map(({ doc }) => doc);
}

/** Everything that one person has in shared databases with this prefix. */
export async function copiesOf(data: string, person: string, prefix: 'channel-' | 'directory-'): Promise<Row[]> {
  const names = (await ask<string[]>(data, '_all_dbs')).filter((name) => name.startsWith(prefix));
  const rows = await Promise.all(names.map((name) => documentsIn(data, name)));
  return rows.flat().filter(({ by }) => by?.id === person);
}
