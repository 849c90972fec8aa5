import type { Course } from '$lib/domain/documents/course';
import { allFilesOf } from '$lib/domain/documents/course-files';
import type { Progress } from '$lib/domain/documents/progress';
import { docId, suffixOf, timeOfUuid } from '$lib/domain/ids';
import type { Kept } from '$lib/domain/let-go';
import { isFinished } from '$lib/domain/rules/finished';
import type { Store } from '$lib/store/types';
import { courseBytes, courseState } from '$lib/sync/course-files';

/** A course of which something is on this device. */
export interface KeptCourse extends Kept {
  course: Course;
  complete: boolean;
}

export interface Shelf {
  courses: KeptCourse[];
  /** Bytes of all files; courses that share one count it each. */
  bytes: number;
}

type Place = NonNullable<Progress['place']>;

/** What this person keeps of courses on this device, the largest first. */
export async function readShelf(store: Store): Promise<Shelf> {
  const [courses, progress, grades, bytes] = await Promise.all([
    store.courses(),
    store.ownItems('progress'),
    store.inboxDocs('grade'),
    store.pieceBytes()
  ]);
  const ways = new Map(progress.map(({ doc }) => [doc._id, doc]));
  const kept = await Promise.all(
    (await begunHere(store, courses)).map(async (course): Promise<KeptCourse> => {
      const way = ways.get(docId('progress', suffixOf(course._id)));
      const place = await store.setting<Place>(`place:${course._id}`);
      const edits = [place?.edit, way?.edit].flatMap((edit) => (edit === undefined ? [] : [timeOfUuid(edit)]));
      return {
        course,
        bytes: await courseBytes(store, course),
        complete: (await courseState(store, course)).complete,
        finished: isFinished(course, way, grades),
        openedAt: edits.length ? Math.max(...edits) : undefined
      };
    })
  );
  return { courses: kept.toSorted((a, b) => b.bytes - a.bytes), bytes };
}

/**
 * Those of the courses of which a file is here, other than the cover, which the catalogue brings. Asked for all at once:
 * a catalogue has thousands.
 */
export async function begunHere(store: Pick<Store, 'hasPieces'>, courses: Course[]): Promise<Course[]> {
  const named = courses.map((course) => ({
    course,
    names: allFilesOf({ chapters: course.chapters }).flatMap(({ sha256, manifest }) =>
      manifest ? [sha256, manifest.sha256] : [sha256]
    )
  }));
  const here = await store.hasPieces([...new Set(named.flatMap(({ names }) => names))]);
  return named.filter(({ names }) => names.some((name) => here.has(name))).map(({ course }) => course);
}
