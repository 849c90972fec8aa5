import { inQuality, qualitiesOf, type CourseFiles } from '$lib/domain/documents/course-files';
import type { Quality } from '$lib/domain/documents/course';
import type { Store } from '$lib/store/store-api';

/** Name of the setting with the qualities that were chosen on this device. */
const SETTING = 'course-quality';

interface Chosen {
  /** The choice that was made last: what is offered for the next course. */
  last: Quality;
  courses: Record<string, Quality>;
}

type Settings = Pick<Store, 'setting'>;

/** The quality that the person takes a course along in on this device. */
export async function qualityOf(store: Settings, id: string): Promise<Quality> {
  const chosen = await store.setting<Chosen>(SETTING);
  return chosen?.courses[id] ?? chosen?.last ?? 'high';
}

/** Remembers a choice for a course. */
export const chooseQuality = (store: Pick<Store, 'changeSetting'>, id: string, quality: Quality): Promise<void> =>
  store.changeSetting<Chosen>(SETTING, (old) => ({ last: quality, courses: { ...old?.courses, [id]: quality } }));

/** Makes the quality that is offered for a course its own, whatever is chosen for others later. */
export const keepQuality = (store: Pick<Store, 'changeSetting'>, id: string): Promise<void> =>
  store.changeSetting<Chosen>(SETTING, (old) => {
    const { last, courses } = old ?? { last: 'high', courses: {} };
    return { last, courses: { [id]: last, ...courses } };
  });

/** The course as the person takes it along on this device. */
export async function asTaken<T extends CourseFiles>(store: Settings, course: T): Promise<T> {
  if (course._id === undefined || qualitiesOf(course).length < 2) return course;
  return inQuality(course, await qualityOf(store, course._id));
}
