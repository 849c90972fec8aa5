import type { Form, Quality } from '$lib/domain/documents/course';
import type { Question } from '$lib/domain/documents/quiz';
import { ServerRefused } from '$lib/sync/ask-server';
import { m } from '$lib/paraglide/messages';

const REFUSALS: Record<string, () => string> = {
  'not-a-zip': m.desk_refused_zip,
  'unsafe-name': m.desk_refused_name,
  'too-large': m.desk_refused_large,
  'broken-xml': m.desk_refused_damaged,
  encrypted: m.desk_refused_locked,
  'no-chapters': m.desk_refused_empty,
  unreadable: m.desk_refused_damaged,
  'unknown-kind': m.desk_refused_kind,
  'too-slow': m.desk_refused_slow
};

/** Why a file did not become a course. */
export const refusalOf = (code: string): string => (REFUSALS[code] ?? m.desk_refused_damaged)();

/** Why the server did not do it: its reason, or that there is no signal. */
export const troubleOf = (error: unknown): string => {
  if (!(error instanceof ServerRefused)) return m.desk_no_signal();
  if (error.code === 'moved') return m.desk_moved();
  return REFUSALS[error.code]?.() ?? m.desk_trouble();
};

export const FORM_WORDS: Record<Form, () => string> = {
  text: m.desk_form_text,
  audio: m.desk_form_audio,
  video: m.desk_form_video,
  document: m.desk_form_document,
  package: m.desk_form_package,
  quiz: m.desk_form_quiz,
  evaluation: m.desk_form_evaluation,
  assignment: m.desk_form_assignment
};

export const QUALITY_WORDS: Record<Quality, () => string> = {
  audio: m.desk_quality_audio,
  low: m.desk_quality_low,
  high: m.desk_quality_high
};

export const QUESTION_WORDS: Record<Question['kind'], () => string> = {
  single: m.desk_question_single,
  multiple: m.desk_question_multiple,
  order: m.desk_question_order,
  match: m.desk_question_match,
  number: m.desk_question_number,
  text: m.desk_question_text
};
