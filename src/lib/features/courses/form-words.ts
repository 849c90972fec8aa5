import type { Form } from '$lib/domain/documents/course';
import { m } from '$lib/paraglide/messages';

/** What a chapter asks for, where that is more than reading, listening or looking. */
export const FORM_WORDS: Partial<Record<Form, () => string>> = {
  quiz: m.form_quiz,
  evaluation: m.form_evaluation,
  assignment: m.form_assignment
};
