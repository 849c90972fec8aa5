import { pbkdf2, randomBytes, timingSafeEqual, createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { badRequest, forbidden } from '../errors.ts';
import type { Doc } from '../store/pouch.ts';

/** Passwords of `_users` documents, hashed as CouchDB 3.4 and later does (PBKDF2 with SHA-256). */

const derive = promisify(pbkdf2);
const ITERATIONS = 100_000;
const PREFIX = 'org.couchdb.user:';

export const userId = (name: string): string => PREFIX + name;

/** Compares two secrets in a time that tells nothing about them. */
export function sameSecret(a: string, b: string): boolean {
  const digest = (text: string) => Uint8Array.from(createHash('sha256').update(text).digest());
  return timingSafeEqual(digest(a), digest(b));
}

/** Checks a user document and replaces its `password` by a hash. */
export async function hashUser(doc: Doc): Promise<Doc> {
  if (doc._deleted === true || doc._id.startsWith('_design/')) return doc;
  const { password, ...rest } = doc;
  if (doc.type !== 'user' || typeof doc.name !== 'string') throw forbidden('doc.type must be user, doc.name a string.');
  if (doc._id !== userId(doc.name)) throw forbidden(`Doc ID must be of the form ${PREFIX}name`);
  if (!Array.isArray(doc.roles) || doc.roles.some((role) => typeof role !== 'string' || role.startsWith('_'))) {
    throw forbidden('doc.roles must be an array of strings that do not start with an underscore.');
  }
  if (password === undefined || password === null) return doc;
  if (typeof password !== 'string' || password === '') throw badRequest('Password must be a string that is not empty.');
  const salt = randomBytes(16).toString('hex');
  const key = await derive(password, salt, ITERATIONS, 32, 'sha256');
  return {
    ...rest,
    _id: doc._id,
    password_scheme: 'pbkdf2',
    pbkdf2_prf: 'sha256',
    iterations: ITERATIONS,
    salt,
    derived_key: key.toString('hex')
  };
}

/** Whether the password is this user document's. */
export async function isPasswordOf(user: Doc, password: string): Promise<boolean> {
  const { salt, iterations, derived_key: expected } = user;
  if (typeof salt !== 'string' || typeof iterations !== 'number' || typeof expected !== 'string') return false;
  const prf = user.pbkdf2_prf === 'sha256' ? 'sha256' : 'sha1';
  const key = await derive(password, salt, iterations, expected.length / 2, prf);
  return sameSecret(key.toString('hex'), expected);
}
