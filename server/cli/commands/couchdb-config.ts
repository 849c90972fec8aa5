import { defineCommand } from 'citty';
import { writeFile } from 'node:fs/promises';
import { productionIni } from '../../couch/production.ts';
import { inWords } from '../context.ts';
import { wordsFor } from '../words.ts';

/** `smartasn couchdb-config`: prints the settings of a production CouchDB, or writes them into a file. */
export const couchdbConfig = defineCommand({
  meta: { name: 'couchdb-config', description: 'Print the settings of Apache CouchDB for production' },
  args: { write: { type: 'string', description: 'write them into this file' } },
  run: ({ args }) =>
    inWords(wordsFor(), async () => {
      if (args.write) await writeFile(args.write, productionIni());
      else process.stdout.write(productionIni());
    })
});
