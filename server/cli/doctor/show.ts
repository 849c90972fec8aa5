import { receiptId } from '../../../src/lib/domain/ids.ts';
import type { Couch } from '../../couch/types.ts';
import { openDatabase, type Stored } from '../../registry/database.ts';
import { forEach } from './finding.ts';
import { ourDatabases } from './ours.ts';

const PARALLEL = 16;

/** What is known of one document, wherever it stands, without what anybody wrote; undefined when it stands nowhere. */
export async function describeDocument(
  couch: Couch,
  id: string
): Promise<({ database: string } & Record<string, unknown>)[] | undefined> {
  const names = await ourDatabases(couch, ['person', 'channel', 'catalogue', 'directory', 'office']);
  const found = await forEach(names, PARALLEL, async (name) => {
    const docs = await openDatabase(couch, 'admin', name).byIds([id, receiptId(id)]);
    const receipt = docs.get(receiptId(id));
    return docs.size ? [{ database: name, ...outline(docs.get(id)), ...(receipt && { answer: plain(receipt) }) }] : [];
  });
  return found.flat().length ? found.flat() : undefined;
}

function outline(doc: Stored | undefined) {
  if (!doc) return { removed: true };
  const { type, schema, createdAt, zone, edit, channel } = doc;
  return { type, schema, createdAt, zone, edit, channel, bytes: JSON.stringify(doc).length, fields: Object.keys(doc) };
}

const plain = ({ status, reason, at, edit }: Stored) => ({ status, reason, at, edit });
