import { defineCommand } from 'citty';
import { formatCode } from '../../../src/lib/domain/kiosk.ts';
import { kioskOf, openKiosks } from '../../kiosk/kiosks.ts';
import { Refused, withContext } from '../context.ts';
import { kioskWords } from '../kiosk/words.ts';

/** As much of a kiosk's number as is shown. */
const SHOWN = 8;

const add = defineCommand({
  meta: { name: 'add', description: 'Make a code that turns a browser into a kiosk' },
  args: {
    name: { type: 'positional', required: true, description: 'what people at the office call it' },
    agency: { type: 'string', description: 'agency whose office it stands in' }
  },
  run: ({ args: { name, agency } }) =>
    withContext(async ({ couch, note }, general) => {
      const words = kioskWords(general.locale);
      if (!agency) throw new Refused(words.noAgency);
      const { code } = await openKiosks(couch).add(name, agency);
      await note({ action: 'added-kiosk', what: name });
      console.log(words.added(name, formatCode(code)));
    })
});

const list = defineCommand({
  meta: { name: 'list', description: 'Show the kiosks' },
  run: () =>
    withContext(async ({ couch }, general) => {
      const words = kioskWords(general.locale);
      const kiosks = await openKiosks(couch).list();
      if (kiosks.length === 0) console.log(words.none);
      for (const kiosk of kiosks) {
        const state = kiosk.code ? words.waiting(kiosk.code.until) : words.enrolled(kiosk.enrolledAt ?? '');
        console.log(`  ${kioskOf(kiosk).slice(0, SHOWN)}  ${kiosk.name}, ${kiosk.agency}: ${state}`);
      }
    })
});

const remove = defineCommand({
  meta: { name: 'remove', description: 'End a kiosk' },
  args: { number: { type: 'positional', required: true, description: 'beginning of its number' } },
  run: ({ args: { number } }) =>
    withContext(async ({ couch, note }, general) => {
      const words = kioskWords(general.locale);
      const kiosks = openKiosks(couch);
      const [found, ...more] = (await kiosks.list()).filter((one) => kioskOf(one).startsWith(number));
      if (!found || more.length) throw new Refused(words.noKiosk(number));
      await kiosks.remove(kioskOf(found));
      await note({ action: 'removed-kiosk', what: found.name });
      console.log(words.removed(found.name));
    })
});

/** `smartasn kiosk add|list|remove`: the shared browsers of offices. */
export const kiosk = defineCommand({
  meta: { name: 'kiosk', description: 'Shared browsers of offices' },
  subCommands: { add, list, remove }
});
