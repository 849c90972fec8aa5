import { readServiceUsers, type Credentials, type ServiceUser } from './data-folder.ts';
import type { Endpoint } from './endpoint.ts';
import { Session, SignInRefused } from './session.ts';

/** How long CouchDB may take to notice a changed password, in milliseconds. */
const NOTICE_MAX = 5_000;

/**
 * Whether CouchDB takes the password. 403 is its lock after several wrong passwords, which ends when a new password is
 * written: like 401 it means "not with this one".
 */
async function isAccepted(session: Session): Promise<boolean> {
  try {
    await session.cookie();
    return true;
  } catch (fault) {
    if (fault instanceof SignInRefused && [401, 403].includes(fault.status)) return false;
    throw fault;
  }
}

async function writeUser(admin: Session, { name, password }: Credentials): Promise<void> {
  const path = `/_users/${encodeURIComponent(`org.couchdb.user:${name}`)}`;
  const known = await admin.fetch(path);
  const { _rev } = (await known.json()) as { _rev?: string };
  const body = JSON.stringify({ ...(known.ok ? { _rev } : {}), name, password, roles: [name], type: 'user' });
  const answer = await admin.fetch(path, { method: 'PUT', headers: { 'content-type': 'application/json' }, body });
  await answer.text();
  if (!answer.ok && answer.status !== 409)
    throw new Error(`CouchDB: the user ${name} cannot be written (${answer.status}).`);
}

/** Sessions of the two service users; writes them into `_users` where their password is not accepted yet. */
export async function openServiceUsers(
  endpoint: Endpoint,
  admin: Session,
  folder: string
): Promise<Record<ServiceUser, Session>> {
  const passwords = await readServiceUsers(folder);
  const open = async (name: ServiceUser): Promise<Session> => {
    const credentials = { name, password: passwords[name] };
    const session = new Session(endpoint, credentials);
    if (await isAccepted(session)) return session;
    await writeUser(admin, credentials);
    const until = Date.now() + NOTICE_MAX;
    while (!(await isAccepted(session))) {
      if (Date.now() > until) throw new Error(`CouchDB does not accept the user ${name} that was just written.`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return session;
  };
  const [courier, gateway] = await Promise.all([open('courier'), open('gateway')]);
  return { courier, gateway };
}
