/** Course import: files become course documents and media (DESIGN §4). */
export { importFile, type ImportOptions } from './import-file.ts';
export { readEpub } from './epub/index.ts';
export { readMarkdown } from './markdown/index.ts';
export { readScorm } from './scorm/index.ts';
export { publishCourse, type PublishOptions } from './publish.ts';
export { ImportRefused, REFUSALS, type RefusalCode, type CourseFile, type ImportedCourse } from './types.ts';
