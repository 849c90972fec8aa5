import workerUrl from './kdf.worker?worker&url';
import { trustedScriptUrl } from './trusted-url';

/** Cost of Argon2id, stored with each slot so that it can grow: memory in KiB, passes, lanes. */
export interface KdfCost {
  memory: number;
  passes: number;
  lanes: number;
}

/** OWASP's second choice (19 MiB, 2 passes); fits a phone with 1 GB of memory and takes it less than a second. */
export const KDF_COST: KdfCost = { memory: 19_456, passes: 2, lanes: 1 };

export interface KdfRequest extends KdfCost {
  pin: string;
  salt: Uint8Array<ArrayBuffer>;
}

/** Derives 32 bytes from a PIN. */
export type Derive = (request: KdfRequest) => Promise<Uint8Array<ArrayBuffer>>;

/** Argon2id in a worker of its own that ends with the derivation: nothing of the PIN stays in its memory. */
export const deriveInWorker: Derive = (request) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(trustedScriptUrl(workerUrl), { type: 'module' });
    const end = (settle: () => void) => {
      worker.terminate();
      settle();
    };
    worker.onmessage = ({ data }: MessageEvent<Uint8Array<ArrayBuffer> | string>) =>
      end(() => (typeof data === 'string' ? reject(new Error(data)) : resolve(data)));
    worker.onerror = (event) => end(() => reject(new Error(event.message || 'the key worker did not start')));
    worker.postMessage(request);
  });
