import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';

/** A real server process on a fixed port, so that it can be killed and come back under the same address. */
export interface TestServer {
  origin: string;
  data: string;
  /** Starts the process and waits until it answers; `env` replaces settings for this and later starts. */
  start(env?: Record<string, string>): Promise<void>;
  /** SIGKILL to the server process: nothing is flushed, no socket is closed in order. */
  kill(): Promise<void>;
  /** Kills the process and removes its data. */
  dispose(): Promise<void>;
}

export async function testServer(): Promise<TestServer> {
  const data = await mkdtemp(path.join(os.tmpdir(), 'smartasn-e2e-'));
  const port = await freePort();
  let settings: Record<string, string> = {};
  let child: ChildProcess | undefined;

  const kill = async (): Promise<void> => {
    if (!child || child.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    child = undefined;
  };

  return {
    origin: `http://localhost:${port}`,
    data,
    async start(env = {}) {
      settings = { ...settings, ...env };
      child = spawn(process.execPath, ['server/main.ts'], {
        env: { ...process.env, PORT: String(port), HOST: '127.0.0.1', SMARTASN_DATA: data, ...settings },
        stdio: ['ignore', 'pipe', 'inherit']
      });
      await announced(child);
    },
    kill,
    async dispose() {
      await kill();
      await rm(data, { recursive: true, force: true, maxRetries: 10 });
    }
  };
}

/** Resolves when the server prints its address, which it does only once it answers and the demonstration data is there. */
async function announced(child: ChildProcess): Promise<void> {
  const output: string[] = [];
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      output.push(chunk.toString());
      if (/http:\/\/localhost:\d+/.test(output.join(''))) resolve();
    });
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}:\n${output.join('')}`)));
  });
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
