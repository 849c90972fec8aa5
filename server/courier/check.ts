import { COMMENT_LIMIT, type OwnComment } from '../../src/lib/domain/documents/comment.ts';
import { isOwnType, parseOwn, type OwnDocument } from '../../src/lib/domain/documents/index.ts';
import { isNewer } from '../../src/lib/domain/documents/versions.ts';
import { POST_LIMIT, type OwnPost } from '../../src/lib/domain/documents/post.ts';
import type { Refusal } from '../../src/lib/domain/documents/receipt.ts';
import { docId, suffixOf } from '../../src/lib/domain/ids.ts';
import { currentText, TEXT_LIMIT } from '../../src/lib/domain/merge/text-register.ts';
import type { Person } from '../registry/types.ts';

export type Checked = { document: OwnDocument } | { refusal: Refusal };

const refuse = (refusal: Refusal): Checked => ({ refusal });

/** Everything that can be said about an own document from itself and its author alone. */
export function checkOwn(doc: Record<string, unknown>, person: Person): Checked {
  if (!isOwnType(doc.type)) return refuse(typeof doc.type === 'string' ? 'unknown-type' : 'malformed');
  if (isNewer(doc)) return refuse('newer-schema');
  const document = parseOwn(doc);
  if (!document) return refuse(hasHugeText(doc.body) ? 'too-long' : 'malformed');
  const refusal = checkContent(document, person);
  return refusal ? refuse(refusal) : { document };
}

function checkContent(doc: OwnDocument, person: Person): Refusal | undefined {
  switch (doc.type) {
    case 'post':
      return checkText(doc, POST_LIMIT);
    case 'comment':
      return checkText(doc, COMMENT_LIMIT);
    case 'reaction':
      return doc._id === docId('reaction', `${suffixOf(doc.post)}.${person.id}`) ? undefined : 'not-yours';
    case 'profile':
      return doc._id === docId('profile', person.id) ? undefined : 'not-yours';
    case 'progress':
    case 'attempt':
    case 'submission':
    case 'mark':
    case 'runtime':
    case 'study':
      return undefined;
  }
}

function checkText(doc: OwnPost | OwnComment, limit: number): Refusal | undefined {
  const text = currentText(doc.body);
  if (!text.trim()) return 'empty';
  return text.length > limit ? 'too-long' : undefined;
}

/** What the schema of a text register does not take is too long, not malformed. */
function hasHugeText(body: unknown): boolean {
  const versions: unknown = (body as { versions?: unknown } | null | undefined)?.versions;
  return (
    Array.isArray(versions) &&
    versions.some((version) => {
      const text: unknown = (version as { text?: unknown } | null)?.text;
      return typeof text === 'string' && text.length > TEXT_LIMIT;
    })
  );
}
