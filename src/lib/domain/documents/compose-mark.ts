import { docId, newEdit, uuidv7 } from '../ids.ts';
import { newText, setText } from '../merge/text-register.ts';
import { first } from './compose.ts';
import type { Mark, MarkColour } from './mark.ts';

/** Longest quote that a mark keeps, and how much of what stands around it. */
const QUOTE = 2_000;
const AROUND = 100;

/** Where a mark stands: a passage of a chapter's text. */
export interface Passage {
  chapter: string;
  /** The whole text of the chapter. */
  text: string;
  from: number;
  to: number;
}

/** A new mark on a passage. */
export function newMark(course: string, passage: Passage, colour: MarkColour, note = ''): Mark {
  const { chapter, text, from, to } = passage;
  const edit = newEdit();
  return {
    ...first('mark', docId('mark', uuidv7()), edit),
    course,
    chapter,
    from,
    to,
    quote: text.slice(from, Math.min(to, from + QUOTE)),
    before: text.slice(Math.max(0, from - AROUND), from),
    after: text.slice(to, to + AROUND),
    colour: { value: colour, edit },
    note: newText(edit, note)
  };
}

/** The mark in another colour. */
export function recolour(mark: Mark, colour: MarkColour): Mark {
  const edit = newEdit(mark.edit);
  return { ...mark, edit, colour: { value: colour, edit } };
}

/** The mark with another note, written by a person who saw all its versions. */
export function annotate(mark: Mark, note: string): Mark {
  const edit = newEdit(mark.edit);
  return { ...mark, edit, note: setText(mark.note, edit, note) };
}
