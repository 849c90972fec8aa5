import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { docId } from '../ids.ts';
import { newText, setText, type TextRegister } from '../merge/text-register.ts';
import { histories, threeStates, type Kind } from '../merge/testing/history.ts';
import type { OwnComment } from './comment.ts';
import { MARK_COLOURS, type Mark } from './mark.ts';
import type { Runtime, RuntimeEntry } from './runtime.ts';
import type { Study } from './study.ts';
import type { Submission } from './submission.ts';
import { mergeOwn, parseOwn, type OwnDocument } from './index.ts';
import { TOPICS, type OwnPost } from './post.ts';
import { SELF_FIELDS, VISIBILITIES, type OwnProfile } from './profile.ts';
import type { Progress } from './progress.ts';
import { REACTIONS, type OwnReaction } from './reaction.ts';

const A = '6a1f2c3d-1111-4222-8333-444455556666';
const B = '7b2f2c3d-1111-4222-8333-444455556666';
const POST = docId('post', A);
const ZONES = ['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura'];

const pick = <T>(list: readonly T[], value: number): T => list[value % list.length] as T;
const time = (value: number): string => new Date(Date.UTC(2026, 0, 1) + value * 60_000).toISOString();

const first = <T extends string>(type: T, id: string, edit: string, value: number) => ({
  _id: id,
  type,
  schema: 1,
  createdAt: time(value),
  zone: pick(ZONES, value),
  edit
});

const post: Kind<OwnPost> = {
  shared: true,
  merge: mergeOwn,
  create: (edit, value) => ({
    ...first('post', POST, edit, value),
    channel: 'nasional',
    topic: pick(TOPICS, value),
    body: newText(edit, `teks ${value}`)
  }),
  change: (doc, edit, value) => ({
    ...doc,
    edit,
    channel: value % 5 ? doc.channel : `saluran-${value}`,
    topic: pick(TOPICS, value),
    body: setText(doc.body, edit, `teks ${value}`)
  })
};

const comment: Kind<OwnComment> = {
  shared: true,
  merge: mergeOwn,
  create: (edit, value) => ({
    ...first('comment', docId('comment', A), edit, value),
    channel: 'nasional',
    post: POST,
    body: newText(edit, `teks ${value}`)
  }),
  change: (doc, edit, value) => ({ ...doc, edit, body: setText(doc.body, edit, `teks ${value}`) })
};

const reaction: Kind<OwnReaction> = {
  shared: false,
  merge: mergeOwn,
  create: (edit, value) => ({
    ...first('reaction', docId('reaction', A, B), edit, value),
    channel: 'nasional',
    post: POST,
    kind: pick(REACTIONS, value)
  }),
  change: (doc, edit, value) => ({ ...doc, edit, kind: pick([...REACTIONS, null], value) })
};

const changeProfile = (doc: OwnProfile, edit: string, value: number): OwnProfile => {
  const field = pick(SELF_FIELDS, value);
  if (value % 3 === 0)
    return { ...doc, edit, visibility: { ...doc.visibility, [field]: { to: pick(VISIBILITIES, value), edit } } };
  const old: TextRegister | undefined = doc.fields[field];
  const text = old ? setText(old, edit, `teks ${value}`) : newText(edit, `teks ${value}`);
  return { ...doc, edit, fields: { ...doc.fields, [field]: text } };
};

const profile: Kind<OwnProfile> = {
  shared: false,
  merge: mergeOwn,
  create: (edit, value) =>
    changeProfile({ ...first('profile', docId('profile', A), edit, value), fields: {}, visibility: {} }, edit, value),
  change: changeProfile
};

const changeProgress = (doc: Progress, edit: string, value: number): Progress => {
  const chapter = `bab-${value % 4}`;
  const done = value % 3 === 0 && !doc.done[chapter] ? { ...doc.done, [chapter]: time(value) } : doc.done;
  const place = value % 7 === 0 ? doc.place : { chapter, fraction: (value % 100) / 100, edit };
  return { ...doc, edit, done, place };
};

const progress: Kind<Progress> = {
  shared: false,
  merge: mergeOwn,
  create: (edit, value) =>
    changeProgress(
      { ...first('progress', docId('progress', A), edit, value), course: docId('course', A), done: {}, place: null },
      edit,
      value
    ),
  change: changeProgress
};

const changeMark = (doc: Mark, edit: string, value: number): Mark =>
  value % 2
    ? { ...doc, edit, colour: { value: pick(MARK_COLOURS, value), edit } }
    : { ...doc, edit, note: setText(doc.note, edit, `catatan ${value}`) };

const mark: Kind<Mark> = {
  shared: true,
  merge: mergeOwn,
  create: (edit, value) => ({
    ...first('mark', docId('mark', A), edit, value),
    ...{ course: docId('course', A), chapter: 'satu', from: value, to: value + 1 },
    ...{ quote: 'kutipan', before: '', after: '' },
    colour: { value: pick(MARK_COLOURS, value), edit },
    note: newText(edit, '')
  }),
  change: changeMark
};

const changeRuntime = (doc: Runtime, edit: string, value: number): Runtime => {
  const chapter = `bab-${value % 3}`;
  const old = doc.entries[chapter];
  const reached: RuntimeEntry = {
    completed: old?.completed === true || value % 2 === 0,
    success: old?.success === 'passed' ? 'passed' : pick(['failed', 'passed'], value),
    score: Math.max(old?.score ?? 0, (value % 10) / 10),
    seconds: (old?.seconds ?? 0) + (value % 60),
    data: { json: `{"at":${value}}`, edit }
  };
  return { ...doc, edit, entries: { ...doc.entries, [chapter]: reached } };
};

const runtime: Kind<Runtime> = {
  shared: false,
  merge: mergeOwn,
  create: (edit, value) =>
    changeRuntime(
      { ...first('runtime', docId('runtime', A), edit, value), course: docId('course', A), entries: {} },
      edit,
      value
    ),
  change: changeRuntime
};

const changeStudy = (doc: Study, edit: string, value: number): Study => {
  const day = `2026-01-0${1 + (value % 7)}`;
  const old = doc.seconds[A] ?? {};
  return { ...doc, edit, seconds: { ...doc.seconds, [A]: { ...old, [day]: (old[day] ?? 0) + (value % 900) } } };
};

const study: Kind<Study> = {
  shared: false,
  merge: mergeOwn,
  create: (edit, value) =>
    changeStudy({ ...first('study', docId('study', A), edit, value), year: 2026, seconds: {} }, edit, value),
  change: changeStudy
};

const handedIn = (edit: string, value: number): Submission['file'] => ({
  sha256: `${value % 10}`.repeat(64),
  ...{ size: 1 + value, type: 'application/pdf', name: 'jurnal.pdf', edit }
});

const submission: Kind<Submission> = {
  shared: true,
  merge: mergeOwn,
  create: (edit, value) => ({
    ...first('submission', docId('submission', A), edit, value),
    ...{ course: docId('course', A), chapter: 'satu', file: handedIn(edit, value), note: newText(edit, '') }
  }),
  change: (doc, edit, value) =>
    value % 2
      ? { ...doc, edit, file: handedIn(edit, value) }
      : { ...doc, edit, note: setText(doc.note, edit, `catatan ${value}`) }
};

const KINDS = { post, comment, reaction, profile, progress, mark, runtime, study, submission } as unknown as Record<
  string,
  Kind<OwnDocument>
>;

const registersOf = (doc: OwnDocument): TextRegister[] =>
  doc.type === 'profile' ? Object.values(doc.fields) : 'body' in doc ? [doc.body] : 'note' in doc ? [doc.note] : [];
const versionsOf = (doc: OwnDocument) => registersOf(doc).flatMap(({ versions }) => versions);
const pastOf = (doc: OwnDocument) => registersOf(doc).flatMap(({ past }) => past);

describe.each(Object.entries(KINDS))('merging two versions of a %s', (_, kind) => {
  test('is commutative, associative and idempotent, to the byte', () => {
    fc.assert(
      fc.property(threeStates(kind), ([a, b, c]) => {
        const text = (doc: OwnDocument) => JSON.stringify(doc);
        expect(text(mergeOwn(a, b))).toBe(text(mergeOwn(b, a)));
        expect(text(mergeOwn(mergeOwn(a, b), c))).toBe(text(mergeOwn(a, mergeOwn(b, c))));
        expect(mergeOwn(a, a)).toEqual(a);
        expect(text(mergeOwn(mergeOwn(a, b), a))).toBe(text(mergeOwn(a, b)));
      }),
      { numRuns: 300 }
    );
  });

  test('gives a document that passes its schema', () => {
    fc.assert(
      fc.property(threeStates(kind), ([a, b]) => {
        const merged = mergeOwn(a, b);
        expect(parseOwn(merged)).toEqual(merged);
      })
    );
  });

  test('with an older state of its own changes nothing', () => {
    fc.assert(
      fc.property(histories(kind), ({ states, ancestors }) => {
        states.forEach((state, index) => {
          for (const older of ancestors[index] ?? []) expect(mergeOwn(older, state)).toEqual(state);
        });
      })
    );
  });

  test('loses no text that was not replaced', () => {
    fc.assert(
      fc.property(threeStates(kind), ([a, b]) => {
        const replaced = new Set([...pastOf(a), ...pastOf(b)]);
        const kept = versionsOf(mergeOwn(a, b));
        for (const version of [...versionsOf(a), ...versionsOf(b)]) {
          if (!replaced.has(version.edit)) expect(kept).toContainEqual(version);
        }
      })
    );
  });

  test('carries the newest edit, and drops what only the database says', () => {
    fc.assert(
      fc.property(threeStates(kind), ([a, b]) => {
        const merged = mergeOwn({ ...a, _rev: '1-a' }, { ...b, _rev: '2-b' });
        expect(merged.edit).toBe(a.edit > b.edit ? a.edit : b.edit);
        expect(merged).toEqual(mergeOwn(a, b));
      })
    );
  });
});

test('progress only grows', () => {
  fc.assert(
    fc.property(threeStates(progress), ([a, b]) => {
      const { done, place } = mergeOwn(a, b);
      for (const side of [a, b]) {
        for (const [chapter, at] of Object.entries(side.done)) expect((done[chapter] ?? '~') <= at).toBe(true);
      }
      const places = [a.place, b.place].filter((found) => found !== null);
      expect(place).toEqual(places.sort((x, y) => (x.edit < y.edit ? 1 : -1))[0] ?? null);
    })
  );
});
