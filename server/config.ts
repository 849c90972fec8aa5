import path from 'node:path';

/** What one process does; by default everything. */
export const PARTS = ['gateway', 'courier'] as const;
export type Part = (typeof PARTS)[number];

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
  parts: ReadonlySet<Part>;
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || host.startsWith('127.');

function readParts(words: string): ReadonlySet<Part> {
  const names = words.split(',').map((word) => word.trim());
  const known = PARTS.filter((part) => names.includes(part));
  if (known.length !== names.length)
    throw new Error(`SMARTASN_PARTS is ${words}: give ${PARTS.join(' or ')}, or both with a comma.`);
  return new Set(known);
}

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
    demo,
    parts: readParts(env.SMARTASN_PARTS || PARTS.join())
  };
}
