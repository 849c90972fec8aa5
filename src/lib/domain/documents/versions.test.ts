import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonical } from '../merge/canonical.ts';
import { advance, describeSelf, react, rewrite, showField } from './compose.ts';
import { mergeOwn, parseInbox, parseOwn, parseShared, type OwnDocument, type OwnType } from './index.ts';
import { INBOX_SAMPLES, OWN_SAMPLES, SHARED_SAMPLES, type Sample } from './testing/samples.ts';
import { isNewer, SCHEMAS, upgraded, UPGRADES, type DocumentKind } from './versions.ts';

type Parse = (value: unknown) => object | undefined;

const ALL = [
  ['own', parseOwn, OWN_SAMPLES],
  ['inbox', parseInbox, INBOX_SAMPLES],
  ['shared', parseShared, SHARED_SAMPLES]
] as const;

const EVERY = ALL.flatMap(([kind, parse, samples]) =>
  Object.entries(samples).map(([type, sample]): [DocumentKind, string, Parse, fc.Arbitrary<Sample>] => [
    kind,
    type,
    parse,
    sample
  ])
);

/** Fields of an app two versions on, with names that no field of today has. */
const additions = fc.dictionary(fc.stringMatching(/^new[A-Z][a-z]{1,8}$/), fc.jsonValue(), { maxKeys: 3 });

const read = (doc: unknown): OwnDocument => {
  const parsed = parseOwn(doc);
  if (!parsed) throw new Error(`not readable: ${JSON.stringify(doc)}`);
  return parsed;
};

describe.each(EVERY)('%s %s', (kind, type, parse, sample) => {
  test('reads what this build writes, and keeps what a newer app added', () => {
    fc.assert(
      fc.property(sample, additions, (doc, more) => {
        expect(parse({ ...doc, ...more })).toEqual({ ...doc, ...more });
      })
    );
  });

  test('does not take a newer schema, or none, for one of its own', () => {
    fc.assert(
      fc.property(sample, fc.integer({ min: 1, max: 5 }), (doc, by) => {
        const newer = { ...doc, schema: doc.schema + by };
        expect(isNewer(newer)).toBe(true);
        expect(parse(newer)).toBeUndefined();
        expect(isNewer(doc)).toBe(false);
        for (const schema of [0, -1, 1.5, '1', null]) expect(parse({ ...doc, schema })).toBeUndefined();
      })
    );
  });

  test('never throws, whatever a field holds', () => {
    fc.assert(
      fc.property(sample, fc.nat(), fc.anything(), (doc, at, poison) => {
        const names = Object.keys(doc);
        const spoiled = { ...doc, [names[at % names.length] ?? 'type']: poison };
        expect(() => parse(spoiled)).not.toThrow();
      })
    );
  });

  test('has a step for every schema that there ever was', () => {
    const { [type]: newest } = SCHEMAS as Record<string, number>;
    expect(UPGRADES[kind][type]?.length ?? 0).toBe((newest ?? 0) - 1);
  });
});

test('every type has samples, so that none is forgotten', () => {
  expect(new Set(EVERY.map(([, type]) => type))).toEqual(new Set(Object.keys(SCHEMAS)));
});

test('an older document goes up step by step, a current or newer one is left alone', () => {
  const upgrades = {
    inbox: {},
    shared: {},
    own: {
      post: [
        (doc: Record<string, unknown>) => ({ ...doc, schema: 2, room: doc.channel }),
        (doc: Record<string, unknown>) => ({ ...doc, schema: 3, rooms: [doc.room] })
      ]
    }
  };
  const at = (schema: number) => upgraded('own', { type: 'post', schema, channel: 'a', room: 'b' }, upgrades);
  expect(at(1)).toMatchObject({ schema: 3, rooms: ['a'] });
  expect(at(2)).toMatchObject({ schema: 3, rooms: ['b'] });
  expect(at(3)).not.toHaveProperty('rooms');
  expect(at(4)).toMatchObject({ schema: 4, room: 'b' });
  expect(upgraded('own', { type: 'constructor', schema: 1 }, upgrades)).toEqual({ type: 'constructor', schema: 1 });
  for (const value of [null, 'text', [], { type: 'post', schema: 'x' }]) {
    expect(upgraded('own', value, upgrades)).toEqual(value);
  }
});

describe('what only a newer app knows', () => {
  const versions = fc
    .oneof(...Object.values(OWN_SAMPLES))
    .chain((doc) => fc.tuple(...[1, 2, 3].map(() => additions.map((more) => read({ ...doc, ...more })))));

  test('survives merging: commutative, associative, idempotent, and no field is dropped', () => {
    fc.assert(
      fc.property(versions, ([a, b, c]) => {
        if (!a || !b || !c) return;
        const ab = mergeOwn(a, b);
        expect(canonical(ab)).toBe(canonical(mergeOwn(b, a)));
        expect(canonical(mergeOwn(ab, c))).toBe(canonical(mergeOwn(a, mergeOwn(b, c))));
        expect(canonical(mergeOwn(ab, ab))).toBe(canonical(ab));
        expect(new Set(Object.keys(ab))).toEqual(new Set([...Object.keys(a), ...Object.keys(b)]));
        expect(parseOwn(ab)).toBeDefined();
      })
    );
  });

  test('follows the edit that set it', () => {
    fc.assert(
      fc.property(OWN_SAMPLES.post, (doc) => {
        const old = read({ ...doc, newMood: { edit: '019b0000-0000-7000-8000-000000000001', value: 'zzz' } });
        const now = read({ ...doc, newMood: { edit: '019b0000-0000-7000-8000-000000000002', value: 'aaa' } });
        expect(mergeOwn(old, now)).toMatchObject({ newMood: { value: 'aaa' } });
        expect(mergeOwn(now, old)).toMatchObject({ newMood: { value: 'aaa' } });
      })
    );
  });

  test('survives every kind of edit by this build', () => {
    const place = { chapter: 'satu', fraction: 1 };
    fc.assert(
      fc.property(fc.oneof(...Object.values(OWN_SAMPLES)), additions, (sample, more) => {
        const doc = read({ ...sample, ...more });
        const edits: Partial<Record<OwnType, () => unknown>> = {
          post: () => doc.type === 'post' && rewrite(doc, 'baru'),
          comment: () => doc.type === 'comment' && rewrite(doc, 'baru'),
          reaction: () => doc.type === 'reaction' && react('x', doc.channel, doc.post, 'suka', doc),
          profile: () =>
            doc.type === 'profile' && showField('x', describeSelf('x', doc, 'about', 'baru'), 'about', 'self'),
          progress: () => doc.type === 'progress' && advance(doc.course, doc, place, true)
        };
        // Other types have their edits in the features that make them; they only pass fields on.
        const edited = edits[doc.type]?.() ?? mergeOwn(doc, doc);
        expect(edited).toMatchObject(more);
        expect(parseOwn(edited)).toEqual(edited);
      })
    );
  });
});

test('names that only a newer server or app knows do not make a document unreadable', () => {
  fc.assert(
    fc.property(
      INBOX_SAMPLES.receipt,
      INBOX_SAMPLES.membership,
      OWN_SAMPLES.profile,
      (receipt, membership, profile) => {
        expect(parseInbox({ ...receipt, status: 'refused', reason: 'too-loud' })).toMatchObject({ reason: 'too-loud' });
        expect(parseInbox({ ...membership, roles: ['staff', 'auditor'] })).toBeDefined();
        const register = { versions: [{ edit: profile.edit, text: 'catur' }], past: [] };
        const fields = { ...(profile.fields as object), hobbies: register };
        expect(parseOwn({ ...profile, fields })).toMatchObject({ fields: { hobbies: register } });
      }
    )
  );
});
