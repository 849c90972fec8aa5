import { open, type FileHandle } from 'node:fs/promises';

const BLOCK = 64 * 1024;

/**
 * The bytes from `start` to before `end` as a stream. The file is opened at the first read, so a caller that only
 * wants the size holds nothing open; a file that ends early fails the stream instead of ending it.
 */
export function streamOf(file: string, start: number, end: number): ReadableStream<Uint8Array> {
  let handle: FileHandle | undefined;
  let position = start;
  const close = async () => {
    await handle?.close();
    handle = undefined;
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (position >= end) {
          await close();
          controller.close();
          return;
        }
        try {
          handle ??= await open(file, 'r');
          const block = new Uint8Array(Math.min(BLOCK, end - position));
          const { bytesRead } = await handle.read(block, 0, block.length, position);
          if (bytesRead === 0) throw new Error(`${file} ends at ${position}, before ${end}`);
          position += bytesRead;
          controller.enqueue(block.subarray(0, bytesRead));
        } catch (error) {
          await close();
          throw error;
        }
      },
      cancel: close
    },
    { highWaterMark: 0 }
  );
}
