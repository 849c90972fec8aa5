import { stat } from 'node:fs/promises';
import path from 'node:path';
import { REGISTRY } from '../../../src/lib/domain/databases.ts';
import type { Couch, CouchRole } from '../../couch/types.ts';
import { isOver, SESSIONS, type SessionDocument } from '../../gateway/sessions/documents.ts';
import { isMissing, request } from '../../registry/database.ts';
import { bad, ok, type Finding } from './finding.ts';
import { ageIn, type DoctorWords } from './words.ts';

/** Difference of clocks that is not the work of rounding (`Date` says whole seconds), ms. */
const SKEW = 5_000;

/** Whether the database's clock and this machine's agree: sessions and receipts are timed by them. */
export async function checkClock(couch: Couch, words: DoctorWords, now = Date.now): Promise<Finding[]> {
  const before = now();
  const answer = await couch.fetch('admin', '/');
  answer.discard();
  const date = Date.parse(answer.headers.date ?? '');
  if (Number.isNaN(date)) return [];
  const apart = Math.max(date - now(), before - 1_000 - date, 0);
  return [apart > SKEW ? bad(words.clockWrong(Math.round(apart / 1_000))) : ok(words.clockRight)];
}

/** Whether the users that the server speaks as have their roles. */
export async function checkUsers(couch: Couch, words: DoctorWords): Promise<Finding[]> {
  const roles: CouchRole[] = ['courier', 'gateway'];
  const wrong: Finding[] = [];
  for (const role of roles) {
    const { userCtx } = await request<{ userCtx: { roles: string[] } }>(couch, role, '/_session');
    if (!userCtx.roles.includes(role)) wrong.push(bad(words.userWrong(role)));
  }
  return wrong.length ? wrong : [ok(words.users)];
}

/** Signed-in devices, and the key that signs their tokens. */
export async function checkSessions(couch: Couch, data: string, words: DoctorWords): Promise<Finding[]> {
  const query = new URLSearchParams({ include_docs: 'true', ...SESSIONS });
  const { rows } = await request<{ rows: { doc: SessionDocument }[] }>(
    couch,
    'admin',
    `/${REGISTRY}/_all_docs?${query}`
  ).catch((error: unknown) => {
    if (isMissing(error)) return { rows: [] };
    throw error;
  });
  const over = rows.filter(({ doc }) => isOver(doc, Date.now())).length;
  const sessions = ok(words.sessions(rows.length - over), over ? [words.sessionsOver(over)] : undefined);
  return [sessions, await checkKey(path.join(data, 'keys', 'session-ed25519.json'), words)];
}

async function checkKey(file: string, words: DoctorWords): Promise<Finding> {
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!found) return ok(words.noKey);
  const mode = found.mode & 0o777;
  const isOpen = process.platform !== 'win32' && (mode & 0o077) !== 0;
  return isOpen
    ? bad(words.keyOpen(mode.toString(8)), [file])
    : ok(words.key(ageIn(words, Date.now() - found.mtimeMs)));
}
