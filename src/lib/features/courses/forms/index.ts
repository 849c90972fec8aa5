import type { Component } from 'svelte';
import type { ChapterEntry, Course, Form } from '$lib/domain/documents/course';

/** What the page around a chapter gives to the component that shows it. */
export interface FormProps {
  course: Course;
  entry: ChapterEntry;
  /** Whether the person has finished it. */
  done: boolean;
  /** Where to begin: a named place of the chapter, or a share of its length. */
  anchor?: string;
  fraction: number;
  /** Called when the chapter stands on the screen: what could not be read cannot be finished. */
  onshown: () => void;
  /** Called when the person rests at a place, with the share of the chapter before it. */
  onplace: (fraction: number) => void;
  /** Follows a link to a chapter of the course and, in it, to a place. */
  go: (chapter: string, anchor?: string) => void;
  /** Marks the chapter as finished, and stays on it. */
  onfinish: () => Promise<boolean>;
}

type Load = () => Promise<{ default: Component<FormProps> }>;

/** The component of each form of chapter, fetched from the device when one is opened. */
const VIEWS: Partial<Record<Form, Load>> = {
  text: () => import('./text.svelte'),
  quiz: () => import('./quiz/quiz.svelte'),
  evaluation: () => import('./quiz/quiz.svelte'),
  assignment: () => import('./assignment.svelte'),
  audio: () => import('./recording.svelte'),
  video: () => import('./recording.svelte'),
  document: () => import('./document.svelte'),
  package: () => import('./package.svelte')
};

/** The component that shows a chapter of this form; undefined when this build has none. */
export const viewOf = (form: Form): Load | undefined => VIEWS[form];
