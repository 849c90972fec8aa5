import type { Topic } from '../../src/lib/domain/documents/post.ts';
import type { Voice } from './types.ts';

/**
 * Something that happens in the life of a civil servant, as a phrase (`phrase.ts`). `>>` begins a reply that fits only
 * here; without any, the replies of the topic are used.
 */
export interface Situation {
  /** Distinguishes situations: name of the bank and place in it. */
  id: string;
  topic: Topic;
  /** Who could say it. */
  by: Voice[];
  /** Where it fits: `u` unit, `a` agency, `n` nation. */
  at: string;
  /** Only in this agency. */
  only?: string;
  text: string;
  replies: string[];
}

type Where = Pick<Situation, 'topic' | 'by' | 'at' | 'only'>;

/** Builds a bank of situations that share topic, voice and place. */
export function bank(name: string, where: Where, texts: string[]): Situation[] {
  return texts.map((entry, index) => {
    const [text = '', ...replies] = entry.split('>>').map((part) => part.trim());
    return { id: `${name}-${index}`, ...where, text, replies };
  });
}
