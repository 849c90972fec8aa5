import { readFileSync } from 'node:fs';

/** Secrets come from the environment or, as `X_FILE`, from a file that only the server may read. */

/** Fewest characters of a secret that guards the database. */
const SHORTEST = 16;

/** Words that installations are delivered with, and that everybody tries first. */
const KNOWN =
  /^(admin|administrator|changeme|change-me|couch|couchdb|demo|default|example|letmein|password|passw0rd|pass|qwerty|rahasia|root|secret|smartasn|test|user|welcome|[0-9]+)+[0-9!-]*$/i;

/**
 * The value of `name`, or of the file that `name_FILE` names, without the end of its last line; undefined when neither
 * is set. Throws in words, without the secret.
 */
export function readSecret(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const file = env[`${name}_FILE`];
  if (!file) return env[name] || undefined;
  if (env[name]) throw new Error(`${name} and ${name}_FILE are both set: keep one of them.`);
  const text = readWhole(file, name).replace(/\r?\n$/, '');
  if (!text) throw new Error(`${name}_FILE: the file ${file} is empty. Write the secret into it.`);
  return text;
}

function readWhole(file: string, name: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`${name}_FILE: the file ${file} cannot be read (${code}). Check its path and its owner.`, {
      cause: error
    });
  }
}

/** Whether a secret is one that guessing finds. `name` is what it belongs to, such as a user. */
export const isWeak = (secret: string, name = ''): boolean =>
  secret.length < SHORTEST ||
  KNOWN.test(secret) ||
  new Set(secret).size < 6 ||
  (name.length > 2 && secret.toLowerCase().startsWith(name.toLowerCase()));

/** Throws, with what to do, when a secret is weak. */
export function assertStrong(variable: string, secret: string, name?: string): void {
  if (!isWeak(secret, name)) return;
  throw new Error(
    `${variable}: the password is short or well known. Give the administrator of CouchDB a random one of at least ` +
      `${SHORTEST} characters (for example: openssl rand -base64 24). Only a demonstration on this machine may do ` +
      'without: SMARTASN_DEMO=1.'
  );
}
