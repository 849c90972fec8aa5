import { openCouch } from '../server/couch/index.ts';
import { openDatabase } from '../server/registry/database.ts';
import { channelDatabase } from '../src/lib/domain/databases.ts';
import { ensureBuild } from '../scripts/lib/build.js';
import { testServer, type TestServer } from '../tests/e2e/support/server.ts';
import { benchPosts } from './documents.ts';

/** A channel that everybody follows. */
const CHANNEL = 'nasional';

/** The app itself: the real build on a real server process, with the demonstration data and so many posts more. */
export async function openApp(posts: number): Promise<TestServer> {
  if (ensureBuild() !== 0) throw new Error('the app cannot be built');
  const server = await testServer();
  await server.start();
  await server.kill();
  const couch = await openCouch({ data: server.data, couchUrl: undefined });
  const channel = openDatabase(couch, 'courier', channelDatabase(CHANNEL));
  const docs = benchPosts(posts, CHANNEL);
  for (let at = 0; at < docs.length; at += 500) await channel.bulk(docs.slice(at, at + 500) as never);
  await couch.close();
  await server.start();
  return server;
}
