import type { Store } from '$lib/store/store-api';
import { addTraffic, dayOf, type Traffic, type Usage } from './traffic';

/** Name of the setting that holds what travelled, by day. */
const SETTING = 'sync-usage';

/** What is noted within this time is written down together, ms. */
const GATHER = 1_000;

export type UsageStore = Pick<Store, 'changeSetting'>;

/** Counts what this tab moved for the person of a store; the tabs' counts come together in the store. */
export interface Ledger {
  note(traffic: Partial<Traffic>): void;
  /** Writes down what has been noted. */
  flush(): Promise<void>;
}

const ledgers = new WeakMap<UsageStore, Ledger>();

/** The one ledger of an open store in this tab. */
export function ledgerOf(store: UsageStore): Ledger {
  const ledger = ledgers.get(store) ?? createLedger(store);
  ledgers.set(store, ledger);
  return ledger;
}

/** What travelled for this person on this device, by day. */
export const readUsage = async (store: Pick<Store, 'setting'>): Promise<Usage> =>
  (await store.setting<Usage>(SETTING)) ?? {};

function createLedger(store: UsageStore): Ledger {
  let noted: Usage = {};
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const taken = noted;
    noted = {};
    if (!Object.keys(taken).length) return;
    const add = (usage: Usage): Usage =>
      Object.entries(taken).reduce((sum, [day, traffic]) => addTraffic(sum, day, traffic), usage);
    // On a full disk it is written with what comes next; when the store has closed, nothing more can be.
    await store
      .changeSetting<Usage>(SETTING, (old) => add(old ?? {}))
      .catch(() => (noted = Object.entries(noted).reduce((sum, [day, more]) => addTraffic(sum, day, more), taken)));
  }

  return {
    note({ down = 0, up = 0, about }) {
      noted = addTraffic(noted, dayOf(Date.now()), { down, up, ...(about && { about }) });
      timer ??= setTimeout(() => void flush(), GATHER);
    },
    flush
  };
}
