/** Appearance of a picture that is drawn from an id: always the same for the same id, different for most others. */
export interface AvatarLook {
  /** Degrees on the colour wheel. */
  hue: number;
  /** Which of the drawn patterns. */
  pattern: 0 | 1 | 2 | 3;
}

/** FNV-1a, 32 bits: small and well spread; no secret depends on it. */
const hash = (text: string): number => {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
};

export const lookOf = (id: string): AvatarLook => {
  const value = hash(id);
  return { hue: (value % 24) * 15, pattern: ((value >>> 8) % 4) as AvatarLook['pattern'] };
};

/** Academic titles and particles that are no part of a name's initials. */
const TITLE = /^(dr|drs|dra|ir|prof|h|hj|s|m|st|spd|kom)$/i;

/** One or two letters for a name, without academic titles: "Dr. Siti Rahmawati, M.Pd." gives "SR". */
export function initialsOf(name: string): string {
  const words = (name.split(',')[0] ?? '').split(/[\s.]+/).filter((word) => /^\p{L}/u.test(word) && !TITLE.test(word));
  const first = words[0]?.[0] ?? name.trim()[0] ?? '?';
  const last = words.length > 1 ? (words[words.length - 1]?.[0] ?? '') : '';
  return (first + last).toLocaleUpperCase('id');
}
