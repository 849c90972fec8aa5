import MiniSearch from 'minisearch';
import type { Course } from '$lib/domain/documents/course';
import { SHORT_FORMS } from '$lib/domain/text/synonyms';
import { wordForms } from '$lib/domain/text/word-forms';
import { wordsOf } from '$lib/domain/text/words';
import { idle } from './idle';
import { queryOf } from './query';

/** Longest work without a pause, ms: what is left of a frame. */
const SLICE = 8;

const FIELDS = ['title', 'competencies', 'topics', 'publisher', 'summary'] as const;

/** Where a word stands says how much it tells of a course. */
const BOOST: Record<(typeof FIELDS)[number], number> = {
  title: 8,
  competencies: 4,
  topics: 3,
  publisher: 1.5,
  summary: 1
};

interface Entry extends Record<(typeof FIELDS)[number], string> {
  id: string;
}

const known = new Map<string, string[]>();

/** Terms under which a word is found; words come again and again, and their forms are looked for once. */
function termsOf(word: string): string[] {
  const terms = known.get(word) ?? [...wordForms(word), ...wordsOf(SHORT_FORMS.get(word) ?? '')];
  known.set(word, terms);
  return terms;
}

/**
 * The words of all courses, in memory alone: what courses say must not stand readable on the disk. It is made while
 * nothing else is to be done, and follows changes course by course.
 */
export class CourseIndex {
  readonly #index = new MiniSearch<Entry>({
    fields: [...FIELDS],
    tokenize: wordsOf,
    processTerm: termsOf,
    autoVacuum: { minDirtFactor: 0.1, minDirtCount: 20, batchSize: 200, batchWait: 20 },
    // A query brings its words and their forms itself.
    searchOptions: { boost: BOOST, processTerm: (term) => term, tokenize: (text) => [text] }
  });
  readonly #courses = new Map<string, Course>();
  #wanted: readonly Course[] = [];
  #working: Promise<void> | undefined;
  readonly #competencies: (course: Course) => string;

  /** @param competencies words for what a course leads to */
  constructor(competencies: (course: Course) => string) {
    this.#competencies = competencies;
  }

  /** Follows the catalogue; resolves when the index has all of it. */
  update(courses: readonly Course[]): Promise<void> {
    this.#wanted = courses;
    return (this.#working ??= this.#work().finally(() => (this.#working = undefined)));
  }

  /** Ids of the courses that were meant, with how well each fits; undefined when nothing was asked. */
  search(typed: string): Map<string, number> | undefined {
    const query = queryOf(typed);
    if (!query) return undefined;
    return new Map(this.#index.search(query).map(({ id, score }) => [String(id), score]));
  }

  async #work(): Promise<void> {
    for (let wanted: readonly Course[] | undefined; wanted !== this.#wanted;) {
      wanted = this.#wanted;
      const here = new Set(wanted.map(({ _id }) => _id));
      for (const id of this.#courses.keys()) if (!here.has(id)) this.#forget(id);
      let until = 0;
      for (const course of wanted) {
        if (wanted !== this.#wanted) break;
        if (this.#courses.get(course._id) === course) continue;
        if (performance.now() >= until) {
          await idle();
          until = performance.now() + SLICE;
        }
        this.#learn(course);
      }
    }
  }

  #forget(id: string): void {
    this.#courses.delete(id);
    this.#index.discard(id);
  }

  #learn(course: Course): void {
    if (this.#courses.has(course._id)) this.#forget(course._id);
    const { _id: id, title, publisher, topics, summary } = course;
    this.#index.add({
      id,
      title,
      publisher,
      summary,
      topics: topics.join(' '),
      competencies: this.#competencies(course)
    });
    this.#courses.set(id, course);
  }
}
