import type { Course } from '$lib/domain/documents/course';
import { wordsOf } from '$lib/domain/text/words';
import type { Store } from '$lib/store/types';
import { alsoKeep } from '../../session/leaving';
import type { Open } from '../../session/states';
import type { CourseIndex } from '../search/course-index';
import { competencyName } from '../words';
import { ANY, narrowed, type Filters } from './filters';
import type { Row } from './rows';

/** Courses that a list begins with, and by which it grows. */
export const PAGE = 24;

/** What is kept when the place is locked. */
interface Kept {
  words: string;
  filters: Filters;
  shown: number;
}

const competenciesOf = ({ competencies = [] }: Course): string =>
  competencies.map(({ code }) => competencyName(code)).join(' ');

/** What a person looks for in the catalogue. It outlives the page: who comes back from a course finds her list. */
export class Catalogue {
  words = $state('');
  filters = $state<Filters>(ANY);
  shown = $state(PAGE);
  #index = $state.raw<CourseIndex>();
  /** Grows when the index knows more. */
  #version = $state(0);

  constructor(kept?: Kept) {
    if (!kept) return;
    this.words = kept.words;
    this.filters = { ...ANY, ...kept.filters };
    this.shown = kept.shown;
  }

  get kept(): Kept {
    return { words: this.words, filters: this.filters, shown: this.shown };
  }

  /** Brings the index up to date with the catalogue, while nothing else is to be done. */
  async learn(courses: readonly Course[]): Promise<void> {
    const { CourseIndex } = await import('../search/course-index');
    const index = (this.#index ??= new CourseIndex(competenciesOf));
    await index.update(courses);
    this.#version += 1;
  }

  /** The rows that were meant, the best first; without words all of them, as they came. */
  found(rows: readonly Row[]): Row[] {
    const passed = narrowed(rows, this.filters);
    const scores = this.#version > 0 ? this.#index?.search(this.words) : undefined;
    if (scores) {
      const score = ({ course }: Row): number => scores.get(course._id) ?? 0;
      return passed.filter((row) => score(row) > 0).sort((a, b) => score(b) - score(a));
    }
    // The first words may be typed before the index is made.
    const words = wordsOf(this.words);
    return passed.filter(({ course }) => {
      const text = wordsOf(`${course.title} ${course.summary} ${course.topics.join(' ')}`).join(' ');
      return words.every((word) => text.includes(word));
    });
  }
}

const catalogues = new WeakMap<Store, Catalogue>();

/** The catalogue of an unlocked person; it begins as it was before a lock. */
export function catalogueOf({ store, resumed }: Pick<Open, 'store' | 'resumed'>): Catalogue {
  const known = catalogues.get(store);
  if (known) return known;
  // What was kept was written by `kept`, sealed.
  const catalogue = new Catalogue(resumed?.parts.catalogue as Kept | undefined);
  catalogues.set(store, catalogue);
  alsoKeep('catalogue', () => catalogue.kept);
  return catalogue;
}
