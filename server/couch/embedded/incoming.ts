import { DOCUMENT_LIMIT } from '../limits.ts';
import { hashUser } from './auth/passwords.ts';
import { USERS } from './auth/accounts.ts';
import { badRequest, CouchError, unsupported } from './errors.ts';
import { readBody } from './params.ts';
import { assertRevisions } from './revisions.ts';
import type { Doc } from './store/pouch.ts';

/**
 * Documents of a request, checked as far as it needs no database, in the form that goes into `database`.
 * @param bytes length of the request body: only a large one can hold a document that is too large
 */
export async function incoming(values: unknown[], database: string, bytes: number): Promise<Doc[]> {
  const docs: Doc[] = [];
  for (const value of values) {
    const doc = readBody(value) as Doc;
    if (doc._id !== undefined && typeof doc._id !== 'string') throw badRequest('Document id must be a string');
    if (doc._id === '') throw badRequest('Document id must not be empty');
    if (doc._id !== undefined && doc._id.startsWith('_') && !/^_(design|local)\/./.test(doc._id)) {
      throw badRequest('Only reserved document ids may start with underscore.');
    }
    assertRevisions(doc);
    if (bytes > DOCUMENT_LIMIT && Buffer.byteLength(JSON.stringify(doc)) > DOCUMENT_LIMIT) {
      throw new CouchError(413, 'document_too_large', String(doc._id));
    }
    const { _attachments: attachments, ...rest } = doc;
    if (attachments && Object.keys(attachments).length > 0) throw unsupported('attachments');
    docs.push(database === USERS ? await hashUser(rest as Doc) : (rest as Doc));
  }
  return docs;
}
