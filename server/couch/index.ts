import path from 'node:path';
import type { Config } from '../config.ts';
import { embeddedEndpoint } from './embedded-endpoint.ts';
import { externalEndpoint } from './endpoint.ts';
import { nanoClient } from './nano-client.ts';
import { createDatabase, provision } from './provision.ts';
import { openServiceUsers } from './service-users.ts';
import { Session } from './session.ts';
import type { Couch } from './types.ts';

/** Databases that CouchDB itself needs; `_db_updates` reads `_global_changes`. */
const SYSTEM_DATABASES = ['_users', '_global_changes'];

/**
 * Opens the CouchDB of `couchUrl`, or without one the embedded database of `data` (starting it when it does not run).
 * Passwords of the embedded administrator and of the service users are kept in `<data>/couch/`.
 */
export async function openCouch(config: Pick<Config, 'couchUrl' | 'data'>): Promise<Couch> {
  const folder = path.join(config.data, 'couch');
  const endpoint = config.couchUrl ? externalEndpoint(config.couchUrl) : await embeddedEndpoint(folder);
  try {
    const admin = new Session(endpoint, endpoint.admin);
    for (const name of SYSTEM_DATABASES) await createDatabase(admin, name);
    const sessions = { admin, ...(await openServiceUsers(endpoint, admin, folder)) };
    const clients = {
      admin: nanoClient(sessions.admin, endpoint.url()),
      courier: nanoClient(sessions.courier, endpoint.url()),
      gateway: nanoClient(sessions.gateway, endpoint.url())
    };
    return {
      embedded: endpoint.embedded,
      as: (role) => clients[role],
      fetch: (role, target, init) => sessions[role].fetch(target, init),
      provision: (database) => provision(admin, database),
      close: () => endpoint.close()
    };
  } catch (fault) {
    await endpoint.close();
    throw fault;
  }
}
