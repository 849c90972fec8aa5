import { unsafeSettings } from '../../couch/production.ts';
import type { Couch } from '../../couch/types.ts';
import { CouchError, request } from '../../registry/database.ts';
import { ok, warn, type Finding } from './finding.ts';
import type { DoctorWords } from './words.ts';

/** Whether the settings of an Apache CouchDB are those that the project relies on. The embedded database has none. */
export async function checkSettings(couch: Couch, words: DoctorWords): Promise<Finding[]> {
  if (couch.embedded) return [];
  try {
    const unsafe = unsafeSettings(await request(couch, 'admin', '/_node/_local/_config'));
    const lines = unsafe.map(({ setting: { section, key, value }, given }) =>
      words.setting(`[${section}] ${key}`, given, value)
    );
    return [
      unsafe.length ? warn(words.settingsUnsafe(unsafe.length), [...lines, words.settingsHint]) : ok(words.settings)
    ];
  } catch (error) {
    if (error instanceof CouchError && error.status > 0) return [warn(words.settingsUnknown(error.status))];
    throw error;
  }
}
