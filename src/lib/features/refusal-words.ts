import type { ItemState } from '$lib/store/types';
import { m } from '$lib/paraglide/messages';

const REASONS: Record<Extract<ItemState, { kind: 'refused' }>['reason'], () => string> = {
  malformed: m.refusal_malformed,
  'unknown-type': m.refusal_unknown_type,
  'newer-schema': m.refusal_newer_schema,
  'too-long': m.refusal_too_long,
  empty: m.refusal_empty,
  'not-a-member': m.refusal_not_a_member,
  'no-such-target': m.refusal_no_such_target,
  'not-yours': m.refusal_not_yours,
  'file-missing': m.refusal_file_missing,
  'server-refused': m.refusal_server
};

/** Why an own item was refused, in words. */
export const refusalWords = (state: ItemState): string => (state.kind === 'refused' ? REASONS[state.reason]() : '');
