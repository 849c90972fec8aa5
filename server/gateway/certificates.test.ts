import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { certificateStatus, issuerAnswer } from '../../src/lib/domain/credentials/answers.ts';
import { holderOf } from '../../src/lib/domain/credentials/badge.ts';
import { checkCredential } from '../../src/lib/domain/credentials/check.ts';
import { personDatabase } from '../../src/lib/domain/databases.ts';
import { certificate, type Certificate } from '../../src/lib/domain/documents/certificate.ts';
import type { Course } from '../../src/lib/domain/documents/course.ts';
import { docId } from '../../src/lib/domain/ids.ts';
import { makeIssue, type Issue } from '../credentials/issue.ts';
import { issuerOf } from '../credentials/issuer.ts';
import { openIssuerKeys, type IssuerKeys } from '../credentials/keys.ts';
import { openCertificates, type CertificateRecords } from '../credentials/records.ts';
import { revoke } from '../credentials/revoke.ts';
import { openDatabase } from '../registry/database.ts';
import { makePerson, openTestGateway, type TestGateway } from './fixtures.ts';

const NIP = '199603212019122002';
const guru = makePerson('guru', {
  record: { nip: { value: NIP, source: 'BKN', asOf: '2026-01-01T00:00:00.000Z' } }
});
const course: Course = {
  _id: docId('course', '0190c0de-0000-7000-8000-000000000000'),
  type: 'course',
  schema: 2,
  createdAt: '2026-01-01T00:00:00.000Z',
  zone: 'UTC',
  title: 'Netralitas ASN',
  summary: '',
  publisher: 'BKPSDM Kabupaten Natuna',
  language: 'id',
  direction: 'ltr',
  kind: 'course',
  topics: [],
  learningHours: 2,
  competencies: [{ code: 'integritas', level: 2 }],
  chapters: [
    {
      id: 'satu',
      title: 'Satu',
      form: 'text',
      file: { sha256: 'a'.repeat(64), size: 1, type: 'application/json' },
      images: []
    }
  ],
  size: 1,
  publishedAt: '2026-01-01T00:00:00.000Z'
};

let gateway: TestGateway;
let keys: IssuerKeys;
let records: CertificateRecords;
let issue: Issue;

beforeAll(async () => {
  gateway = await openTestGateway([guru]);
  keys = openIssuerKeys(gateway.couch, gateway.data);
  records = openCertificates(gateway.couch, 'courier');
  issue = makeIssue({ records, keys, issuer: issuerOf({}) });
});
afterAll(() => gateway.close());

const NOW = '2026-11-25T01:02:03.000Z';
const get = (url: string) => gateway.app.inject({ url });
const statusOf = async (given: string) => v.parse(certificateStatus, (await get(`/api/certificates/${given}`)).json());
const issuer = async () => v.parse(issuerAnswer, (await get('/api/issuer')).json());

describe('a finished course', () => {
  test('gets one certificate, whoever issues it how often', async () => {
    const [one, two] = await Promise.all([issue(guru, course, NOW), issue(guru, course, NOW)]);
    const third = await issue(
      guru,
      { ...course, edition: { number: 3, since: NOW, note: '' } },
      '2027-01-01T00:00:00.000Z'
    );
    expect(two).toEqual(one);
    expect(third).toEqual(one);
    expect(v.is(certificate, one)).toBe(true);
  });

  test('that anybody checks with the published key, and that says her name and no other number of hers', async () => {
    const { credential, number } = await issue(guru, course, NOW);
    const checked = await checkCredential(credential, await issuer());
    if (checked.kind !== 'valid') throw new Error(checked.kind);
    expect(holderOf(checked.badge)).toBe('Nama guru');
    expect(checked.badge.credentialSubject).toMatchObject({ licenseNumber: number, creditsEarned: 2 });
    const text = Buffer.from(credential.split('.')[1] ?? '', 'base64url').toString();
    for (const secret of [NIP, guru.id, guru.account]) expect(text.replace('Nama guru', '')).not.toContain(secret);
  });
});

describe('what anybody may ask', () => {
  let held: Certificate;
  beforeAll(async () => {
    held = await issue(guru, course, NOW);
  });

  test('the status by number or UUID, without a sign-in and without a name', async () => {
    const record = await records.find(held.number);
    for (const given of [held.number, held.number.toLowerCase().replaceAll('-', ''), record?.credential ?? '']) {
      const answer = await get(`/api/certificates/${given}`);
      expect(answer.json()).toEqual({ state: 'valid', title: course.title, issuedAt: NOW, now: expect.any(String) });
      expect(answer.headers['cache-control']).toBe('no-store');
    }
  });

  test('what is not known is not known, and the id of a record, which follows from the person, opens nothing', async () => {
    const guess = held._id.slice('certificate:'.length);
    for (const given of [guess, crypto.randomUUID(), 'SA-2026-AAAAA-AAAAA', 'halo', guru.id])
      expect(await statusOf(given)).toMatchObject({ state: 'unknown' });
    const year = held.number.replace('2026', '2025');
    expect(await statusOf(year)).toMatchObject({ state: 'unknown' });
  });

  test('a key by its address, and nothing private with it', async () => {
    const { id } = await keys.signing();
    const answer = await get(`/api/issuer/keys/${id}`);
    expect(answer.json()).toMatchObject({ kty: 'EC', crv: 'P-256', kid: id, alg: 'ES256' });
    expect(Object.keys(answer.json<object>())).not.toContain('d');
    expect((await get('/api/issuer/keys/lain')).statusCode).toBe(404);
    expect((await get('/api/issuer')).headers['cache-control']).toBe('public, max-age=300');
  });

  test('after many questions the rest has to wait', async () => {
    const answers = await Promise.all(Array.from({ length: 130 }, () => get('/api/certificates/halo')));
    expect(answers.map(({ statusCode }) => statusCode)).toContain(429);
  });
});

describe('a key and a certificate that came to their end', () => {
  test('a new key signs, and what the old one signed stays valid', async () => {
    const old = await issue(guru, course, NOW);
    const before = await keys.signing();
    await keys.rotate();
    expect((await keys.signing()).id).not.toBe(before.id);
    const other = { ...course, _id: docId('course', '0190c0de-0000-7000-8000-000000000001') };
    const fresh = await issue(guru, other, NOW);
    const known = { ...(await publicOnly()), revoked: [] };
    expect(known.keys).toHaveLength(2);
    for (const { credential } of [old, fresh]) expect((await checkCredential(credential, known)).kind).toBe('valid');
  });

  test('one that is revoked says so to whoever asks, on her devices, and is not issued again', async () => {
    const held = await issue(guru, course, NOW);
    const record = await records.find(held.number);
    if (!record) throw new Error('no record');
    const at = await revoke(gateway.couch, records, record);
    expect(await revoke(gateway.couch, records, record)).toBe(at);
    const own = await openDatabase(gateway.couch, 'courier', personDatabase(guru.id)).get<Certificate>(held._id);
    expect(own).toMatchObject({ revoked: at, number: held.number });
    expect(await issue(guru, course, NOW)).toEqual({ ...held, revoked: at });
    expect(await records.revoked()).toEqual([{ id: record.credential, at }]);
  });
});

/** The published keys, asked past the limit that the last test has reached. */
async function publicOnly() {
  const { publicKeys } = await import('../credentials/keys.ts');
  return { ...issuerOf({}), keys: await publicKeys(gateway.couch), now: NOW };
}
