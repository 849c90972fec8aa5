import type { Query } from 'minisearch';
import { SHORT_FORMS } from '$lib/domain/text/synonyms';
import { wordForms } from '$lib/domain/text/word-forms';
import { STOP_WORDS, wordsOf } from '$lib/domain/text/words';

/** How much a form of the word counts beside the word itself. */
const FORM = 0.6;

/** A shorter word is the beginning of one in a title: elsewhere it would be the beginning of nearly everything. */
const TELLING = 3;

/** From this length on a word may be mistyped. */
const TYPED = 4;

/** Letters of a word that may be wrong, as a share of them. */
const WRONG = 0.2;

const exactly = { prefix: false, fuzzy: false, boostTerm: () => FORM } as const;

/** One word: as typed, perhaps not to its end, perhaps with a slip; in another form; or what it is short for. */
function wordQuery(word: string): Query {
  const [, ...forms] = wordForms(word);
  const long = SHORT_FORMS.get(word);
  return {
    combineWith: 'OR',
    queries: [
      {
        queries: [word],
        prefix: true,
        fuzzy: word.length >= TYPED && WRONG,
        ...(word.length < TELLING && { fields: ['title'] })
      },
      ...(forms.length ? [{ queries: forms, combineWith: 'OR', ...exactly } as const] : []),
      ...(long ? [{ combineWith: 'AND', queries: wordsOf(long).map(wordQuery) } as const] : [])
    ]
  };
}

/** What was typed as a query in which each word counts; undefined when nothing was. */
export function queryOf(typed: string): Query | undefined {
  const all = wordsOf(typed);
  const telling = all.filter((word) => !STOP_WORDS.has(word));
  const words = telling.length ? telling : all;
  return words.length ? { combineWith: 'AND', queries: words.map(wordQuery) } : undefined;
}
