import { argon2id } from 'hash-wasm';
import type { KdfRequest } from './kdf';

/** Runs one Argon2id derivation; answers with the bytes, or with the error's text. */
self.onmessage = async ({ data }: MessageEvent<KdfRequest>) => {
  try {
    const key = await argon2id({
      password: data.pin,
      salt: data.salt,
      memorySize: data.memory,
      iterations: data.passes,
      parallelism: data.lanes,
      hashLength: 32,
      outputType: 'binary'
    });
    self.postMessage(key);
  } catch (error) {
    self.postMessage(String(error));
  }
};
