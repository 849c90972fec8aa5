import { defineCommand } from 'citty';
import { statfs } from 'node:fs/promises';
import { parseDatabase } from '../../../src/lib/domain/databases.ts';
import { findBehind, openCheckpoints } from '../../courier/index.ts';
import { request } from '../../registry/database.ts';
import { withContext, type Context } from '../context.ts';
import { formatBytes, type Words } from '../words.ts';

/** Less free space than this is worth a warning and exit code 1, in bytes. */
const LOW = 500_000_000;

/** `smartasn doctor`: says how this installation is doing; exit code 1 when something needs attention. */
export const doctor = defineCommand({
  meta: { name: 'doctor', description: 'Check database, courier and disk' },
  run: () =>
    withContext(async (context, words) => {
      await describeDatabase(context, words);
      await describeCourier(context, words);
      await describeDisk(context, words);
    })
});

async function describeDatabase({ couch, config }: Context, words: Words): Promise<void> {
  const { version = '?' } = await request<{ version?: string }>(couch, 'admin', '/');
  const address = config.couchUrl ? ` (${new URL(config.couchUrl).host})` : '';
  console.log(words.database(couch.embedded ? words.embedded : words.external, version, address));
  const counts = { person: 0, channel: 0, directory: 0, other: 0 };
  for (const name of await request<string[]>(couch, 'admin', '/_all_dbs')) {
    const kind = parseDatabase(name)?.kind;
    if (kind === 'person' || kind === 'channel' || kind === 'directory') counts[kind] += 1;
    else if (kind) counts.other += 1;
  }
  console.log(words.databases(counts));
}

async function describeCourier({ couch }: Context, words: Words): Promise<void> {
  let behind = 0;
  await findBehind(couch, openCheckpoints(couch), () => (behind += 1));
  console.log(behind === 0 ? words.upToDate : words.behind(behind));
}

async function describeDisk({ config }: Context, words: Words): Promise<void> {
  const { bavail, bsize } = await statfs(config.data);
  const free = bavail * bsize;
  console.log(words.disk(formatBytes(free, words.locale), config.data));
  if (free >= LOW) return;
  console.log(words.diskLow);
  process.exitCode = 1;
}
