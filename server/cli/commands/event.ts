import { defineCommand } from 'citty';
import { readFile } from 'node:fs/promises';
import type { LearningEvent } from '../../../src/lib/domain/documents/event.ts';
import { suffixOf } from '../../../src/lib/domain/ids.ts';
import { zoneName } from '../../../src/lib/domain/text/local-time.ts';
import { cancelEvent, listEvents, publishEvents } from '../../learning/events/publish.ts';
import { readEvents } from '../../learning/events/read.ts';
import { ImportRefused } from '../../learning/index.ts';
import { Refused, withContext } from '../context.ts';
import { eventWords, type EventWords } from '../events/words.ts';
import type { Words } from '../words.ts';

/** When an event begins, on the clocks of its place. */
function whenOf({ startsAt, zone }: LearningEvent, { locale }: EventWords): string {
  const at = Date.parse(startsAt);
  const shown = new Date(at).toLocaleString(locale, { timeZone: zone, dateStyle: 'medium', timeStyle: 'short' });
  return `${shown} ${zoneName(zone, at)}`;
}

async function readFileOf(file: string, words: Words): Promise<LearningEvent[]> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) throw new Refused(words.noFile(file));
  try {
    return readEvents(text, new Date().toISOString());
  } catch (error) {
    if (!(error instanceof ImportRefused)) throw error;
    throw new Refused(`${words.refused(file, '')}${words.detail(error.message)}`);
  }
}

const add = defineCommand({
  meta: { name: 'add', description: 'Publish the events of a YAML file' },
  args: { file: { type: 'positional', required: true, description: 'one event, or a list (docs/operations.md)' } },
  run: ({ args: { file } }) =>
    withContext(async ({ couch, note }, general) => {
      const words = eventWords(general.locale);
      const events = await readFileOf(file, general);
      await publishEvents(couch, events);
      for (const event of events) {
        await note({ action: 'published', what: event._id });
        console.log(words.published(event.title, whenOf(event, words), suffixOf(event._id)));
      }
    })
});

const list = defineCommand({
  meta: { name: 'list', description: 'Show the events' },
  run: () =>
    withContext(async ({ couch }, general) => {
      const words = eventWords(general.locale);
      const events = await listEvents(couch);
      if (events.length === 0) console.log(words.none);
      for (const event of events) {
        const end = event.cancelled ? ` (${words.cancelled})` : '';
        console.log(`  ${suffixOf(event._id)}  ${whenOf(event, words)}  ${event.title}${end}`);
      }
    })
});

const cancel = defineCommand({
  meta: { name: 'cancel', description: 'Say that an event does not take place' },
  args: { number: { type: 'positional', required: true, description: 'beginning of its id' } },
  run: ({ args: { number } }) =>
    withContext(async ({ couch, note }, general) => {
      const words = eventWords(general.locale);
      const [found, ...more] = (await listEvents(couch)).filter(({ _id }) => suffixOf(_id).startsWith(number));
      if (!found || more.length > 0) throw new Refused(words.noEvent(number));
      await cancelEvent(couch, found._id, new Date().toISOString());
      await note({ action: 'published', what: found._id });
      console.log(words.wasCancelled(found.title));
    })
});

/** `smartasn event add|list|cancel`: events that people are told of. */
export const event = defineCommand({
  meta: { name: 'event', description: 'Events of the catalogue' },
  subCommands: { add, list, cancel }
});
