import { defineCommand } from 'citty';
import { statfs } from 'node:fs/promises';
import { parseDatabase } from '../../../src/lib/domain/databases.ts';
import { request } from '../../registry/database.ts';
import { Refused, withContext, type Context } from '../context.ts';
import { checkClock, checkSessions, checkUsers } from '../doctor/access.ts';
import { checkCourier } from '../doctor/courier.ts';
import { checkDatabases } from '../doctor/databases.ts';
import { bad, linesOf, ok, type Finding } from '../doctor/finding.ts';
import { checkMedia } from '../doctor/media.ts';
import { checkRefusals } from '../doctor/refusals.ts';
import { checkSettings } from '../doctor/settings.ts';
import { checkShared } from '../doctor/shared.ts';
import { describeDocument } from '../doctor/show.ts';
import { doctorWords, type DoctorWords } from '../doctor/words.ts';
import { formatBytes, type Words } from '../words.ts';

/** Less free space than this is worth a warning and exit code 1, in bytes. */
const LOW = 500_000_000;

/** `smartasn doctor`: says how this installation is doing; exit code 1 when something needs attention. */
export const doctor = defineCommand({
  meta: { name: 'doctor', description: 'Check database, access, courier, refusals, sessions, files, disk and clock' },
  args: {
    repair: { type: 'boolean', description: 'put _security and write rules right' },
    show: { type: 'string', description: 'show where a document stands, without what anybody wrote' }
  },
  run: ({ args }) =>
    withContext(async (context, general) => {
      const words = doctorWords(general.locale);
      if (args.show) return show(context, args.show, words);
      if (args.repair) await context.note({ action: 'repaired' });
      const findings = await report(context, general, words, args.repair ?? false);
      const attention = findings.filter(({ level }) => level !== 'ok').length;
      console.log(`\n${attention ? words.attention(attention) : words.healthy}`);
      if (attention) process.exitCode = 1;
    })
});

/** Runs one check after the other and prints what each finds at once. */
async function report(context: Context, general: Words, words: DoctorWords, repair: boolean): Promise<Finding[]> {
  const { couch, media, config } = context;
  const checks = [
    () => describeDatabase(context, general),
    () => checkClock(couch, words),
    () => checkUsers(couch, words),
    () => checkSettings(couch, words),
    () => checkDatabases(couch, words, repair),
    () => checkCourier(couch, general, words),
    () => checkRefusals(couch, words),
    () => checkShared(couch, words),
    () => checkSessions(couch, config.data, words),
    () => checkMedia(couch, media, words),
    () => describeDisk(context, general)
  ];
  const all: Finding[] = [];
  for (const check of checks) {
    const findings = await check().catch((error: unknown) => [
      bad(general.failed(error instanceof Error ? error.message : String(error)))
    ]);
    for (const line of findings.flatMap(linesOf)) console.log(line);
    all.push(...findings);
  }
  return all;
}

async function show({ couch, note }: Context, id: string, words: DoctorWords): Promise<void> {
  const found = await describeDocument(couch, id);
  if (!found) throw new Refused(words.notFound(id));
  const about = found.flatMap(({ database }) => {
    const parsed = parseDatabase(database);
    return parsed?.kind === 'person' ? [parsed.key] : [];
  });
  await note({ action: 'inspected', about, what: id });
  console.log(JSON.stringify(found, undefined, 2));
}

async function describeDatabase({ couch, config }: Context, words: Words): Promise<Finding[]> {
  const { version = '?' } = await request<{ version?: string }>(couch, 'admin', '/');
  const address = config.couchUrl ? ` (${new URL(config.couchUrl).host})` : '';
  const counts = { person: 0, channel: 0, directory: 0, other: 0 };
  for (const name of await request<string[]>(couch, 'admin', '/_all_dbs')) {
    const kind = parseDatabase(name)?.kind;
    if (kind === 'person' || kind === 'channel' || kind === 'directory') counts[kind] += 1;
    else if (kind) counts.other += 1;
  }
  const text = words.database(couch.embedded ? words.embedded : words.external, version, address);
  return [ok(text), ok(words.databases(counts))];
}

async function describeDisk({ config }: Context, words: Words): Promise<Finding[]> {
  const { bavail, bsize } = await statfs(config.data);
  const free = bavail * bsize;
  const text = words.disk(formatBytes(free, words.locale), config.data);
  return [free < LOW ? bad(text, [words.diskLow]) : ok(text)];
}
