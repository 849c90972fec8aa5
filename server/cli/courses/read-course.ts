import { stat } from 'node:fs/promises';
import { importFile, ImportRefused, type ImportedCourse } from '../../learning/index.ts';
import { Refused } from '../context.ts';
import type { Words } from '../words.ts';

/** Reads a file or folder as a course; a refusal is put into words. */
export async function readCourse(file: string, words: Words): Promise<ImportedCourse> {
  if (!(await stat(file).catch(() => undefined))) throw new Refused(words.noFile(file));
  try {
    return await importFile(file);
  } catch (error) {
    if (!(error instanceof ImportRefused)) throw error;
    throw new Refused(`${words.refused(file, words.refusals[error.code])}\n${words.detail(error.message)}`);
  }
}
