import * as v from 'valibot';
import type { CourseModule, StudyRules } from '$lib/domain/documents/course';
import type { Quiz } from '$lib/domain/documents/quiz';
import { draftEdit, type Draft, type DraftCourse, type DraftEdit } from '$lib/domain/publishing';

/** A draft while it is being edited; everything that a form changes. */
export class Editing {
  title = $state('');
  summary = $state('');
  publisher = $state('');
  kind = $state<DraftCourse['kind']>('course');
  topics = $state('');
  hours = $state('');
  level = $state<string>('');
  competencies = $state<{ code: string; level: number }[]>([]);
  chapters = $state<{ id: string; title: string }[]>([]);
  modules = $state<CourseModule[]>([]);
  study = $state<StudyRules>();
  quizzes = $state<Record<string, Quiz>>({});

  constructor(course: DraftCourse, { quizzes = {} }: Pick<Draft, 'quizzes'>) {
    this.title = course.title;
    this.summary = course.summary;
    this.publisher = course.publisher ?? '';
    this.kind = course.kind;
    this.topics = (course.topics ?? []).join(', ');
    this.hours = String(course.learningHours ?? 0);
    this.level = course.level ?? '';
    this.competencies = (course.competencies ?? []).map(({ code, level }) => ({ code, level }));
    this.chapters = course.chapters.map(({ id, title }) => ({ id, title }));
    this.modules = course.modules ?? [];
    this.study = course.study;
    this.quizzes = quizzes;
  }

  /** What is said to the server; undefined when something in the forms cannot be so. */
  edit(rev: string): DraftEdit | undefined {
    const topics = this.topics.split(',').map((one) => one.trim());
    const said = {
      rev,
      title: this.title.trim(),
      summary: this.summary,
      publisher: this.publisher.trim() || 'Pengelola SmartASN',
      kind: this.kind,
      topics: topics.filter((one, index) => one !== '' && topics.indexOf(one) === index),
      learningHours: Number(this.hours.replace(',', '.')),
      ...(this.level && { level: this.level }),
      ...(this.competencies.length > 0 && { competencies: this.competencies }),
      chapters: this.chapters,
      ...(this.modules.length > 0 && { modules: this.modules }),
      ...(this.study && { study: this.study }),
      quizzes: this.quizzes
    };
    const parsed = v.safeParse(draftEdit, $state.snapshot(said));
    return parsed.success ? parsed.output : undefined;
  }

  /** Takes over what was being edited when the page was left. */
  restore(edit: DraftEdit): void {
    this.title = edit.title;
    this.summary = edit.summary;
    this.publisher = edit.publisher;
    this.kind = edit.kind;
    this.topics = edit.topics.join(', ');
    this.hours = String(edit.learningHours);
    this.level = edit.level ?? '';
    this.competencies = edit.competencies ?? [];
    this.chapters = edit.chapters;
    this.modules = edit.modules ?? [];
    this.study = edit.study;
    this.quizzes = edit.quizzes ?? {};
  }
}
