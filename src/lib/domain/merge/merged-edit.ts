import type { OwnDocument } from '../documents/index.ts';
import { timeOfUuid, uuidv7 } from '../ids.ts';
import { canonical } from './canonical.ts';

/** Multipliers of FNV-1a, one for each lane of the digest; any odd numbers with well mixed bits would do. */
const LANES = [0x01000193, 0x85ebca6b, 0xc2b2ae35];

/** Ten bytes that follow from a text. Not against people who mean harm: both texts are of one person. */
function digest(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4 * LANES.length);
  const view = new DataView(bytes.buffer);
  LANES.forEach((prime, lane) => {
    let hash = 0x811c9dc5;
    for (let at = 0; at < text.length; at += 1) {
      hash = Math.imul(hash ^ text.charCodeAt(at), prime);
      hash ^= hash >>> 15;
    }
    view.setUint32(4 * lane, hash >>> 0);
  });
  return bytes.subarray(0, 10);
}

/**
 * A merge that nobody wrote, under an edit of its own: later than all that went into it, so that a receipt for one side
 * never speaks for both. It follows from the merge alone, so that devices which merge the same sides get the same
 * document instead of answering each other for ever.
 */
export function underOwnEdit<T extends OwnDocument>(merged: T): T {
  return { ...merged, edit: uuidv7(timeOfUuid(merged.edit) + 1, digest(canonical(merged))) };
}
