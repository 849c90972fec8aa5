import * as v from 'valibot';
import { auditPage, type AuditItem } from '$lib/domain/audit';
import type { Store } from '$lib/store/store-api';
import { failureOf, SyncFailure } from './failure';
import { SILENCE, within } from './patience';
import type { SyncStore } from './port';
import type { UsageStore } from './usage/ledger';

/** What this device last heard of the audit trail about its person. `at`: when, ms since 1970 by its own clock. */
export interface KnownAudit {
  at: number;
  entries: AuditItem[];
}

const SETTING = 'audit';

/** The newest part that is known on this device; undefined before the server was first asked. */
export const readAudit = (store: Pick<Store, 'setting'>): Promise<KnownAudit | undefined> =>
  store.setting<KnownAudit>(SETTING);

type Target = Pick<SyncStore, 'secret' | 'setSecret'> & UsageStore & Pick<Store, 'setSetting'>;

/** Asks the server for the newest part and keeps it. @throws SyncFailure */
export async function refreshAudit(store: Target, base = ''): Promise<void> {
  const { apiOf } = await import('./api');
  const response = await apiOf(store, base).fetch('/api/audit/me');
  const failure = failureOf(response);
  if (failure) throw failure;
  const answer = v.safeParse(auditPage, await within(response.json(), SILENCE));
  if (!answer.success) throw new SyncFailure('server');
  const known: KnownAudit = { at: Date.now(), entries: answer.output.entries };
  await store.setSetting(SETTING, known);
}
