import { parseDatabase, type DatabaseKind } from '../../../src/lib/domain/databases.ts';
import type { Couch } from '../../couch/types.ts';
import { request } from '../../registry/database.ts';

/** Names of the project's databases of these kinds, in this order of kinds. */
export async function ourDatabases(couch: Couch, kinds: DatabaseKind[]): Promise<string[]> {
  const names = await request<string[]>(couch, 'admin', '/_all_dbs');
  return kinds.flatMap((kind) => names.filter((name) => parseDatabase(name)?.kind === kind));
}
