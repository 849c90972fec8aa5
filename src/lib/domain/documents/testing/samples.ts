import fc from 'fast-check';
import { docId, uuidv7 } from '../../ids.ts';
import { COURSE_KINDS, FORMS } from '../course.ts';
import { EVENT_KINDS } from '../event.ts';
import type { InboxType, OwnType, SharedType } from '../index.ts';
import { MARK_COLOURS } from '../mark.ts';
import { TOPICS } from '../post.ts';
import { REACTIONS } from '../reaction.ts';
import { RECORD_FIELDS } from '../record.ts';
import { SHAREABLE_RECORD_FIELDS, SELF_FIELDS } from '../profile.ts';
import { SCHEMAS, type DocumentType } from '../versions.ts';

/** Arbitrary documents of every type, as this build writes them, for property tests. */
export type Sample = { _id: string; type: DocumentType; schema: number } & Record<string, unknown>;

const ME = '0b9d1a52-7f0e-4c57-9a41-2f6d4f9b7a10';
const DAY = 86_400_000;
const T0 = Date.UTC(2026, 0, 1);

const time = fc.integer({ min: 0, max: 700 * DAY }).map((ms) => T0 + ms);
const iso = time.map((ms) => new Date(ms).toISOString());
const uuid = time.map((ms) => uuidv7(ms));
const word = fc.string({ minLength: 1, maxLength: 20 }).map((text) => text.replace(/\p{Cc}/gu, ' '));
const sha256 = fc.stringMatching(/^[0-9a-f]{64}$/);
const ref = (type: string) => uuid.map((part) => docId(type, part));

const head = <T extends DocumentType>(type: T, _id: fc.Arbitrary<string>) => ({
  _id,
  type: fc.constant(type),
  schema: fc.constant(SCHEMAS[type]),
  createdAt: iso,
  zone: fc.constantFrom('Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura')
});

const register = fc
  .tuple(uuid, fc.string({ maxLength: 40 }), fc.array(uuid, { maxLength: 2 }))
  .map(([edit, text, past]) => ({ versions: [{ edit, text }], past }));
const own = <T extends OwnType>(type: T, _id = ref(type)) => ({ ...head(type, _id), edit: uuid });
const by = fc.record({ id: uuid, name: word, position: word, unit: word });
const shared = <T extends DocumentType>(type: T, _id = ref(type)) => ({ ...head(type, _id), receivedAt: iso, by });
const file = fc.record({ sha256, size: fc.nat(), type: fc.constant('application/json') });
const perField = <T>(names: readonly string[], value: fc.Arbitrary<T>) =>
  fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 3 });

const reacted = ref('reaction').map((id) => `${id}.${ME}`);
const channel = fc.constant('nasional');
const topic = fc.constantFrom(...TOPICS);

export const OWN_SAMPLES: Record<OwnType, fc.Arbitrary<Sample>> = {
  post: fc.record({ ...own('post'), channel, topic, body: register }),
  comment: fc.record({ ...own('comment'), channel, post: ref('post'), body: register }),
  reaction: fc.record({
    ...own('reaction', reacted),
    channel,
    post: ref('post'),
    kind: fc.constantFrom(null, ...REACTIONS)
  }),
  profile: fc.record({
    ...own('profile'),
    fields: perField(SELF_FIELDS, register),
    visibility: perField(SELF_FIELDS, fc.record({ to: fc.constantFrom('self', 'agency'), edit: uuid }))
  }),
  progress: fc.record({
    ...own('progress'),
    course: ref('course'),
    done: perField(['satu', 'dua'], iso),
    place: fc.option(fc.record({ chapter: word, fraction: fc.constantFrom(0, 0.5, 1), edit: uuid }))
  }),
  attempt: fc.record({
    ...own('attempt'),
    course: ref('course'),
    chapter: word,
    kind: fc.constant('practice'),
    startedAt: iso,
    finishedAt: iso,
    answers: perField(['satu', 'dua'], word),
    score: fc.constantFrom(0, 0.5, 1)
  }),
  submission: fc.record({
    ...own('submission'),
    course: ref('course'),
    chapter: word,
    file: fc.record({
      sha256,
      size: fc.integer({ min: 1, max: 5_000_000 }),
      type: fc.constant('application/pdf'),
      name: word,
      edit: uuid
    }),
    note: register
  }),
  mark: fc.record({
    ...own('mark'),
    course: ref('course'),
    chapter: word,
    from: fc.nat(),
    to: fc.nat(),
    quote: word,
    before: word,
    after: word,
    colour: fc.record({ value: fc.constantFrom(...MARK_COLOURS), edit: uuid }),
    note: register
  }),
  runtime: fc.record({
    ...own('runtime'),
    course: ref('course'),
    entries: perField(
      ['satu', 'dua'],
      fc.record({
        completed: fc.boolean(),
        success: fc.constantFrom('unknown', 'failed', 'passed'),
        score: fc.constantFrom(null, 0, 0.5, 1),
        seconds: fc.nat(),
        data: fc.record({ json: word, edit: uuid })
      })
    )
  }),
  study: fc.record({
    ...own('study'),
    year: fc.constant(2026),
    seconds: perField(['satu', 'dua'], perField(['2026-01-01', '2026-01-02'], fc.integer({ min: 0, max: 86_400 })))
  })
};

export const INBOX_SAMPLES: Record<InboxType, fc.Arbitrary<Sample>> = {
  receipt: fc.record({
    ...head('receipt', ref('receipt:post')),
    of: ref('post'),
    edit: uuid,
    status: fc.constantFrom('delivered', 'refused'),
    at: iso
  }),
  record: fc.record({
    ...head('record', ref('record')),
    fields: perField(RECORD_FIELDS, fc.record({ value: word, source: fc.constant('BKN'), asOf: iso }))
  }),
  membership: fc.record({
    ...head('membership', ref('membership')),
    person: uuid,
    agency: fc.constant('kab-jayawijaya'),
    roles: fc.constant(['staff']),
    channels: fc.array(fc.record({ id: channel, title: word, kind: fc.constant('national') }), { maxLength: 2 })
  }),
  grade: fc.record({
    ...head('grade', ref('grade')),
    of: ref('attempt'),
    course: ref('course'),
    chapter: word,
    status: fc.constantFrom('passed', 'failed', 'refused'),
    at: iso
  }),
  certificate: fc.record({
    ...head('certificate', ref('certificate')),
    course: ref('course'),
    title: word,
    publisher: word,
    learningHours: fc.nat(),
    number: word,
    issuedAt: iso,
    credential: fc.constant('a.b.c')
  }),
  enrolment: fc.record({ ...head('enrolment', ref('enrolment')), course: ref('course'), startedAt: iso })
};

export const SHARED_SAMPLES: Record<SharedType, fc.Arbitrary<Sample>> = {
  post: fc.record({ ...shared('post'), channel, topic, text: fc.string() }),
  comment: fc.record({ ...shared('comment'), channel, post: ref('post'), text: fc.string() }),
  reaction: fc.record({
    ...shared('reaction', reacted),
    channel,
    post: ref('post'),
    kind: fc.constantFrom(...REACTIONS)
  }),
  profile: fc.record({ ...shared('profile'), fields: perField(SHAREABLE_RECORD_FIELDS, word) }),
  course: fc.record({
    ...head('course', ref('course')),
    title: word,
    summary: word,
    publisher: word,
    language: fc.constant('id'),
    direction: fc.constant('ltr'),
    kind: fc.constantFrom(...COURSE_KINDS),
    topics: fc.array(word, { maxLength: 2 }),
    learningHours: fc.nat(),
    chapters: fc.array(
      fc.record({
        id: word,
        title: word,
        form: fc.constantFrom(...FORMS),
        file,
        images: fc.array(file, { maxLength: 1 })
      }),
      {
        minLength: 1,
        maxLength: 2
      }
    ),
    size: fc.nat(),
    publishedAt: iso
  }),
  channel: fc.record({
    ...head('channel', ref('channel')),
    title: word,
    kind: fc.constant('unit'),
    about: word
  }),
  event: fc.record({
    ...head('event', ref('event')),
    title: word,
    summary: word,
    kind: fc.constantFrom(...EVENT_KINDS),
    organiser: word,
    startsAt: iso,
    endsAt: iso,
    topics: fc.array(word, { maxLength: 2 }),
    language: fc.constant('id'),
    publishedAt: iso
  }),
  takers: fc.record({
    ...head('takers', ref('takers')),
    courses: perField(['course:satu'], fc.integer({ min: 3 })),
    asOf: iso
  })
};
