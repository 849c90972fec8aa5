import { SyncFailure } from './failure';

/** Longest silence in the middle of an answer, ms: twice the worst round trip of a busy satellite link and then some. */
export const SILENCE = 30_000;

/** Waits for a promise at most `ms`, and no longer than the signal allows. What it loses interest in, it swallows. */
export function within<T>(promise: Promise<T>, ms: number, signal?: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    };
    const abort = () => {
      done();
      reject(new SyncFailure('aborted'));
    };
    const timer = setTimeout(() => {
      done();
      reject(new SyncFailure('offline'));
    }, ms);
    promise.then(
      (value) => {
        done();
        resolve(value);
      },
      (error: unknown) => {
        done();
        reject(error instanceof SyncFailure ? error : new SyncFailure('offline', { cause: error }));
      }
    );
    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort);
  });
}

/** Sleeps; ends early, without an error, when the signal fires. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
}

/** The bytes of an answer as they come. Throws `offline` when the link is cut or silent. */
export async function* readChunks(
  response: Response,
  { signal, silence = SILENCE }: { signal?: AbortSignal; silence?: number } = {}
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = response.body?.getReader();
  if (!reader) return;
  try {
    for (;;) {
      const part = await within(reader.read(), silence, signal);
      if (part.done) return;
      yield part.value;
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

/** All bytes of an answer, with the same patience. */
export async function readAll(response: Response, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of readChunks(response, { signal })) chunks.push(chunk);
  const all = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    all.set(chunk, offset);
    offset += chunk.length;
  }
  return all;
}
