import { expect, test } from 'vitest';
import { makePerson } from '../gateway/fixtures.ts';
import { passwordFault } from './password-rules.ts';

const NIP = '199603212019122002';
const maria = makePerson('maria.kaize', {
  name: 'Maria Yuliana Kaize, S.Pd.SD',
  record: { nip: { value: NIP, source: 'BKN', asOf: '2026-01-01' } }
});

test.each([
  ['', 'password-short'],
  ['Pendek12!', 'password-short'],
  ['empat belas ok', 'password-short'],
  ['😀😀😀😀😀😀😀', 'password-short'],
  ['123456789012345', 'password-common'],
  ['abcdefghijklmnop', 'password-common'],
  ['password1234567', 'password-common'],
  ['P4ssw0rd1234567!', 'password-common'],
  ['passwordpassword', 'password-common'],
  ['qwertyuiopasdfghjkl', 'password-common'],
  ['aaaaaaaaaaaaaaa', 'password-common'],
  ['bismillah1234567', 'password-common'],
  ['!!!Bismillah 2026!!!', 'password-common'],
  ['B1sm1ll4h-B1sm1ll4h', 'password-common'],
  ['akucintaindonesia', 'password-common'],
  ['Bhinneka Tunggal Ika', 'password-common'],
  [NIP, 'password-known'],
  ['1996 0321 2019 1220 02', 'password-known'],
  ['Maria.Kaize.2026', 'password-known'],
  ['mariayulianakaize', 'password-known'],
  ['maria.kaize.indonesia', 'password-known'],
  ['smartasn-asmat-1', 'password-known']
])('%j is refused', async (password, fault) => expect(await passwordFault(password, maria)).toBe(fault));

test.each([
  'perahu bocor lagi besok',
  'Kaize punya sampan biru',
  'x7#Lq0!vTz9kP2m',
  '水上学校的小船很快就要出发去市场了'
])('%j is accepted', async (password) => expect(await passwordFault(password, maria)).toBeUndefined());
