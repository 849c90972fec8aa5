import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import type { SyncRow } from '../../src/lib/domain/sync-protocol.ts';
import type { Rig } from './rig.ts';
import type { Answer, Report, Round } from './types.ts';

/** What Chromium sends. */
const HEADERS = {
  'content-type': 'application/json',
  accept: 'application/x-ndjson',
  'accept-encoding': 'gzip, deflate, br, zstd',
  'accept-language': 'id-ID,id;q=0.9',
  'user-agent': 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile'
};

/** What a device got in a round. */
export interface Got {
  /** From sending to the last byte, ms. */
  took: number;
  /** When the first rows came, ms since 1970. */
  heard: number;
  /** Documents among the rows. */
  documents: number;
  /** Bytes of the body as they travelled, both ways. */
  sent: number;
  received: number;
  /** Whether the last row came. */
  whole: boolean;
}

/** One request of each device. */
export interface Wave {
  got: Got[];
  /** Processor time that the gateway took, ms, of one request. */
  cpu: number;
}

/** Many devices that follow the same sources, each of another person. */
export interface Devices {
  /** The first visit of one device; all others stand where it stands then. */
  arrive(): Promise<void>;
  /**
   * One request of each device.
   * @param spread time over which they come, ms; 0: at once
   * @param wait seconds to be held, in an answer that goes on
   * @param onSent called when all have been sent
   */
  ask(spread: number, wait?: number, onSent?: () => Promise<void>): Promise<Wave>;
  /** Gives each device a token that the gateway has not seen. */
  renew(): Promise<void>;
  close(): Promise<void>;
}

/** The rows of an answer as text. */
function decode({ body, coding }: Answer): string {
  const bytes = Uint8Array.from(Buffer.from(body, 'base64'));
  if (coding === 'br') return brotliDecompressSync(bytes).toString();
  if (coding === 'zstd') return zstdDecompressSync(bytes).toString();
  if (coding === 'gzip') return gunzipSync(bytes).toString();
  return new TextDecoder().decode(bytes);
}

export async function openDevices(rig: Rig, sources: string[]): Promise<Devices> {
  const child = fork(fileURLToPath(new URL('./load.ts', import.meta.url)));
  let tokens = await rig.tokens();
  const places = tokens.map(() => ({ own: undefined as string | undefined, checkpoints: new Map<number, string>() }));

  const bodyOf = (device: number, wait: number): string => {
    const { own, checkpoints } = places[device] ?? {};
    const known = sources.map((name, index) => ({ name, checkpoint: checkpoints?.get(index) }));
    return JSON.stringify({ version: 1, sources: known, own, ...(wait > 0 && { wait, live: true }) });
  };

  const take = (device: number, answer: Answer, sent: string): Got => {
    const rows = decode(answer)
      .split('\n')
      .filter((line) => line && answer.status === 200)
      .map((line) => JSON.parse(line) as SyncRow);
    const place = places[device];
    for (const row of rows) {
      if (row[0] === 'c') place?.checkpoints.set(row[1], row[2]);
      if (row[0] === 'o' && place) place.own = row[1];
    }
    return {
      took: answer.ended - answer.began,
      heard: answer.heard,
      documents: rows.filter(([kind]) => kind === 'd').length,
      sent: Buffer.byteLength(sent),
      received: answer.bytes,
      whole: rows.at(-1)?.[0] === 'e'
    };
  };

  const requestOf = (device: number, wait: number) => ({
    headers: { ...HEADERS, authorization: `Bearer ${tokens[device]}` },
    body: bodyOf(device, wait)
  });

  const wave = async (round: Round, onSent?: () => Promise<void>): Promise<Wave> => {
    const before = process.cpuUsage();
    child.send(round);
    for (;;) {
      const [report] = (await once(child, 'message')) as [Report];
      if (report.kind === 'failed') throw new Error(report.reason);
      if (report.kind === 'sent') await onSent?.();
      if (report.kind === 'answers') {
        const { user, system } = process.cpuUsage(before);
        const got = report.answers.map((answer, device) => take(device, answer, round.requests[device]?.body ?? ''));
        return { got, cpu: (user + system) / 1_000 / got.length };
      }
    }
  };

  return {
    async arrive() {
      await wave({ port: rig.port, requests: [requestOf(0, 0)], spread: 0 });
      for (const place of places) place.checkpoints = new Map(places[0]?.checkpoints);
    },
    ask: (spread, wait = 0, onSent) =>
      wave({ port: rig.port, requests: tokens.map((_token, device) => requestOf(device, wait)), spread }, onSent),
    async renew() {
      tokens = await rig.tokens();
    },
    async close() {
      child.disconnect();
      if (child.exitCode === null) await once(child, 'exit');
    }
  };
}
