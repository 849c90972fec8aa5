import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { answers, readAdmin, readAnnouncement, type Credentials } from './data-folder.ts';
import { parseReady, type Ready } from './embedded/channel.ts';
import type { Endpoint } from './endpoint.ts';

const MAIN = fileURLToPath(new URL('./embedded/main.ts', import.meta.url));

/** How long a database may take to close before it is killed (its data are safe either way), in milliseconds. */
const CLOSING_MAX = 10_000;

interface Running {
  url: string;
  /** Undefined when another process has started it. */
  child: ChildProcess | undefined;
}

/** The address of an embedded database that already serves this folder. */
async function findRunning(folder: string, admin: Credentials): Promise<string | undefined> {
  const announcement = await readAnnouncement(folder);
  if (!announcement || !(await answers(announcement))) return undefined;
  const url = `http://127.0.0.1:${announcement.port}`;
  try {
    const signal = AbortSignal.timeout(2_000);
    const authorization = `Basic ${Buffer.from(`${admin.name}:${admin.password}`).toString('base64')}`;
    const answer = await fetch(`${url}/_all_dbs?limit=0`, { headers: { authorization }, signal });
    await answer.body?.cancel();
    return answer.ok ? url : undefined;
  } catch {
    return undefined;
  }
}

async function firstMessage(child: ChildProcess): Promise<Ready> {
  if (!child.stdout) throw new Error('The embedded database has no output.');
  for await (const line of createInterface({ input: child.stdout })) {
    const message = parseReady(line);
    if (message) return message;
  }
  return { error: 'The embedded database ended while it started.' };
}

async function launch(folder: string): Promise<{ child: ChildProcess; message: Ready }> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, folder], {
    stdio: ['pipe', 'pipe', 'inherit']
  });
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  const message = await firstMessage(child);
  child.stdout.resume();
  // The database must not keep a command alive that forgets to close it.
  child.unref();
  for (const pipe of [child.stdin, child.stdout]) (pipe as unknown as Socket).unref();
  return { child, message };
}

/** Starts the embedded database of a folder, or finds the one that another process has started. */
async function start(folder: string, admin: Credentials): Promise<Running> {
  const until = Date.now() + CLOSING_MAX;
  for (;;) {
    const found = await findRunning(folder, admin);
    if (found) return { url: found, child: undefined };
    const { child, message } = await launch(folder);
    if ('port' in message) return { url: `http://127.0.0.1:${message.port}`, child };
    // Two processes have started at once, and the other one's database serves both; or it was just ending.
    if (!message.locked || Date.now() > until) throw new Error(message.error);
  }
}

/**
 * The embedded database of `<data>/couch`. It is a child of the process that needed it first and ends with it; whoever
 * else uses it then starts it again, on the same port.
 */
export async function embeddedEndpoint(folder: string): Promise<Endpoint> {
  const admin = await readAdmin(folder);
  let running = await start(folder, admin);
  let recovering: Promise<boolean> | undefined;
  let closed = false;

  const restart = async (): Promise<boolean> => {
    if (closed) return false;
    running = await start(folder, admin);
    return true;
  };

  return {
    embedded: true,
    admin,
    url: () => running.url,
    recover: () => (recovering ??= restart().finally(() => (recovering = undefined))),
    close: async () => {
      closed = true;
      const { child } = running;
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      child.ref();
      const exited = once(child, 'exit');
      child.stdin?.end();
      const timer = setTimeout(() => child.kill('SIGKILL'), CLOSING_MAX);
      await exited;
      clearTimeout(timer);
    }
  };
}
