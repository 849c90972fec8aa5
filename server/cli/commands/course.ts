import { defineCommand } from 'citty';
import { filesOf, inQuality, qualitiesOf, sizeOf } from '../../../src/lib/domain/documents/course-files.ts';
import type { Course } from '../../../src/lib/domain/documents/course.ts';
import { findCourse, listCourses, publishEdition, setWithdrawn } from '../../learning/publishing/catalogue.ts';
import { Refused, withContext, type Context } from '../context.ts';
import { readCourse } from '../courses/read-course.ts';
import { courseWords } from '../courses/words.ts';
import { formatBytes, wordsFor } from '../words.ts';
import { courseImport } from './course-import.ts';

const ID = { id: { type: 'positional', required: true, description: 'id of the course, as in course list' } } as const;

const idOf = (given: string): string => (given.startsWith('course:') ? given : `course:${given}`);

async function known(couch: Context['couch'], given: string): Promise<Course> {
  const course = await findCourse(couch, idOf(given));
  if (!course) throw new Refused(courseWords().missing(given));
  return course;
}

const list = defineCommand({
  meta: { name: 'list', description: 'Lists the courses of the catalogue' },
  run: () =>
    withContext(async ({ couch }) => {
      const [words, { locale }] = [courseWords(), wordsFor()];
      const courses = await listCourses(couch);
      if (courses.length === 0) console.log(words.none);
      for (const { _id, title, size, edition, withdrawn } of courses) {
        const states = [edition && words.edited(edition.number), withdrawn !== undefined && words.gone].filter(Boolean);
        console.log([_id, formatBytes(size, locale), title, ...states].join('  '));
      }
    })
});

const switching = (withdrawn: boolean) =>
  defineCommand({
    meta: {
      name: withdrawn ? 'withdraw' : 'restore',
      description: withdrawn ? 'Nobody begins the course any more; who is in it may finish' : 'It can be begun again'
    },
    args: ID,
    run: ({ args }) =>
      withContext(async ({ couch, note }) => {
        const { _id } = await known(couch, args.id);
        await note({ action: withdrawn ? 'withdrawn' : 'restored-course', what: _id });
        const course = await setWithdrawn(couch, _id, withdrawn);
        const words = courseWords();
        if (course) console.log((withdrawn ? words.withdrawn : words.restored)(course.title));
      })
  });

const edition = defineCommand({
  meta: { name: 'edition', description: 'Publishes a new edition of a course; what people finished stays finished' },
  args: {
    ...ID,
    file: { type: 'positional', required: true, description: 'the file or folder of the new edition' },
    note: { type: 'string', description: 'what has changed, for learners' }
  },
  run: ({ args }) =>
    withContext(async ({ couch, media, note }) => {
      const old = await known(couch, args.id);
      const imported = await readCourse(args.file, wordsFor());
      await note({ action: 'published', what: old._id });
      const course = await publishEdition({ couch, media }, old, imported, {
        publisher: imported.course.publisher ?? old.publisher,
        topics: imported.course.topics ?? old.topics,
        hours: imported.course.learningHours ?? old.learningHours,
        note: args.note ?? ''
      });
      console.log(courseWords().edition(course.title, course.edition?.number ?? 1));
    })
});

const cost = defineCommand({
  meta: { name: 'cost', description: 'What taking a course along moves, in each quality' },
  args: ID,
  run: ({ args }) =>
    withContext(async ({ couch }) => {
      const [course, words, { locale }] = [await known(couch, args.id), courseWords(), wordsFor()];
      for (const quality of qualitiesOf(course)) {
        const bytes = sizeOf(filesOf(inQuality(course, quality)));
        console.log(words.cost(words.qualities[quality], formatBytes(bytes, locale)));
      }
    })
});

/** `smartasn course …` */
export const course = defineCommand({
  meta: { name: 'course', description: 'Courses of the catalogue' },
  subCommands: { import: courseImport, list, withdraw: switching(true), restore: switching(false), edition, cost }
});
