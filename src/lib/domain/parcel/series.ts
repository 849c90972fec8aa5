import { FRAME_BYTES, frameName, FRAMES_LIMIT, frameText, readFrame, type Frame } from './frame.ts';
import { concat, type Bytes } from './layout.ts';

/** The texts of the codes that a parcel is shown as; undefined when it is too large for that. */
export async function toSeries(parcel: Bytes): Promise<string[] | undefined> {
  const total = Math.ceil(parcel.length / FRAME_BYTES);
  if (total > FRAMES_LIMIT) return undefined;
  const name = await frameName(parcel);
  return Array.from({ length: total }, (_, at) =>
    frameText({
      parcel: name,
      index: at + 1,
      total,
      payload: parcel.slice(at * FRAME_BYTES, (at + 1) * FRAME_BYTES)
    })
  );
}

/** What a code that was read has brought. */
export type Gathered =
  /** It is no code of a parcel, or was read wrongly. */
  | { state: 'foreign' }
  | { state: 'partial'; have: number; total: number; missing: number[] }
  | { state: 'whole'; parcel: Bytes }
  /** All codes are there, and what they make is not what the first one promised: to be read again. */
  | { state: 'damaged' };

/** Parcels that are gathered side by side: a hall may have several screens. */
const PARCELS = 8;

/** Gathers parcels from codes that are read in any order, more than once and among others. */
export function gatherSeries(): { take(text: string): Promise<Gathered> } {
  const parcels = new Map<string, Map<number, Frame>>();

  /** The frames of the same parcel; of two that say different lengths, the later one counts. */
  function framesOf({ parcel, total }: Frame): Map<number, Frame> {
    const known = parcels.get(parcel) ?? new Map<number, Frame>();
    const isSame = [...known.values()].every((frame) => frame.total === total);
    const frames = isSame ? known : new Map<number, Frame>();
    parcels.delete(parcel);
    parcels.set(parcel, frames);
    for (const oldest of parcels.keys()) if (parcels.size > PARCELS) parcels.delete(oldest);
    return frames;
  }

  return {
    async take(text) {
      const frame = readFrame(text);
      if (!frame) return { state: 'foreign' };
      const { parcel: name, total } = frame;
      const frames = framesOf(frame);
      frames.set(frame.index, frame);
      const all = Array.from({ length: total }, (_, at) => frames.get(at + 1));
      const missing = all.flatMap((one, at) => (one ? [] : [at + 1]));
      if (missing.length) return { state: 'partial', have: frames.size, total, missing };
      parcels.delete(name);
      const parcel = concat(...all.flatMap((one) => (one ? [one.payload] : [])));
      return (await frameName(parcel)) === name ? { state: 'whole', parcel } : { state: 'damaged' };
    }
  };
}
