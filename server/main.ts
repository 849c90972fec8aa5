import path from 'node:path';
import { pino, type Logger } from 'pino';
import { REGISTRY } from '../src/lib/domain/databases.ts';
import { readConfig, type Config } from './config.ts';
import { openCouch } from './couch/index.ts';
import type { Couch } from './couch/types.ts';
import type { Log } from './courier/deliver.ts';
import { startCourier } from './courier/index.ts';
import { openIssue } from './credentials/index.ts';
import { prepareDataFolder } from './data-folder.ts';
import { buildGateway } from './gateway/index.ts';
import { startTakers } from './learning/takers/index.ts';
import { openKeys } from './gateway/keys.ts';
import { openDesk } from './learning/desk/index.ts';
import { openMediaStore } from './media/index.ts';
import { openOwnFiles } from './own-files/index.ts';
import { openParcelKeys } from './parcels/keys.ts';
import { openRegistry } from './registry/index.ts';
import type { Registry } from './registry/types.ts';
import { DEMO_ACCOUNTS, ensureDemo } from './seed/index.ts';
import { makeStops, type Stops } from './stops.ts';

/** The address as a person types it: browsers treat `localhost` as secure, which service workers need. */
function addressOf(host: string, port: number): string {
  const isLocal = host === '127.0.0.1' || host === '::1' || host === '0.0.0.0' || host === '::';
  return `http://${isLocal ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Faults of the file system that another folder would not have. */
const UNUSABLE = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'ENOENT', 'ENOSPC', 'EDQUOT']);

/** What went wrong, in words for the person at the terminal. */
function wordsOf(error: unknown, config?: Config): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') {
    return `Port ${config?.port} is in use. Stop the other program, or choose a port: PORT=${(config?.port ?? 0) + 1} npm start`;
  }
  if (code && UNUSABLE.has(code)) {
    return `The server cannot work here: ${message}. Choose another SMARTASN_DATA${code === 'EACCES' ? ' or PORT' : ''}.`;
  }
  return message || String(error);
}

/** Starts the parts in the order in which they need each other; answers what this process is now. */
async function start(config: Config, log: Logger, stops: Stops): Promise<string> {
  await prepareDataFolder(config.data);
  const couch = await openCouch(config);
  stops.add(() => couch.close());
  const registry = openRegistry(couch);
  const address = config.parts.has('gateway') && (await startGateway({ couch, registry, config, log, stops }));
  if (config.parts.has('courier')) {
    const files = openOwnFiles(couch, await openMediaStore(path.join(config.data, 'own-files', 'whole')));
    const issue = await openIssue(couch, config);
    const desk = openDesk({ couch, keys: openParcelKeys(config.data), files, issue });
    const warn: Log = (message, about) => log.warn(about ?? {}, message);
    const courier = await startCourier({ couch, registry, desk, log: warn });
    stops.add(() => courier.stop());
    const takers = startTakers({ couch, registry, log: (message) => log.warn(message) });
    stops.add(() => takers.stop());
  }
  return address || 'courier';
}

interface GatewayStart {
  couch: Couch;
  registry: Registry;
  config: Config;
  log: Logger;
  stops: Stops;
}

/**
 * The gateway listens before the demonstration data is loaded, so that a port in use is known at once; the address is
 * printed when both are there.
 */
async function startGateway({ couch, registry, config, log, stops }: GatewayStart): Promise<string> {
  await couch.provision(REGISTRY);
  const media = await openMediaStore(path.join(config.data, 'media'));
  const keys = await openKeys(config.data);
  const gateway = await buildGateway({ couch, registry, media, config, keys, log });
  stops.add(() => gateway.close());
  await gateway.listen({ host: config.host, port: config.port });
  if (config.demo) await ensureDemo({ couch, registry, media, log: (message) => console.log(message) });
  const address = gateway.server.address();
  return addressOf(config.host, typeof address === 'object' && address ? address.port : config.port);
}

function printDemoAccounts(): void {
  console.log('\nAkun demonstrasi:');
  const width = Math.max(...DEMO_ACCOUNTS.map(({ account }) => account.length));
  for (const { account, password, description } of DEMO_ACCOUNTS) {
    console.log(`  ${account.padEnd(width)}  ${password}  ${description}`);
  }
  console.log('');
}

async function main(): Promise<void> {
  const log = pino({ level: 'warn' }, pino.destination({ dest: 2, sync: true }));
  const stops = makeStops(log);
  let config: Config | undefined;
  try {
    config = readConfig();
    const started = await start(config, log, stops);
    if (config.demo && config.parts.has('gateway')) printDemoAccounts();
    console.log(`SmartASN: ${started}`);
  } catch (error) {
    if (stops.begun) return;
    console.error(wordsOf(error, config));
    await stops.run(1);
  }
}

await main();
