import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** A process of the server that can be killed and started again with the same settings. */
export interface ServerProcess {
  readonly alive: boolean;
  /** Starts the process and waits until it says that it is ready; `env` replaces settings for this and later starts. */
  start(env?: Record<string, string>): Promise<void>;
  /** SIGKILL: nothing is flushed, no socket is closed in order. */
  kill(): Promise<void>;
}

/** @param ready what the process prints when it does its work */
export function serverProcess(given: Record<string, string>, ready: RegExp): ServerProcess {
  let settings = given;
  let child: ChildProcess | undefined;
  const isAlive = () => child !== undefined && child.exitCode === null && child.signalCode === null;

  return {
    get alive() {
      return isAlive();
    },
    async start(env = {}) {
      settings = { ...settings, ...env };
      child = spawn(process.execPath, ['server/main.ts'], {
        env: { ...process.env, ...settings },
        stdio: ['ignore', 'pipe', 'inherit']
      });
      await announced(child, ready);
    },
    async kill() {
      if (!child || !isAlive()) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    }
  };
}

async function announced(child: ChildProcess, ready: RegExp): Promise<void> {
  const output: string[] = [];
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      output.push(chunk.toString());
      if (ready.test(output.join(''))) resolve();
    });
    child.once('exit', (code, signal) =>
      reject(new Error(`The server ended with ${code ?? signal}:\n${output.join('')}`))
    );
  });
}
