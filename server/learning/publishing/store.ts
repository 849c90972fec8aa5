import { mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { REGISTRY } from '../../../src/lib/domain/databases.ts';
import { docId, suffixOf, UUID_PATTERN } from '../../../src/lib/domain/ids.ts';
import type { Couch } from '../../couch/types.ts';
import { openMediaStore } from '../../media/index.ts';
import type { MediaStore } from '../../media/types.ts';
import { openDatabase } from '../../registry/database.ts';
import type { CourseFile } from '../types.ts';
import type { DraftDoc } from './types.ts';

const PREFIX = 'draft:';

/** The drafts: documents of the registry, and a folder for the files of each. */
export function openDrafts(couch: Couch, data: string) {
  const registry = openDatabase(couch, 'gateway', REGISTRY);
  const folderOf = (id: string): string => {
    if (!UUID_PATTERN.test(id)) throw new Error(`No draft is called ${id}`);
    return path.join(data, 'drafts', id);
  };
  const uploadOf = (id: string): string => path.join(folderOf(id), 'upload');
  const filesOf = (id: string): Promise<MediaStore> => openMediaStore(path.join(folderOf(id), 'files'));
  const received = async (id: string): Promise<number> => (await stat(uploadOf(id)).catch(() => undefined))?.size ?? 0;

  return {
    folderOf,
    uploadOf,
    filesOf,
    received,
    list: (): Promise<DraftDoc[]> => registry.byPrefix<DraftDoc>(PREFIX),
    get: (id: string): Promise<DraftDoc | undefined> => registry.get<DraftDoc>(docId('draft', id)),

    /** Writes unless somebody else has meanwhile; answers the new revision, undefined when it has moved. */
    async put(doc: DraftDoc): Promise<string | undefined> {
      const changed = { ...doc, changedAt: new Date().toISOString() };
      if (!(await registry.putUnlessMoved(changed))) return undefined;
      return (await registry.get<DraftDoc>(doc._id))?._rev;
    },

    /** Adds a piece at its place; answers how much has come. What has come already is not written twice. */
    async append(id: string, at: number, piece: Uint8Array): Promise<number> {
      await mkdir(folderOf(id), { recursive: true });
      const handle = await open(uploadOf(id), 'a');
      try {
        const { size } = await handle.stat();
        if (size !== at) return size;
        await handle.writeFile(piece);
        await handle.sync();
        return at + piece.byteLength;
      } finally {
        await handle.close();
      }
    },

    /** The files of a draft that are not yet with those of published courses. */
    async bodies(doc: DraftDoc): Promise<CourseFile[]> {
      const files: CourseFile[] = [];
      const folder = path.join(folderOf(suffixOf(doc._id)), 'files');
      for (const { sha256, type } of doc.content?.files ?? []) {
        const body = await readFile(path.join(folder, sha256.slice(0, 2), sha256)).catch(() => undefined);
        if (body) files.push({ sha256, type, body: new Uint8Array(body) });
      }
      return files;
    },

    dropUpload: (id: string): Promise<void> => rm(uploadOf(id), { force: true }),

    async remove(doc: DraftDoc): Promise<void> {
      await registry.putUnlessMoved({ _id: doc._id, ...(doc._rev && { _rev: doc._rev }), _deleted: true });
      await rm(folderOf(suffixOf(doc._id)), { recursive: true, force: true, maxRetries: 3 });
    }
  };
}

export type Drafts = ReturnType<typeof openDrafts>;
