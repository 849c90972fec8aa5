import { userInfo } from 'node:os';
import path from 'node:path';
import { openAudit, type AuditEvent } from '../audit/index.ts';
import { readConfig, type Config } from '../config.ts';
import { openCouch } from '../couch/index.ts';
import type { Couch } from '../couch/types.ts';
import { prepareDataFolder } from '../data-folder.ts';
import { openMediaStore } from '../media/index.ts';
import type { MediaStore } from '../media/types.ts';
import { wordsFor, type Words } from './words.ts';

/** What a command works with. The database is the one the server uses, whether that runs or not. */
export interface Context {
  config: Config;
  couch: Couch;
  media: MediaStore;
  /** Notes in the audit trail what the operator does; before it is done or shown. */
  note(event: Omit<AuditEvent, 'by' | 'why'>): Promise<void>;
}

/** A refusal that a command has already put into words for the person at the terminal. */
export class Refused extends Error {}

/**
 * Runs a command with everything it needs, and closes that again. A failure becomes a sentence and exit code 1; a
 * stack would help nobody at a terminal in an office.
 */
export async function withContext(run: (context: Context, words: Words) => Promise<void>): Promise<void> {
  const words = wordsFor();
  await inWords(words, async () => {
    const config = readConfig();
    await prepareDataFolder(config.data);
    const couch = await openCouch(config);
    try {
      const audit = openAudit(couch, { data: config.data });
      const by = { operator: userInfo().username };
      const note: Context['note'] = (event) => audit.record({ ...event, by, why: 'support' });
      await run({ config, couch, media: await openMediaStore(path.join(config.data, 'media')), note }, words);
    } finally {
      await couch.close();
    }
  });
}

/** Runs something; a failure becomes a sentence on standard error and exit code 1. */
export async function inWords(words: Words, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    console.error(error instanceof Refused ? message : words.failed(message));
    process.exitCode = 1;
  }
}
