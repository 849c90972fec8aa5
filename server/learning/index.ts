/** Course import: files become course documents and media (DESIGN §4). */
export { readEpub } from './epub/index.ts';
export { readMarkdown } from './markdown/index.ts';
export { readScorm } from './scorm/index.ts';
export { publishCourse, type PublishOptions } from './publish.ts';
export { ImportRefused, type CourseFile, type ImportedCourse } from './types.ts';
