import type { Course, Form } from '$lib/domain/documents/course';

/** What a form needs of the app that is not on every device. */
const PARTS: Partial<Record<Form, () => Promise<void>>> = {
  document: async () => (await import('../document/pdf')).keepPdfParts()
};

/** Brings what the chapters of a course need to be shown without a signal. Rejects when the link does not give it. */
export async function keepParts({ chapters }: Pick<Course, 'chapters'>): Promise<void> {
  for (const form of new Set(chapters.map((chapter) => chapter.form))) await PARTS[form]?.();
}
