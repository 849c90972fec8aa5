import { describe, expect, test } from 'vitest';
import { initialsOf, lookOf } from './avatar-look';

describe('a drawn picture', () => {
  test('leaves academic titles out of the initials', () => {
    expect(initialsOf('Dr. Siti Rahmawati, M.Pd.')).toBe('SR');
    expect(initialsOf('Hj. Nur Aini')).toBe('NA');
  });

  test('knows names of one word, and nameless people', () => {
    expect(initialsOf('Suparman')).toBe('S');
    expect(initialsOf('')).toBe('?');
  });

  test('is the same for the same id and differs for most others', () => {
    const ids = Array.from({ length: 200 }, (_, index) => `person-${index}`);
    expect(ids.map(lookOf)).toEqual(ids.map(lookOf));
    expect(new Set(ids.map((id) => JSON.stringify(lookOf(id)))).size).toBeGreaterThan(60);
  });
});
