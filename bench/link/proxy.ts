import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { seeded } from './random.ts';
import { counted, Lane, throttled } from './throttle.ts';

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
  edge: { name: '50 kbit/s, 800 ms', rate: 50_000, roundTrip: 800 },
  edgeCut: { name: '50 kbit/s, 800 ms, cuts', rate: 50_000, roundTrip: 800, cutEvery: 10_000 }
} satisfies Record<string, Link>;

export interface Counts {
  /** Bytes on the wire, headers included. */
  down: number;
  up: number;
  connections: number;
  cuts: number;
}

export interface Proxy {
  origin: string;
  /** Since the link was chosen. */
  counts(): Counts;
  /** Ends all connections; the next ones get this link, counted from zero. Cuts come from the seed. */
  use(link: Link, seed?: number): void;
  close(): Promise<void>;
}

/** A TCP proxy in front of a server on this machine that behaves like a link; like loopback until told otherwise. */
export async function startProxy(targetPort: number): Promise<Proxy> {
  let link: Link = LINKS.loopback;
  let random = seeded(1);
  let [down, up] = [new Lane(Infinity), new Lane(Infinity)];
  let [connections, cuts] = [0, 0];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const open = new Set<Socket>();

  const through = (lane: Lane) => (Number.isFinite(link.rate) ? throttled(lane, link.roundTrip / 2) : counted(lane));

  const server = createServer((client) => {
    connections += 1;
    const upstream = connect(targetPort, '127.0.0.1');
    const [sent, received] = [through(up), through(down)];
    const end = () => {
      open.delete(client);
      for (const stream of [client, upstream, sent, received]) stream.destroy();
    };
    open.add(client);
    client.on('error', end).on('close', end);
    upstream.on('error', end);
    upstream.pipe(received).pipe(client);
    // A handshake costs a round trip before the first byte.
    const established = setTimeout(() => client.pipe(sent).pipe(upstream), link.roundTrip);
    client.on('close', () => clearTimeout(established));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const cutAll = () => {
    for (const socket of open) socket.resetAndDestroy();
  };
  const scheduleCut = () => {
    clearTimeout(timer);
    if (!link.cutEvery) return;
    timer = setTimeout(
      () => {
        if (open.size) cuts += 1;
        cutAll();
        scheduleCut();
      },
      link.cutEvery * (0.5 + random())
    );
  };

  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    counts: () => ({ down: down.bytes, up: up.bytes, connections, cuts }),
    use(chosen, seed = 1) {
      cutAll();
      link = chosen;
      random = seeded(seed);
      [down, up] = [new Lane(link.rate / 8), new Lane(link.rate / 8)];
      [connections, cuts] = [0, 0];
      scheduleCut();
    },
    async close() {
      clearTimeout(timer);
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    }
  };
}
