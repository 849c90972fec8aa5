import { defineCommand } from 'citty';
import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { replyName } from '../../../src/lib/domain/parcel/number.ts';
import { PARCEL_LIMIT, type Bytes } from '../../../src/lib/domain/parcel/layout.ts';
import { openSessions } from '../../gateway/sessions/store.ts';
import { startHub } from '../../gateway/sync/hub.ts';
import { openPages } from '../../gateway/sync/pages.ts';
import { openParcels } from '../../parcels/accept.ts';
import { openParcelKeys } from '../../parcels/keys.ts';
import { openReplies } from '../../parcels/reply.ts';
import { openRegistry } from '../../registry/index.ts';
import { Refused, withContext } from '../context.ts';
import { parcelWords, type ParcelWords } from '../parcels/words.ts';

async function read(file: string, words: ParcelWords): Promise<Bytes> {
  const info = await stat(file).catch(() => undefined);
  if (!info?.isFile()) throw new Refused(words.noFile(file));
  if (info.size > PARCEL_LIMIT) throw new Refused(words.refused(path.basename(file), words.refusals['too-large']));
  return new Uint8Array(await readFile(file));
}

const bring = defineCommand({
  meta: { name: 'import', description: 'Take in a sealed parcel that somebody brought as a file' },
  args: { file: { type: 'positional', required: true, description: 'the .paket file' } },
  run: ({ args: { file } }) =>
    withContext(async ({ couch, config, note }, general) => {
      const words = parcelWords(general.locale);
      const parcel = await read(file, words);
      const sessions = openSessions(couch);
      const keys = openParcelKeys(config.data);
      const registry = openRegistry(couch);
      const endSession = (session: string): Promise<void> => sessions.end(session);
      const onArrived = ({ person, edits }: { person: string; edits: number }): Promise<void> =>
        note({ action: 'opened-parcel', about: [person], count: edits });
      const parcels = openParcels({ couch, registry, sessions, keys, endSession, onArrived });
      const answer = await parcels.accept(parcel);
      const name = path.basename(file);
      if (answer.state === 'refused') throw new Refused(words.refused(name, words.refusals[answer.reason]));
      console.log(answer.again ? words.again(name, answer.at) : words.arrived(name));
      if (answer.unmerged) console.log(words.unmerged(answer.unmerged));
      if (answer.reply === undefined) return;
      const hub = startHub(couch, () => undefined);
      try {
        const parts = { couch, registry, sessions, keys, records: parcels, hub, pages: openPages(couch, hub) };
        const reply = await openReplies(parts)(parcel);
        if (!reply) return;
        const back = path.join(path.dirname(file), replyName(answer.reply));
        await writeFile(back, reply);
        console.log(words.reply(back));
      } finally {
        await hub.stop();
      }
    })
});

const rotate = defineCommand({
  meta: { name: 'rotate-key', description: 'Make a new key that parcels are sealed to from now on' },
  run: () =>
    withContext(async ({ config }, general) => {
      await openParcelKeys(config.data).rotate();
      console.log(parcelWords(general.locale).rotated);
    })
});

/** `smartasn parcel …`. */
export const parcel = defineCommand({
  meta: { name: 'parcel', description: 'Sealed parcels: unsent work that people carry' },
  subCommands: { import: bring, 'rotate-key': rotate }
});
