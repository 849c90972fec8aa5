import type { Store } from '$lib/store/types';

/** What is being typed in a sheet; kept, sealed, until the sheet is closed or its text is kept. */
export interface Interrupted {
  /** The text of a sheet that a lock or a crash took away. */
  read(): Promise<string | undefined>;
  keep(text: string): void;
  end(): void;
}

/** @param name of the field, the same for as long as what it writes to */
export function interrupted(store: Pick<Store, 'setting' | 'setSetting'>, name: string): Interrupted {
  const set = (text: string | undefined): void => void store.setSetting(`typed:${name}`, text).catch(() => undefined);
  return {
    read: () => store.setting<string>(`typed:${name}`).catch(() => undefined),
    keep: set,
    end: () => set(undefined)
  };
}
