import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { toBase64url } from '../parcel/base64url.ts';
import type { IssuerAnswer } from './answers.ts';
import { competenciesOf, holderOf, makeBadge, uuidOf, type Award } from './badge.ts';
import { checkCredential, readBadge } from './check.ts';
import { readGiven } from './given.ts';
import { signJws } from './jws.ts';
import { numberOf, parseCertificateNumber } from './number.ts';
import { shorten, unshorten } from './short.ts';

const ID = '6f1c2a3b-8d4e-4f50-9a6b-7c8d9e0f1a2b';
const award: Award = {
  id: ID,
  subject: 'b7a1c2d3-0e4f-4a5b-8c6d-1e2f3a4b5c6d',
  number: numberOf(ID, 2026),
  issuedAt: '2026-11-25T02:03:04.567Z',
  name: 'Maria Yuliana Kaize, S.Pd.SD',
  course: '0190c0de-0000-7000-8000-000000000000',
  title: 'Netralitas ASN di Dunia Maya dan Nyata',
  publisher: 'BKPSDM Kabupaten Natuna',
  language: 'id',
  learningHours: 2,
  narrative: 'Menyelesaikan semua bab dan lulus evaluasi.',
  competencies: [{ code: 'integritas', level: 2, name: 'Integritas, tingkat dasar' }]
};
const SERVER = { id: 'https://asn.example/api/issuer', name: 'SmartASN', url: 'https://asn.example' };

let jws: string;
let issuer: IssuerAnswer;
let pair: CryptoKeyPair;

beforeAll(async () => {
  pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  const key = {
    id: 'kunci-pertama',
    jwk: { kty: 'EC', crv: 'P-256', x, y },
    from: '2026-01-01T00:00:00.000Z'
  } as const;
  issuer = { ...SERVER, keys: [key], revoked: [], now: '2026-11-25T03:00:00.000Z' };
  jws = await signJws(await makeBadge(SERVER, award), pair.privateKey, `${SERVER.id}/keys/${key.id}`);
});

test('a credential is valid with the key that signed it, and says who, for what and when', async () => {
  const checked = await checkCredential(`\n${jws} `, issuer);
  if (checked.kind !== 'valid') throw new Error(checked.kind);
  expect(checked.issuer).toBe('SmartASN');
  expect(holderOf(checked.badge)).toBe(award.name);
  expect(checked.badge.credentialSubject.achievement.name).toBe(award.title);
  expect(checked.badge.credentialSubject.licenseNumber).toBe(award.number);
  expect(competenciesOf(checked.badge)).toEqual([{ code: 'integritas', level: 2 }]);
  expect(checked.revokedAt).toBeUndefined();
  expect(readBadge(jws)).toEqual(checked.badge);
});

test('one that was taken back says since when, as of what the device knows', async () => {
  const revoked = [{ id: ID, at: '2026-11-25T02:30:00.000Z' }];
  expect(await checkCredential(jws, { ...issuer, revoked })).toMatchObject({
    kind: 'valid',
    revokedAt: revoked[0]?.at,
    asOf: issuer.now
  });
});

describe('what nobody here signed', () => {
  test('an issuer that is not known, or whose keys never came', async () => {
    expect(await checkCredential(jws, undefined)).toEqual({ kind: 'unknown-issuer' });
    expect(await checkCredential(jws, { ...issuer, keys: [] })).toEqual({ kind: 'unknown-issuer' });
  });

  test('any character that is changed, whatever it is changed into, is refused', async () => {
    const characters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ é';
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.constantFrom(...characters), async (seed, character) => {
        const at = seed % jws.length;
        fc.pre(jws[at] !== character);
        const changed = jws.slice(0, at) + character + jws.slice(at + 1);
        fc.pre(changed.trim() !== jws);
        expect((await checkCredential(changed, issuer)).kind).not.toBe('valid');
      }),
      { numRuns: 2_000 }
    );
  });

  test('every single bit of the last character counts, also those that carry nothing', async () => {
    for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_') {
      const changed = jws.slice(0, -1) + character;
      if (changed !== jws) expect((await checkCredential(changed, issuer)).kind).not.toBe('valid');
    }
  });

  test.each([
    ['no signature', 'none'],
    ['a symmetric one', 'HS256'],
    ['another curve', 'ES384']
  ])('%s is not taken for one', async (_, alg) => {
    const [, body, end] = jws.split('.');
    const head = toBase64url(new TextEncoder().encode(JSON.stringify({ alg, typ: 'JWT', kid: 'kunci-pertama' })));
    expect((await checkCredential(`${head}.${body}.${end}`, issuer)).kind).not.toBe('valid');
  });

  test('claims that say something else than the credential are refused, whoever signed them', async () => {
    const payload = await makeBadge(SERVER, award);
    for (const change of [{ jti: `urn:uuid:${award.subject}` }, { iss: 'https://lain.example' }, { nbf: 1 }]) {
      const signed = await signJws({ ...payload, ...change }, pair.privateKey, 'kunci-pertama');
      expect(await checkCredential(signed, issuer)).toEqual({ kind: 'unreadable' });
    }
    const other = await signJws({ id: 'x' }, pair.privateKey, 'kunci-pertama');
    expect(await checkCredential(other, issuer)).toEqual({ kind: 'unreadable' });
  });
});

describe('what people bring', () => {
  test('address, fragment, file and JWS are the same credential; a number is a number', async () => {
    const short = (await shorten(jws)) ?? '';
    for (const text of [
      jws,
      `"${jws}"`,
      `https://asn.example/verify#${jws}`,
      short,
      `https://asn.example/verify#${short}`
    ])
      expect(await readGiven(text)).toEqual({ kind: 'credential', jws });
    expect(await readGiven(award.number.toLowerCase())).toEqual({ kind: 'number', number: award.number });
    expect(await readGiven(`https://asn.example/verify#${award.number}`)).toMatchObject({ kind: 'number' });
    for (const text of ['', 'halo', 'zzzz', 'https://asn.example/verify', 'SA-2026-AAAAA-AAAAA'])
      expect(await readGiven(text)).toEqual({ kind: 'nothing' });
  });

  test('a credential fits a code on paper in its short form (version 40-M holds 2,331 bytes)', async () => {
    const address = `https://smartasn.contoh.go.id/verify#${await shorten(jws)}`;
    expect(address.length).toBeLessThan(900);
    expect(await unshorten(`z${'A'.repeat(200)}`)).toBeUndefined();
  });

  test('a name with characters that stand for words in the short form has none', async () => {
    const odd = await signJws(await makeBadge(SERVER, { ...award, name: 'A\uE001' }), pair.privateKey, 'kunci-pertama');
    expect(await shorten(odd)).toBeUndefined();
    const plain = await signJws(await makeBadge({ id: 'urn:uuid:x', name: 'Y' }, award), pair.privateKey, 'k');
    expect(await unshorten((await shorten(plain)) ?? '')).toBe(plain);
  });

  test('what unpacks into more than any credential is not unpacked', async () => {
    const packed = await new Response(
      new Blob([new Uint8Array(5_000_000)]).stream().pipeThrough(new CompressionStream('deflate-raw'))
    ).arrayBuffer();
    const bomb = new Uint8Array(64 + packed.byteLength);
    bomb.set(new Uint8Array(packed), 64);
    expect(await unshorten(`z${toBase64url(bomb)}`)).toBeUndefined();
  });

  test('a number tells every slip, and is read with or without its lines', () => {
    const { number } = award;
    expect(number).toMatch(/^SA-2026-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
    expect(parseCertificateNumber(number.replaceAll('-', ' '))?.number).toBe(number);
    for (let at = 8; at < number.length; at += 1) {
      if (number[at] === '-') continue;
      const slip = number.slice(0, at) + (number[at] === '7' ? '8' : '7') + number.slice(at + 1);
      expect(parseCertificateNumber(slip)).toBeUndefined();
    }
  });

  test('the credential names its holder by a random number and no other, and its contexts are the standard ones', () => {
    expect(uuidOf({ id: `urn:uuid:${ID}` })).toBe(ID);
    const text = atob((jws.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/'));
    expect(text).not.toMatch(/\d{18}/);
    expect(JSON.parse(text)).toMatchObject({
      '@context': [
        'https://www.w3.org/ns/credentials/v2',
        'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
        'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json'
      ],
      type: ['VerifiableCredential', 'OpenBadgeCredential'],
      credentialStatus: { type: '1EdTechRevocationList' },
      sub: `urn:uuid:${award.subject}`
    });
  });
});
