import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { constants, crc32, deflateRawSync } from 'node:zlib';
import type { FastifyReply } from 'fastify';
import { SYNC_TYPE } from '../../../src/lib/domain/sync-protocol.ts';
import { chooseCoding } from '../coding.ts';
import { remembered } from './whole.ts';

/** RFC 1952: gzip, deflate, no flags, no time, unknown system. */
const HEAD = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);

/** A text as deflate blocks that end at a byte and refer to nothing before them, so that any stream can carry them. */
const piece = (text: string): NonSharedBuffer =>
  remembered(`deflate${text}`, () => deflateRawSync(text, { finishFlush: constants.Z_SYNC_FLUSH }));

interface Coder {
  head: NonSharedBuffer;
  code(text: string): NonSharedBuffer;
  tail(): NonSharedBuffer;
}

const NOTHING = Buffer.alloc(0);
const plain = (): Coder => ({ head: NOTHING, code: (text) => Buffer.from(text), tail: () => NOTHING });

/**
 * gzip without a compressor: a thousand devices that listen keep a number each instead of a window of megabytes, and
 * one post that wakes them is compressed once.
 */
function gzip(): Coder {
  let sum = 0;
  let size = 0;
  return {
    head: HEAD,
    code(text) {
      sum = crc32(text, sum);
      size += Buffer.byteLength(text);
      return piece(text);
    },
    tail() {
      // RFC 1951: an empty last block; RFC 1952: checksum and size of everything.
      const end = Buffer.alloc(10);
      end.writeUInt16LE(3);
      end.writeUInt32LE(sum >>> 0, 2);
      end.writeUInt32LE(size % 2 ** 32, 6);
      return end;
    }
  };
}

/**
 * Sends an answer that goes on: each block reaches the device when it comes. An error cuts the connection, and the
 * device comes again with its checkpoints; before the first block it is thrown.
 */
export async function sendLive(
  reply: FastifyReply,
  blocks: AsyncGenerator<string>,
  signal: AbortSignal,
  acceptEncoding: string | undefined
): Promise<FastifyReply> {
  const first = await blocks.next();
  const zipped = chooseCoding(acceptEncoding, ['gzip']) !== undefined;
  const coder = zipped ? gzip() : plain();
  const stream = new PassThrough();
  const write = async (bytes: NonSharedBuffer): Promise<void> => {
    if (!stream.write(bytes)) await once(stream, 'drain', { signal });
  };
  const pump = async (): Promise<void> => {
    if (!first.done) {
      await write(coder.head);
      await write(coder.code(first.value));
    }
    for await (const block of blocks) {
      if (signal.aborted) return;
      await write(coder.code(block));
    }
    stream.end(coder.tail());
  };
  pump().catch((error: unknown) => stream.destroy(error instanceof Error ? error : new Error(String(error))));
  reply.header('content-type', SYNC_TYPE);
  if (zipped) reply.header('content-encoding', 'gzip');
  return reply.send(stream);
}
