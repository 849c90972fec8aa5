import { isPostponed, type Receipt, type Refusal } from '../../src/lib/domain/documents/receipt.ts';
import { SCHEMAS } from '../../src/lib/domain/documents/versions.ts';
import { UUID_PATTERN, receiptId } from '../../src/lib/domain/ids.ts';
import type { OwnChange } from './change.ts';

/** What the courier says about one edit. */
export type Verdict = { status: 'delivered'; at: string } | { status: 'refused'; reason: Refusal; at: string };

/** The edit that a receipt for this change names; empty when the document does not say. */
export const editOf = ({ doc }: Pick<OwnChange, 'doc'>): string =>
  typeof doc.edit === 'string' && UUID_PATTERN.test(doc.edit) ? doc.edit : '';

/** The receipt for a change; times are the server's. */
export const makeReceipt = (change: OwnChange, verdict: Verdict): Receipt => ({
  _id: receiptId(change.id),
  type: 'receipt',
  schema: SCHEMAS.receipt,
  createdAt: verdict.at,
  zone: 'UTC',
  of: change.id,
  edit: editOf(change),
  ...verdict
});

/**
 * Whether an earlier receipt already says the same about the same edit. Its time stands: the first one was true. What a
 * newer server has delivered an older one only fails to understand, so that stands as well.
 */
export const sameReceipt = (receipt: Receipt, earlier: Receipt | undefined): boolean =>
  earlier !== undefined &&
  earlier.edit === receipt.edit &&
  ((isPostponed(receipt) && earlier.status === 'delivered') ||
    (earlier.status === receipt.status && earlier.reason === receipt.reason));
