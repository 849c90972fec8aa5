import type { Random } from './random.ts';

/** Gives the words for a slot's name; the same name means the same words within one text. */
export type Slots = (name: string) => string;

/**
 * Expands a phrase: `[a|b|c]` is one of several wordings (may be nested or empty), `{name}` a slot, `{3..9}` a number,
 * `{n=3..9}` a number that `{n}` repeats, `¶` a blank line and `↵` a line break.
 * Sentences begin with a capital whatever their first slot gave.
 */
export function expand(phrase: string, random: Random, slots: Slots): string {
  const filled = choose(phrase, random).replaceAll(/\{([^}]+)\}/g, (_, name: string) => fill(name, random, slots));
  return filled
    .replaceAll('¶', '\n\n')
    .replaceAll('↵', '\n')
    .replaceAll(/ *\n */g, '\n')
    .replaceAll(/ {2,}/g, ' ')
    .replaceAll(/ ([.,!?:;])/g, '$1')
    .trim()
    .replaceAll(/(^|[.!?]\s+|\n)(\p{Ll})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());
}

const numbers = new WeakMap<Slots, Map<string, string>>();

function fill(name: string, random: Random, slots: Slots): string {
  const known = numbers.get(slots) ?? new Map<string, string>();
  numbers.set(slots, known);
  const range = /^(?:(\w+)=)?(\d+)\.\.(\d+)$/.exec(name);
  if (!range) return known.get(name) ?? slots(name);
  const value = String(random.int(Number(range[2]), Number(range[3])));
  if (range[1]) known.set(range[1], value);
  return value;
}

/** Innermost brackets first, until none are left. */
function choose(phrase: string, random: Random): string {
  const inner = /\[([^[\]]*)\]/;
  let text = phrase;
  for (let match = inner.exec(text); match; match = inner.exec(text)) {
    const option = random.pick((match[1] ?? '').split('|'));
    text = text.slice(0, match.index) + option + text.slice(match.index + match[0].length);
  }
  return text;
}
