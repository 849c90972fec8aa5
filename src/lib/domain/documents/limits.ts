import { COMMENT_LIMIT } from './comment.ts';
import type { OwnDocument } from './index.ts';
import { POST_LIMIT } from './post.ts';
import { TEXT_LIMIT, type TextRegister } from '../merge/text-register.ts';

/** Largest own document that a server stores, in characters of JSON without its underscore fields. */
export const OWN_DOCUMENT_LIMIT = 400_000;

/** What the server's write rules say of a larger one. */
export const TOO_LARGE = 'The document is too large.';

/** Size of a document as the write rules count it. */
export const sizeOf = (document: object): number =>
  Object.entries(document).reduce(
    (size, [field, value]: [string, unknown]) =>
      field.startsWith('_') || value === undefined ? size : size + JSON.stringify(value).length,
    0
  );

const textsOf = (doc: OwnDocument): TextRegister[] => {
  if (doc.type === 'profile') return Object.values(doc.fields);
  if ('body' in doc) return [doc.body];
  return 'note' in doc ? [doc.note] : [];
};

/** Longest text that a document of this type may carry, in characters. */
export const textLimit = (type: OwnDocument['type']): number =>
  type === 'post' ? POST_LIMIT : type === 'comment' ? COMMENT_LIMIT : TEXT_LIMIT;

/** Whether the newest text of a document, or all of it, is longer than the server would take. */
export const isTooLong = (doc: OwnDocument): boolean =>
  textsOf(doc).some(({ versions }) => (versions.at(-1)?.text.length ?? 0) > textLimit(doc.type)) ||
  sizeOf(doc) > OWN_DOCUMENT_LIMIT;
