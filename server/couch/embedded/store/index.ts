export { StoreLocked } from './level.ts';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Catalog } from './catalog.ts';
import { Databases } from './databases.ts';
import { LevelStore } from './level.ts';
import { UpdateLog } from './update-log.ts';

/** The embedded store; everything above it speaks of databases and documents only. */
export interface Store {
  catalog: Catalog;
  databases: Databases;
  updates: UpdateLog;
  close(): Promise<void>;
}

/** Opens the store below `folder`; throws `StoreLocked` when another process has it open. */
export async function openStore(folder: string): Promise<Store> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const level = await LevelStore.open(path.join(folder, 'store'));
  const updates = await UpdateLog.open(level);
  const catalog = await Catalog.open(level, updates);
  const databases = new Databases(level, catalog, updates);
  return {
    catalog,
    databases,
    updates,
    close: async () => {
      await databases.closeAll();
      await level.close();
    }
  };
}
