import { ready } from './channel.ts';
import { Accounts, USERS } from './auth/accounts.ts';
import { buildServer } from './server.ts';
import { openStore, StoreLocked, type Store } from './store/index.ts';
import { announce, answers, readAdmin, readAnnouncement } from '../data-folder.ts';

/**
 * The process of the embedded database: `node main.ts <folder>`. It lives as long as its standard input is open, so it
 * ends with the server that started it, however that one dies.
 */

/** How long to wait for the database of a server that is just ending, in milliseconds. */
const PATIENCE = 5_000;

async function openPatiently(folder: string): Promise<Store> {
  const until = Date.now() + PATIENCE;
  for (;;) {
    try {
      return await openStore(folder);
    } catch (fault) {
      if (!(fault instanceof StoreLocked) || Date.now() > until) throw fault;
      const holder = await readAnnouncement(folder);
      if (holder && (await answers(holder))) throw fault;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function main(folder: string): Promise<void> {
  const admin = await readAdmin(folder);
  const store = await openPatiently(folder);
  if (!store.catalog.find(USERS)) await store.catalog.create(USERS);
  const context = { store, accounts: new Accounts(store, admin) };
  const app = buildServer(context, store.updates.token);

  // The port of the last time, so that whoever still has it finds us again.
  const last = (await readAnnouncement(folder))?.port ?? 0;
  await app.listen({ host: '127.0.0.1', port: last }).catch(() => app.listen({ host: '127.0.0.1', port: 0 }));
  const address = app.server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  await announce(folder, { pid: process.pid, port, uuid: store.updates.token });

  let closing = false;
  const close = () => {
    if (closing) return;
    closing = true;
    void app
      .close()
      .then(() => store.close())
      .finally(() => process.exit(0));
  };
  process.stdin.on('end', close).on('close', close).on('error', close).resume();
  // Whoever started it may die before it is ready.
  process.stdout.on('error', close);
  process.on('SIGTERM', close);
  // A terminal's Ctrl-C reaches the whole group: the server decides when it no longer needs its database.
  process.on('SIGINT', () => undefined);
  ready({ port });
}

const folder = process.argv[2];
if (!folder) throw new Error('usage: main.ts <folder of the embedded database>');
main(folder).catch(async (fault: unknown) => {
  const holder = (await readAnnouncement(folder))?.pid;
  const message =
    fault instanceof StoreLocked
      ? `The database in ${folder} is in use by another process${holder ? ` (pid ${holder})` : ''}. End it, or set SMARTASN_DATA to another folder.`
      : String(fault instanceof Error ? fault.stack : fault);
  ready({ error: message, locked: fault instanceof StoreLocked });
  process.exit(1);
});
