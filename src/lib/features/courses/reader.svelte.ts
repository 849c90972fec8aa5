import { advance } from '$lib/domain/documents/compose';
import type { Course } from '$lib/domain/documents/course';
import type { Progress } from '$lib/domain/documents/progress';
import { docId, newEdit, suffixOf } from '$lib/domain/ids';
import type { Store } from '$lib/store/types';
import { keep } from '../keep';
import { newestPlace, placeIn } from './place';

type Place = NonNullable<Progress['place']>;

/**
 * Reading one course: which chapter, where in it, what is finished. The place is remembered on this device at every
 * pause in scrolling and travels to the person's other devices when she leaves a chapter: places are small, but a
 * document for every scroll would not be.
 */
export class Reader {
  index = $state(0);
  /** Where the opened chapter begins, 0 to 1. */
  fraction = $state(0);
  ready = $state(false);
  readonly course: Course;
  readonly #store: Store;
  readonly #sync: () => void;
  #place: Place | undefined;

  constructor(store: Store, course: Course, sync: () => void) {
    this.#store = store;
    this.course = course;
    this.#sync = sync;
  }

  get chapter() {
    return this.course.chapters[this.index];
  }

  /** Opens the wanted chapter, or the place kept. */
  async open(wanted?: string): Promise<void> {
    const here = await this.#store.setting<Place>(`place:${this.course._id}`);
    this.#place = newestPlace(here, (await this.#progress())?.place);
    const chosen = this.course.chapters.findIndex((chapter) => chapter.id === wanted);
    const place =
      chosen >= 0 && wanted !== this.#place?.chapter
        ? { index: chosen, fraction: 0 }
        : placeIn(this.course, this.#place);
    this.index = place.index;
    this.fraction = place.fraction;
    this.ready = true;
  }

  /** Remembers the place on this device. */
  async remember(fraction: number): Promise<void> {
    if (!this.chapter) return;
    this.#place = { chapter: this.chapter.id, fraction, edit: newEdit(this.#place?.edit) };
    await this.#store.setSetting(`place:${this.course._id}`, this.#place).catch(() => undefined);
  }

  /** Sends the remembered place to the person's other devices, when it has moved. */
  async leave(): Promise<void> {
    const progress = await this.#progress();
    const place = this.#place;
    const moved =
      place &&
      (place.chapter !== progress?.place?.chapter || Math.abs(place.fraction - progress.place.fraction) > 0.02);
    if (!place || !moved) return;
    await this.#store
      .write(advance(this.course._id, progress, { chapter: place.chapter, fraction: place.fraction }))
      .catch(() => undefined);
    this.#sync();
  }

  /** Marks the open chapter as finished; answers whether that was kept. */
  async finish(): Promise<boolean> {
    const chapter = this.chapter;
    if (!chapter) return false;
    const next = this.course.chapters[this.index + 1];
    const kept = await keep(async () => {
      const finished = advance(this.course._id, await this.#progress(), { chapter: chapter.id, fraction: 1 }, true);
      await this.#store.write(
        next ? { ...finished, place: { chapter: next.id, fraction: 0, edit: finished.edit } } : finished
      );
    });
    if (kept) this.#sync();
    return kept;
  }

  /** Turns to another chapter, at its beginning. */
  async turn(index: number): Promise<void> {
    if (index < 0 || index >= this.course.chapters.length) return;
    this.index = index;
    this.fraction = 0;
    await this.remember(0);
  }

  async #progress(): Promise<Progress | undefined> {
    return (await this.#store.ownItem<Progress>(docId('progress', suffixOf(this.course._id))))?.doc;
  }
}
