import path from 'node:path';

/** The server's settings, from the environment (docs/operations.md). */
export interface Config {
  host: string;
  port: number;
  /** Folder of the embedded database, media and keys. */
  data: string;
  /** Folder of the built app. */
  build: string;
  couchUrl: string | undefined;
  demo: boolean;
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || host.startsWith('127.');

/** Reads the settings; throws in words when they contradict each other. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const couchUrl = env.COUCHDB_URL || undefined;
  const host = env.HOST || '127.0.0.1';
  const demo = env.SMARTASN_DEMO ? env.SMARTASN_DEMO !== '0' : !couchUrl;
  if (demo && !isLoopback(host)) {
    throw new Error(`Demonstration accounts are on and HOST is ${host}: set SMARTASN_DEMO=0 or listen on 127.0.0.1.`);
  }
  const port = Number(env.PORT ?? 8080);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`PORT is ${env.PORT}: give a number from 0 to 65535.`);
  return {
    host,
    port,
    data: path.resolve(env.SMARTASN_DATA ?? '.data'),
    build: path.resolve(env.SMARTASN_BUILD ?? 'build'),
    couchUrl,
    demo
  };
}
