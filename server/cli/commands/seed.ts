import { defineCommand } from 'citty';
import { openRegistry } from '../../registry/index.ts';
import { ensureDemo } from '../../seed/index.ts';
import { Refused, withContext } from '../context.ts';

/** `smartasn seed`: loads the demonstration data where they are not there yet. */
export const seed = defineCommand({
  meta: { name: 'seed', description: 'Load the demonstration data' },
  run: () =>
    withContext(async ({ config, couch, media }, words) => {
      if (!config.demo) throw new Refused(words.noDemo);
      await ensureDemo({ couch, media, registry: openRegistry(couch), log: (line) => console.log(line) });
      console.log(words.demoReady);
    })
});
