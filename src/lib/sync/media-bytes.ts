import { failureOf, SyncFailure } from './failure';
import { MediaFailed } from './media-failed';
import { readChunks, sleep } from './patience';
import type { Api } from './tokens';

/** Cuts in a row without a single new byte before the link counts as gone. */
const CUTS = 3;

/** Longest time that the server may ask to wait, s: afterwards the person decides. */
const WAIT = 60;

/** Bytes of a file on the server; the range ends before `end`. */
export interface Wanted {
  sha256: string;
  start: number;
  end: number;
  /** The range is all of the file: when more comes, it is not the file. */
  whole: boolean;
}

/**
 * The bytes of a range as they come. A cut in the middle costs nothing: the rest is asked for by range, so a large file
 * also comes through a link that breaks every few seconds.
 */
export async function* fetchRange(
  api: Api,
  { sha256, start, end, whole }: Wanted,
  signal?: AbortSignal
): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  let at = start;
  for (let cuts = 0; at < end;) {
    const before = at;
    try {
      const response = await api.fetch(`/media/${sha256}`, { headers: rangeOf(at, end, whole), signal });
      if (response.status === 404) throw new MediaFailed('missing', sha256);
      const failure = failureOf(response);
      if (failure) throw failure;
      // Who does not know ranges sends everything: what is here already is passed over.
      let skip = response.status === 206 ? 0 : at;
      for await (const chunk of readChunks(response, { signal })) {
        const fresh = chunk.subarray(Math.min(skip, chunk.length));
        skip -= chunk.length - fresh.length;
        if (whole && at + fresh.length > end) throw new MediaFailed('damaged', sha256);
        const part = fresh.subarray(0, end - at);
        at += part.length;
        if (part.length) yield part;
        if (at === end && !whole && response.status !== 206) return;
      }
      if (at < end) throw new SyncFailure('offline');
    } catch (error) {
      if (!(error instanceof SyncFailure)) throw error;
      const { code, retryAfter } = error;
      const mayWait = code === 'server' && retryAfter > 0 && retryAfter <= WAIT;
      if (code !== 'offline' && !mayWait) throw error;
      cuts = at > before ? 0 : cuts + 1;
      if (cuts >= CUTS) throw error;
      if (mayWait) await sleep(retryAfter * 1000, signal ?? new AbortController().signal);
    }
  }
}

function rangeOf(at: number, end: number, whole: boolean): Headers {
  if (whole) return new Headers(at > 0 ? { range: `bytes=${at}-` } : {});
  return new Headers({ range: `bytes=${at}-${end - 1}` });
}
