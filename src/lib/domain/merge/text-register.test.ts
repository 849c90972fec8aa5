import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { newEdit } from '../ids.ts';
import { histories, threeStates, type Kind } from './testing/history.ts';
import {
  currentText,
  hasVersions,
  mergeText,
  newText,
  setText,
  textRegister,
  type TextRegister
} from './text-register.ts';

/** A register with the newest edit its device knows, as documents carry it. */
interface Field {
  edit: string;
  body: TextRegister;
}

const field: Kind<Field> = {
  shared: false,
  create: (edit, value) => ({ edit, body: newText(edit, `teks ${value}`) }),
  change: (doc, edit, value) => ({ edit, body: setText(doc.body, edit, `teks ${value}`) }),
  merge: (a, b) => ({ edit: a.edit >= b.edit ? a.edit : b.edit, body: mergeText(a.body, b.body) })
};

const edits = ({ versions }: TextRegister) => versions.map(({ edit }) => edit);

describe('merging texts', () => {
  test('is commutative, associative and idempotent', () => {
    fc.assert(
      fc.property(threeStates(field), ([{ body: a }, { body: b }, { body: c }]) => {
        expect(mergeText(a, b)).toEqual(mergeText(b, a));
        expect(mergeText(mergeText(a, b), c)).toEqual(mergeText(a, mergeText(b, c)));
        expect(mergeText(a, a)).toEqual(a);
        expect(mergeText(mergeText(a, b), a)).toEqual(mergeText(a, b));
      }),
      { numRuns: 500 }
    );
  });

  test('keeps exactly the texts that nobody who saw them replaced', () => {
    fc.assert(
      fc.property(histories(field), ({ states, last }) => {
        const replaced = new Set(states.flatMap(({ body }) => body.past));
        const written = new Map(states.flatMap(({ body }) => body.versions.map(({ edit, text }) => [edit, text])));
        const [first, ...rest] = last.map(({ body }) => body);
        if (!first) return;
        const merged = rest.reduce(mergeText, first);
        const expected = [...written].filter(([edit]) => !replaced.has(edit));
        expect(merged.versions.map(({ edit, text }) => [edit, text]).sort()).toEqual(expected.sort());
        expect(merged.versions.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 }
    );
  });

  test('a write replaces what its writer saw and nothing else', () => {
    fc.assert(
      fc.property(threeStates(field), ([{ body: seen, edit }, { body: unseen }]) => {
        const next = setText(seen, newEdit(edit), 'baru');
        const merged = mergeText(next, unseen);
        for (const gone of edits(seen)) expect(edits(merged)).not.toContain(gone);
        for (const { edit: own, text } of unseen.versions) {
          if (!next.past.includes(own)) expect(merged.versions).toContainEqual({ edit: own, text });
        }
      })
    );
  });

  test('keeps the schema, however many devices wrote at once', () => {
    const many = Array.from({ length: 60 }, (_, index) => newText(newEdit(undefined, index), `teks ${index}`));
    const merged = many.reduce(mergeText);
    expect(v.parse(textRegister, merged)).toEqual(merged);
    expect(merged.versions).toHaveLength(60);
  });
});

test('two devices that wrote apart give two versions, until one text replaces both', () => {
  const start = newText('018f0000-0000-7000-8000-000000000001', 'awal');
  const here = setText(start, '018f0000-0000-7000-8000-000000000002', 'sini');
  const there = setText(start, '018f0000-0000-7000-8000-000000000003', 'sana');
  const both = mergeText(here, there);
  expect(both.versions.map(({ text }) => text)).toEqual(['sini', 'sana']);
  expect(currentText(both)).toBe('sana');
  expect(hasVersions(both)).toBe(true);
  const chosen = setText(both, '018f0000-0000-7000-8000-000000000004', 'sini dan sana');
  expect(mergeText(chosen, there)).toEqual(chosen);
  expect(hasVersions(chosen)).toBe(false);
});
