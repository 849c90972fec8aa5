import * as v from 'valibot';
import { latest, mergeBase } from '../merge/base.ts';
import { mergeText, textRegister } from '../merge/text-register.ts';
import { growing, idOf, line, own, text, uuid } from './fields.ts';

export const MARK_COLOURS = ['kuning', 'hijau', 'biru', 'merah-muda'] as const;

const offset = v.pipe(v.number(), v.integer(), v.minValue(0));

/**
 * A marked passage of a chapter, with a note when there is one: `mark:<uuidv7>`. The place is told twice, as offsets
 * in the chapter's text (UTF-16 code units) and as the words themselves with what stands around them, so that it is
 * found again in a new edition.
 */
export const mark = growing({
  ...own('mark'),
  course: idOf('course'),
  chapter: line(100),
  from: offset,
  to: offset,
  quote: text(2_000),
  before: text(100),
  after: text(100),
  colour: v.strictObject({ value: v.picklist(MARK_COLOURS), edit: uuid }),
  note: textRegister
});

export type MarkColour = (typeof MARK_COLOURS)[number];
export type Mark = v.InferOutput<typeof mark>;

/** The newest colour and every note; the place never changes. */
export const mergeMark = (a: Mark, b: Mark): Mark => {
  const { from, to, quote, before, after } = latest(a, b);
  return {
    _id: a._id,
    type: 'mark',
    ...mergeBase(a, b),
    course: a.course,
    chapter: a.chapter,
    ...{ from, to, quote, before, after },
    colour: latest(a.colour, b.colour),
    note: mergeText(a.note, b.note)
  };
};
