import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { seeded } from './random.ts';
import { Lane, throttled } from './throttle.ts';

/** A link as the field has it. */
export interface Link {
  name: string;
  /** Bits per second, each way; Infinity for no limit. */
  rate: number;
  /** Milliseconds there and back. */
  roundTrip: number;
  /** Mean milliseconds between cuts of all connections; undefined for none. */
  cutEvery?: number;
}

export const LINKS = {
  loopback: { name: 'loopback', rate: Infinity, roundTrip: 0 },
  satellite: { name: '150 kbit/s, 600 ms', rate: 150_000, roundTrip: 600 },
  satelliteCut: { name: '150 kbit/s, 600 ms, cuts', rate: 150_000, roundTrip: 600, cutEvery: 10_000 },
  edgeCut: { name: '50 kbit/s, 800 ms, cuts', rate: 50_000, roundTrip: 800, cutEvery: 10_000 }
} satisfies Record<string, Link>;

export interface Proxy {
  origin: string;
  /** Bytes so far on the wire, headers included. */
  counts(): { down: number; up: number; connections: number; cuts: number };
  close(): Promise<void>;
}

/** A TCP proxy in front of a server on this machine that behaves like the link. Cuts come from the seed. */
export async function startProxy(targetPort: number, link: Link, seed = 1): Promise<Proxy> {
  const down = new Lane(link.rate / 8, link.roundTrip / 2);
  const up = new Lane(link.rate / 8, link.roundTrip / 2);
  const random = seeded(seed);
  const open = new Set<Socket>();
  let connections = 0;
  let cuts = 0;

  const server = createServer((client) => {
    connections += 1;
    const upstream = connect(targetPort, '127.0.0.1');
    const end = () => {
      open.delete(client);
      client.destroy();
      upstream.destroy();
    };
    open.add(client);
    client.on('error', end).on('close', end);
    upstream.on('error', end);
    client.pipe(throttled(up)).pipe(upstream);
    upstream.pipe(throttled(down)).pipe(client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  let timer: ReturnType<typeof setTimeout> | undefined;
  const scheduleCut = () => {
    if (!link.cutEvery) return;
    timer = setTimeout(
      () => {
        if (open.size) cuts += 1;
        for (const socket of open) socket.resetAndDestroy();
        scheduleCut();
      },
      link.cutEvery * (0.5 + random())
    );
  };
  scheduleCut();

  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    counts: () => ({ down: down.bytes, up: up.bytes, connections, cuts }),
    async close() {
      clearTimeout(timer);
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    }
  };
}
