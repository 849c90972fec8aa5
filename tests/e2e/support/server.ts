import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { serverProcess, type ServerProcess } from './process.ts';

/** A real server process on a fixed port, so that it can be killed and come back under the same address. */
export interface TestServer extends ServerProcess {
  origin: string;
  data: string;
  /** Kills the process and removes its data. */
  dispose(): Promise<void>;
}

/** The address is printed only once the server answers and the demonstration data is there. */
const ADDRESS = /http:\/\/localhost:\d+/;

/** @param settings environment of the process besides its address and its data */
export async function testServer(settings: Record<string, string> = {}): Promise<TestServer> {
  const data = await mkdtemp(path.join(os.tmpdir(), 'smartasn-e2e-'));
  const port = await freePort();
  const own = { PORT: String(port), HOST: '127.0.0.1', SMARTASN_DATA: data, ...settings };
  const server = serverProcess(own, ADDRESS);
  return {
    origin: `http://localhost:${port}`,
    data,
    start: (env) => server.start(env),
    kill: () => server.kill(),
    get alive() {
      return server.alive;
    },
    async dispose() {
      await server.kill();
      await rm(data, { recursive: true, force: true, maxRetries: 10 });
    }
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
