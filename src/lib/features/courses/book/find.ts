/** A text made comparable, with the place of each of its characters in the text as it was. */
export interface Folded {
  text: string;
  /** For each character of `text`, and for its end, where it stands in the original. */
  places: Uint32Array;
}

const MARKS = /[\p{Mn}\p{Me}\p{Cf}\u0640]/gu;

/** Letters without case, accents, vowel signs, joiners and Arabic stretching; white space of any length as one space. */
export function fold(original: string): Folded {
  const places: number[] = [];
  let text = '';
  let at = 0;
  for (const character of original) {
    const folded = foldOne(character);
    if (folded !== ' ' || (text !== '' && !text.endsWith(' '))) {
      for (let index = 0; index < folded.length; index += 1) places.push(at);
      text += folded;
    }
    at += character.length;
  }
  places.push(original.length);
  return { text, places: Uint32Array.from(places) };
}

function foldOne(character: string): string {
  const code = character.charCodeAt(0);
  if (code <= 32) return ' ';
  if (code < 128) return character.toLowerCase();
  return character.normalize('NFKD').replace(MARKS, '').replace(/\s+/g, ' ').toLowerCase();
}

export interface Hit {
  from: number;
  to: number;
  before: string;
  found: string;
  after: string;
}

/** How much of what stands around a hit is shown. */
const AROUND = 60;

/** Places of a word or phrase in a text, at most `most`, each with what stands around it on its line. */
export function find(query: string, original: string, most: number): Hit[] {
  const wanted = fold(query).text.trim();
  if (wanted === '') return [];
  const { text, places } = fold(original);
  const hits: Hit[] = [];
  let at = text.indexOf(wanted);
  while (at >= 0 && hits.length < most) {
    const from = places[at] ?? 0;
    const to = places[at + wanted.length] ?? original.length;
    hits.push({
      from,
      to,
      before: original.slice(Math.max(0, from - AROUND), from).replace(/^[\uDC00-\uDFFF]|^.*\n/gs, ''),
      found: original.slice(from, to),
      after: original.slice(to, to + AROUND).replace(/[\uD800-\uDBFF]$|\n.*$/gs, '')
    });
    at = text.indexOf(wanted, at + wanted.length);
  }
  return hits;
}
