import * as v from 'valibot';
import { answers as answersSchema, type Answer, type Answers } from '$lib/domain/documents/attempt';
import { quiz as quizSchema, type Question, type Quiz } from '$lib/domain/documents/quiz';
import type { ChapterEntry } from '$lib/domain/documents/course';
import { arrange, type Arrangement } from '$lib/domain/learning/arrange';
import type { Store } from '$lib/store/types';
import { startTime } from './hand-in';

/** What is kept of a quiz that is under way. */
interface Kept {
  file: string;
  startedAt: string;
  arrangement: Arrangement;
  answers: Answers;
  index: number;
}

/** The quiz from this device; undefined when it is not here. Throws when it cannot be read. */
export async function readQuiz(store: Store, entry: ChapterEntry): Promise<Quiz | undefined> {
  const bytes = await store.piece(entry.file.sha256);
  return bytes && v.parse(quizSchema, JSON.parse(new TextDecoder().decode(bytes)));
}

/**
 * Answering a quiz. Every answer is kept, sealed, as soon as it is given: a lock, a crash or a week of other things lose
 * none of them.
 */
export class Draft {
  index = $state(0);
  answers = $state.raw<Answers>({});
  /** Whether questions are being answered. */
  isOpen = $state(false);
  startedAt = '';
  readonly quiz: Quiz;
  readonly #store: Store;
  readonly #name: string;
  readonly #file: string;
  #arrangement = $state.raw<Arrangement>({ questions: [], choices: {} });

  constructor(store: Store, quiz: Quiz, course: string, entry: ChapterEntry) {
    this.#store = store;
    this.quiz = quiz;
    this.#name = `quiz:${course}:${entry.id}`;
    this.#file = entry.file.sha256;
  }

  /** The questions in the order in which this person gets them. */
  get questions(): Question[] {
    return this.#arrangement.questions.flatMap((id) => this.quiz.questions.find((one) => one.id === id) ?? []);
  }

  get question(): Question | undefined {
    return this.questions[this.index];
  }

  orderOf(question: Question): string[] | undefined {
    return this.#arrangement.choices[question.id];
  }

  isAnswered(question: Question): boolean {
    return Object.hasOwn(this.answers, question.id);
  }

  /** Goes on with what was kept; answers to another edition's questions are not answers to these. */
  async resume(): Promise<void> {
    const kept = await this.#store.setting<Kept>(this.#name);
    if (kept?.file !== this.#file || !v.is(answersSchema, kept.answers)) return;
    this.startedAt = kept.startedAt;
    this.#arrangement = kept.arrangement;
    this.answers = kept.answers;
    this.index = Math.min(kept.index, this.quiz.questions.length - 1);
    this.isOpen = true;
  }

  async begin(): Promise<void> {
    this.#arrangement = arrange(this.quiz);
    // An order that is left as it came is an answer as well.
    const orders = this.quiz.questions.filter(({ kind }) => kind === 'order');
    this.answers = Object.fromEntries(orders.map(({ id }) => [id, this.#arrangement.choices[id] ?? []]));
    this.startedAt = startTime();
    this.index = 0;
    this.isOpen = true;
    await this.#keep();
  }

  async answer(question: Question, answer: Answer | undefined): Promise<void> {
    const rest = Object.fromEntries(Object.entries(this.answers).filter(([id]) => id !== question.id));
    const isEmpty = answer === undefined || (Array.isArray(answer) && answer.length === 0);
    this.answers = isEmpty ? rest : { ...rest, [question.id]: answer };
    await this.#keep();
  }

  async turn(index: number): Promise<void> {
    this.index = index;
    await this.#keep();
  }

  /** Forgets the answers, which are kept as an attempt now. */
  async end(): Promise<void> {
    this.isOpen = false;
    this.answers = {};
    await this.#store.setSetting(this.#name, undefined);
  }

  #keep(): Promise<void> {
    const kept: Kept = {
      file: this.#file,
      startedAt: this.startedAt,
      arrangement: this.#arrangement,
      answers: this.answers,
      index: this.index
    };
    return this.#store.setSetting(this.#name, kept);
  }
}
