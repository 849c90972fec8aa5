import encodeQR from 'qr';
import decodeQR from 'qr/decode.js';
import { expect, test } from 'vitest';
import { makeBadge } from '$lib/domain/credentials/badge';
import { readGiven } from '$lib/domain/credentials/given';
import { signJws } from '$lib/domain/credentials/jws';
import { numberOf } from '$lib/domain/credentials/number';
import { verifyAddress } from './address';

const ID = crypto.randomUUID();
const NUMBER = numberOf(ID, 2026);
const ORIGIN = 'https://smartasn.kabupaten-contoh.go.id';

async function certificateFor(narrative: string) {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const payload = await makeBadge(
    { id: `${ORIGIN}/api/issuer`, name: 'SmartASN', url: ORIGIN },
    {
      ...{ id: ID, subject: crypto.randomUUID(), course: crypto.randomUUID() },
      ...{ number: NUMBER, issuedAt: '2026-11-25T02:03:04.567Z', language: 'id', learningHours: 12 },
      ...{ name: 'Dr. Maria Yuliana Kaize, S.Pd.SD., M.Pd.', publisher: 'BKPSDM Kabupaten Asmat', narrative },
      title: 'Pelindungan Data Pribadi untuk Pegawai Layanan',
      competencies: [
        { code: 'integritas', level: 2, name: 'Integritas, tingkat dasar' },
        { code: 'pelayanan-publik', level: 2, name: 'Pelayanan publik, tingkat dasar' }
      ]
    }
  );
  const credential = await signJws(payload, pair.privateKey, `${ORIGIN}/api/issuer/keys/${'k'.repeat(43)}`);
  return { credential, number: NUMBER };
}

/** The code as a picture of that many pixels a dot, as a camera would see it. */
function pictureOf(text: string, scale: number) {
  const dots = encodeQR(text, 'raw', { ecc: 'medium', border: 4 });
  const width = dots.length * scale;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  dots.forEach((row, y) =>
    row.forEach((dark, x) => {
      if (!dark) return;
      for (let dy = 0; dy < scale; dy += 1)
        for (let dx = 0; dx < scale; dx += 1)
          data.fill(
            0,
            ((y * scale + dy) * width + x * scale + dx) * 4,
            ((y * scale + dy) * width + x * scale + dx) * 4 + 3
          );
    })
  );
  return { dots: dots.length - 8, picture: { width, height: width, data } };
}

test('the code on a certificate is the whole of it, small enough for paper, and is read back', async () => {
  const certificate = await certificateFor('Menyelesaikan 12 bab, lulus semua evaluasi, dan semua tugas diterima.');
  const { address, whole } = await verifyAddress(certificate, ORIGIN);
  expect(whole).toBe(true);
  const { dots, picture } = pictureOf(address, 4);
  expect(dots).toBeLessThanOrEqual(121);
  expect(await readGiven(decodeQR(picture))).toEqual({ kind: 'credential', jws: certificate.credential });
});

test('one that is too long for a code has its number in it', async () => {
  const noise = Array.from(crypto.getRandomValues(new Uint8Array(3_000)), (byte) => byte.toString(36)).join('');
  const { address, whole } = await verifyAddress(await certificateFor(noise), ORIGIN);
  expect(whole).toBe(false);
  expect(await readGiven(address)).toEqual({ kind: 'number', number: NUMBER });
});
