import { gradeId, makeGrade } from './grades.ts';
import type { FollowUp, Objection } from './types.ts';

/** Work whose file has not arrived is told so: its device brings the file and then the document again. */
export const missingFile: Objection = async (document, person, { files }) => {
  if (document.type !== 'submission' || (await files.has(person.id, document.file.sha256))) return undefined;
  return 'file-missing';
};

/** Work that arrived with its file is accepted. */
export const acceptSubmission: FollowUp = async (document, _person, { own, now }) => {
  if (document.type !== 'submission' || (await own.get(gradeId(document._id)))) return [];
  return [makeGrade(document, { status: 'passed' }, now)];
};
