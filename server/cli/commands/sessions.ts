import { defineCommand } from 'citty';
import type { Device } from '../../../src/lib/domain/api.ts';
import { openDevices, type Devices } from '../../gateway/sessions/devices.ts';
import { openSessions } from '../../gateway/sessions/store.ts';
import { openRegistry } from '../../registry/index.ts';
import { Refused, withContext } from '../context.ts';
import { sessionWords, type SessionWords } from '../sessions/words.ts';

type Known = Omit<Device, 'current'>;

const ALL = 'all';
/** As much of a session's number as is shown. */
const SHOWN = 8;

/** `smartasn sessions <account>`: where a person is signed in; ends sessions and reports devices lost. */
export const sessions = defineCommand({
  meta: { name: 'sessions', description: 'Show where a person is signed in, end sessions, report a device lost' },
  args: {
    account: { type: 'positional', required: true, description: 'account of the person' },
    end: { type: 'string', description: 'number of the session to end, or "all"' },
    lost: { type: 'string', description: 'number of the session whose device is lost' }
  },
  run: ({ args: { account, end, lost } }) =>
    withContext(async ({ couch, note }, general) => {
      const words = sessionWords(general.locale);
      if (end !== undefined && lost !== undefined) throw new Refused(words.both);
      const found = await openRegistry(couch).byAccount(account);
      if (!found) throw new Refused(words.noAccount(account));
      const { person } = found;
      const about = [person.id];
      await note({ action: 'read-sessions', about });
      const devices = openDevices(couch, openSessions(couch));
      const known = await devices.list(person.id);
      if (end !== undefined) {
        const count = await endOf(devices, person.id, known, end, words);
        await note({ action: 'ended-session', about });
        console.log(words.ended(count));
      } else if (lost !== undefined) {
        await devices.reportLost(person.id, oneOf(known, lost, words));
        await note({ action: 'reported-lost', about });
        console.log(words.reported);
      } else show(person.name, known, words);
    })
});

async function endOf(devices: Devices, person: string, known: Known[], given: string, words: SessionWords) {
  if (given === ALL) return (await devices.endOthers(person)).length;
  await devices.end(person, oneOf(known, given, words));
  return 1;
}

/** The session whose number begins so. */
function oneOf(known: Known[], given: string, words: SessionWords): string {
  const [first, ...more] = known.filter(({ id, lostAt }) => !lostAt && given && id.startsWith(given));
  if (!first) throw new Refused(words.noSession(given));
  if (more.length) throw new Refused(words.several(given));
  return first.id;
}

function show(name: string, known: Known[], words: SessionWords): void {
  if (known.length === 0) return console.log(words.none);
  console.log(words.title(name));
  for (const { id, browser, system, createdAt, usedAt, lostAt, toldAt } of known) {
    const device = [browser, system].filter(Boolean).join(', ') || words.unknown;
    const state = lostAt
      ? words.lost(dayOf(lostAt), toldAt && dayOf(toldAt))
      : words.used(dayOf(createdAt), dayOf(usedAt));
    console.log(`  ${id.slice(0, SHOWN)}  ${device}: ${state}`);
  }
}

const dayOf = (time: string): string => time.slice(0, 10);
