import { expect, test } from 'vitest';
import type { Membership } from '$lib/domain/documents/record';
import { sourceLines } from './source-lines';

const membership: Membership = {
  _id: 'membership:x',
  type: 'membership',
  schema: 1,
  createdAt: new Date(0).toISOString(),
  zone: 'UTC',
  person: crypto.randomUUID(),
  agency: 'dinas',
  roles: ['staff'],
  channels: [
    { id: 'nasional', title: 'ASN Nasional', kind: 'national' },
    { id: 'sd-wamena', title: 'SD Inpres Wamena', kind: 'unit' }
  ]
};

test('every followed source by its name, with the time at which it was complete', () => {
  const lines = sourceLines(membership, { own: 5, 'channel-nasional': 7, 'channel-left-long-ago': 1 });
  expect(lines.map(({ title, at }) => [title, at])).toEqual([
    ['Tulisan, profil, dan kemajuan Anda', 5],
    ['SD Inpres Wamena', 0],
    ['ASN Nasional', 7],
    ['Katalog kursus', 0],
    ['Daftar rekan di instansi Anda', 0]
  ]);
});

test('before the membership is here only the own data are known', () => {
  expect(sourceLines(undefined, {}).map(({ source }) => source)).toEqual(['own']);
});
