import { annotate, newMark, recolour, type Passage } from '$lib/domain/documents/compose-mark';
import type { Course } from '$lib/domain/documents/course';
import { findMark } from '$lib/domain/documents/find-mark';
import type { Mark, MarkColour } from '$lib/domain/documents/mark';
import { currentText } from '$lib/domain/merge/text-register';
import type { OwnItem, Store } from '$lib/store/types';
import { m } from '$lib/paraglide/messages';
import { keep } from '../../keep';
import { follow } from '../../live-query.svelte';
import { inOrder } from './marks-text';

/** A mark where it stands in the text of the open chapter. */
export interface ShownMark {
  id: string;
  from: number;
  to: number;
  colour: MarkColour;
  label: string;
  /** It has a note, which a sign in the text tells. */
  seen: boolean;
}

/** What a colour is called. */
export const colourWords = (colour: MarkColour): string =>
  ({
    kuning: m.book_colour_kuning,
    hijau: m.book_colour_hijau,
    biru: m.book_colour_biru,
    'merah-muda': m.book_colour_merah_muda
  })[colour]();

const SHORT = 80;
const shortened = (text: string): string => (text.length > SHORT ? `${text.slice(0, SHORT)}…` : text);

/** The person's marks in one book, as they are on this device, and what she does with them. */
export class BookMarks {
  readonly #store: Store;
  readonly #sync: () => void;
  readonly #course: Course;
  readonly #live;

  constructor(store: Store, course: Course, sync: () => void) {
    this.#store = store;
    this.#course = course;
    this.#sync = sync;
    this.#live = follow(() => store.live(async () => await store.ownItems('mark')));
  }

  /** All marks of the book in its order; undefined until they are read. */
  get all(): OwnItem<Mark>[] | undefined {
    const items = this.#live.value?.filter(({ doc }) => doc.course === this.#course._id);
    return items && inOrder(this.#course, items);
  }

  /** The marks of a chapter where its text has them. */
  shownIn(chapter: string, text: string): ShownMark[] {
    return (this.all ?? []).flatMap(({ doc }) => {
      const place = doc.chapter === chapter ? findMark(doc, text) : undefined;
      if (!place) return [];
      const note = currentText(doc.note).trim();
      const words = { colour: colourWords(doc.colour.value), quote: shortened(doc.quote), note: shortened(note) };
      const label = note ? m.book_mark_with_note(words) : m.book_mark_label(words);
      return [{ id: doc._id, ...place, colour: doc.colour.value, label, seen: note !== '' }];
    });
  }

  /** Marks a passage; answers the id of the mark, when it was kept. */
  async add(passage: Passage, colour: MarkColour): Promise<string | undefined> {
    const mark = newMark(this.#course._id, passage, colour);
    return (await this.#write(mark)) ? mark._id : undefined;
  }

  recolour = (mark: Mark, colour: MarkColour): Promise<boolean> =>
    mark.colour.value === colour ? Promise.resolve(true) : this.#write(recolour(mark, colour));

  annotate = (mark: Mark, note: string, tell?: (words: string) => void): Promise<boolean> =>
    this.#write(annotate(mark, note), tell);

  async remove(mark: Mark, tell?: (words: string) => void): Promise<boolean> {
    const isGone = await keep(() => this.#store.discard(mark._id), tell);
    if (isGone) this.#sync();
    return isGone;
  }

  async #write(mark: Mark, tell?: (words: string) => void): Promise<boolean> {
    const isKept = await keep(() => this.#store.write(mark), tell);
    if (isKept) this.#sync();
    return isKept;
  }
}
