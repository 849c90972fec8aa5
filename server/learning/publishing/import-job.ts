import { Worker } from 'node:worker_threads';
import { ImportRefused, type RefusalCode } from '../types.ts';
import type { DraftContent } from './types.ts';

/** Longest that reading a file may take. The largest that is allowed takes a tenth of it. */
const PATIENCE_MS = 10 * 60_000;

/** Memory of the reading thread besides the file itself. */
const MEGABYTES = 1_024;

interface Task {
  /** Path of the file. */
  source: string;
  name: string;
  /** Where its files go. */
  folder: string;
  signal?: AbortSignal;
}

interface Answer {
  content?: DraftContent;
  refusal?: { code: RefusalCode; message: string };
}

/**
 * Reads a file in a thread of its own, bounded in time and memory.
 * @throws ImportRefused
 */
export async function readInThread({ source, name, folder, signal }: Task): Promise<DraftContent> {
  const limit = AbortSignal.timeout(PATIENCE_MS);
  const ending = signal ? AbortSignal.any([signal, limit]) : limit;
  const answer = await new Promise<Answer>((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: { source, name, folder },
      resourceLimits: { maxOldGenerationSizeMb: MEGABYTES }
    });
    const end = (): void => void worker.terminate();
    ending.addEventListener('abort', end, { once: true });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => {
      ending.removeEventListener('abort', end);
      reject(new ImportRefused('too-slow', `Reading ${name} was ended.`));
    });
    if (ending.aborted) end();
  }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY')
      throw new ImportRefused('too-large', `Reading ${name} takes more memory than a course may.`);
    throw error;
  });
  if (answer.refusal) throw new ImportRefused(answer.refusal.code, answer.refusal.message);
  if (!answer.content) throw new Error('The reading thread said nothing.');
  return answer.content;
}
