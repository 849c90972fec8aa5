import path from 'node:path';
import { ROLES, type Role } from './access/table.ts';
import { readOidc, type OidcSettings } from './oidc/settings.ts';
import { assertStrong, readSecret } from './secrets.ts';

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
  /** Address by which browsers reach the server, without a path; undefined when only this machine does. */
  origin?: string;
  /** Who signs certificates, as they name it. */
  issuer: string;
  /** An issuer of identities that persons may sign in with. */
  oidc?: OidcSettings;
  demo: boolean;
  /** Roles whose accounts have to have a second factor. */
  secondFactor: ReadonlySet<Role>;
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

/** Roles with power over other people's data; none in a demonstration, whose passwords everybody knows. */
const POWERFUL: readonly Role[] = ['officer', 'publisher', 'administrator', 'auditor'];

function readRoles(given: string | undefined, demo: boolean): ReadonlySet<Role> {
  if (given === undefined || given === '') return new Set(demo ? [] : POWERFUL);
  if (given === 'none') return new Set();
  const names = given.split(',').map((word) => word.trim());
  const known = ROLES.filter((role) => names.includes(role));
  if (known.length !== names.length)
    throw new Error(`SMARTASN_SECOND_FACTOR is ${given}: give roles with commas (${ROLES.join(', ')}), or none.`);
  return new Set(known);
}

/** The public address; what browsers call secure, as sign-in ways depend on it. */
function readOrigin(given: string | undefined): string | undefined {
  if (!given) return undefined;
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const isSecure = url?.protocol === 'https:' || (url?.protocol === 'http:' && url.hostname === 'localhost');
  if (!url || !isSecure || url.pathname !== '/' || url.search || url.hash || url.username)
    throw new Error(`SMARTASN_ORIGIN is ${given}: give https://name, without a path.`);
  return url.origin;
}

/** The address of CouchDB with its password, which may stand in a variable or file of its own. */
function readCouchUrl(env: NodeJS.ProcessEnv): string | undefined {
  const given = readSecret(env, 'COUCHDB_URL');
  const password = readSecret(env, 'COUCHDB_PASSWORD');
  if (!given) {
    if (password) throw new Error('COUCHDB_PASSWORD is set without COUCHDB_URL: http://name@host:5984');
    return undefined;
  }
  if (!/^https?:/.test(given) || !URL.canParse(given))
    throw new Error('COUCHDB_URL is no address: give http://name@host:5984');
  const url = new URL(given);
  if (password && url.password) throw new Error('COUCHDB_URL has a password and COUCHDB_PASSWORD is set: keep one.');
  if (!password) return given;
  url.password = encodeURIComponent(password);
  return url.href;
}

/** Password and name of the administrator in the address. */
function credentialsOf(couchUrl: string | undefined): [password: string, name: string] {
  if (!couchUrl) return ['', ''];
  const { username, password } = new URL(couchUrl);
  return [decodeURIComponent(password), decodeURIComponent(username)];
}

/** The variable that the password came from, to name it. */
const passwordVariable = (env: NodeJS.ProcessEnv): string =>
  ['COUCHDB_PASSWORD_FILE', 'COUCHDB_PASSWORD', 'COUCHDB_URL_FILE'].find((name) => env[name]) ?? 'COUCHDB_URL';

/** Reads the settings; throws in words when they contradict each other. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const couchUrl = readCouchUrl(env);
  const host = env.HOST || '127.0.0.1';
  const demo = env.SMARTASN_DEMO ? env.SMARTASN_DEMO !== '0' : !couchUrl;
  if (demo && !isLoopback(host)) {
    throw new Error(`Demonstration accounts are on and HOST is ${host}: set SMARTASN_DEMO=0 or listen on 127.0.0.1.`);
  }
  const [password, name] = credentialsOf(couchUrl);
  if (password && !demo) assertStrong(passwordVariable(env), password, name);
  const port = Number(env.PORT ?? 8080);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`PORT is ${env.PORT}: give a number from 0 to 65535.`);
  return {
    host,
    port,
    data: path.resolve(env.SMARTASN_DATA ?? '.data'),
    build: path.resolve(env.SMARTASN_BUILD ?? 'build'),
    couchUrl,
    origin: readOrigin(env.SMARTASN_ORIGIN),
    issuer: env.SMARTASN_ISSUER?.trim() || 'SmartASN',
    oidc: readOidc(env),
    demo,
    secondFactor: readRoles(env.SMARTASN_SECOND_FACTOR, demo),
    parts: readParts(env.SMARTASN_PARTS || PARTS.join())
  };
}
