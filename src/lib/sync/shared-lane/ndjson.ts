import { SyncFailure } from '../failure';

/**
 * JSON lines out of chunks of bytes, the lines of one chunk at a time: never more than that is held. What comes after
 * the last line break is dropped: it is half a line of an answer that was cut.
 */
export async function* parseLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<unknown[]> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    const rows = lines.filter((line) => line.trim() !== '').map(parse);
    if (rows.length) yield rows;
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new SyncFailure('server', { cause });
  }
}
