import { defineCommand } from 'citty';
import type { Course } from '../../../src/lib/domain/documents/course.ts';
import { publishCourse, type ImportedCourse } from '../../learning/index.ts';
import { inWords, Refused, withContext } from '../context.ts';
import { readCourse } from '../courses/read-course.ts';
import { formatBytes, wordsFor, type Words } from '../words.ts';

const PUBLISHER = 'Pengelola SmartASN';

/** `smartasn course import`: reads the whole file before anything is stored, so that a refusal leaves nothing behind. */
export const courseImport = defineCommand({
  meta: { name: 'import', description: 'Publish an EPUB, SCORM or Markdown file as a course' },
  args: {
    file: {
      type: 'positional',
      required: true,
      description: 'EPUB, SCORM, recording, PDF or Markdown; or a folder or .zip of them'
    },
    topics: { type: 'string', description: 'topics, separated by commas' },
    hours: { type: 'string', description: 'learning hours (JP)' },
    publisher: { type: 'string', description: 'who publishes it, as learners see it' },
    'dry-run': { type: 'boolean', description: 'reads and tells, and publishes nothing' }
  },
  async run({ args }) {
    const words = wordsFor();
    await inWords(words, async () => {
      const hours = readHours(args.hours, words);
      const imported = await readCourse(args.file, words);
      if (args['dry-run']) return reportDry(imported, words);
      await withContext(async ({ couch, media, note }) => {
        const options = {
          publisher: args.publisher ?? imported.course.publisher ?? PUBLISHER,
          ...(args.topics === undefined ? {} : { topics: splitTopics(args.topics) }),
          ...(hours === undefined ? {} : { hours })
        };
        const course = await publishCourse({ couch, media }, imported, options);
        await note({ action: 'published', what: course._id });
        report(course, imported, words);
      });
    });
  }
});

const splitTopics = (text: string): string[] => [
  ...new Set(
    text
      .split(',')
      .map((topic) => topic.trim())
      .filter(Boolean)
  )
];

function readHours(given: string | undefined, words: Words): number | undefined {
  if (given === undefined) return undefined;
  const hours = Number(given.replace(',', '.'));
  if (given.trim() === '' || !Number.isFinite(hours) || hours < 0 || hours > 1_000)
    throw new Refused(words.wrongHours(given));
  return hours;
}

function report(course: Course, imported: ImportedCourse, words: Words): void {
  console.log(words.published(course.title));
  tell(course, imported, words);
  console.log(words.id(course._id));
}

function reportDry(imported: ImportedCourse, words: Words): void {
  console.log(words.dryRun(imported.course.title));
  tell(imported.course, imported, words);
}

function tell(course: ImportedCourse['course'], imported: ImportedCourse, words: Words): void {
  const pictures = new Set(course.chapters.flatMap(({ images }) => images.map(({ sha256 }) => sha256))).size;
  console.log(words.facts(course.chapters.length, pictures, formatBytes(course.size, words.locale), course.language));
  console.log(imported.removed.length ? words.removed(imported.removed.length) : words.nothingRemoved);
  for (const item of imported.removed) console.log(`  - ${item}`);
}
