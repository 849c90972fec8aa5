import type { ImportedCourse, RefusalCode } from '../types.ts';

/** A course on its way into the catalogue, as the registry keeps it: no device reads that database. */
export interface DraftDoc {
  _id: string;
  _rev?: string;
  type: 'draft';
  /** UUID of the publisher who began it. */
  by: string;
  /** What the file is called, and how long it is. */
  name: string;
  size: number;
  state: 'receiving' | 'importing' | 'ready' | 'refused';
  refusal?: { code: RefusalCode | 'interrupted'; message: string };
  changedAt: string;
  /** The course that this is a new edition of. */
  of?: string;
  /** What was read; its files stand in the draft's folder, or with those of published courses. */
  content?: DraftContent;
  smaller?: { before: number; after: number };
}

export type DraftContent = Omit<ImportedCourse, 'files'> & { files: { sha256: string; type: string }[] };
