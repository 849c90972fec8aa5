import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseNip } from './nip.ts';

test('reads the parts of a PNS number in its display form', () => {
  expect(parseNip('19860926 201505 1 001')).toEqual({
    kind: 'PNS',
    birthDate: '1986-09-26',
    sex: 'laki-laki',
    sequence: '001',
    appointment: { year: 2015, month: 5 }
  });
});

test('takes contract numbers from 21 on as PPPK', () => {
  expect(parseNip('199108032023212009')).toMatchObject({
    kind: 'PPPK',
    sex: 'perempuan',
    appointment: { year: 2023, contract: 21 }
  });
});

test.each([
  ['too short', '19860926201505100'],
  ['letters', '1986092620150510O1'],
  ['31 February', '198602312015051001'],
  ['month 13', '198609262015131001'],
  ['month 0', '198609262015001001'],
  ['sex 3', '198609262015053001'],
  ['17 years old', '199809262016051001'],
  ['17 years old with a contract', '200609262023212001']
])('refuses %s', (_, nip) => expect(parseNip(nip)).toBeUndefined());

test('accepts an appointment on the day she turns 18 and refuses the month before', () => {
  expect(parseNip('199805012016052001')).toBeDefined();
  expect(parseNip('199805022016052001')).toBeUndefined();
});

test('accepts no text but 18 digits', () => {
  fc.assert(fc.property(fc.string(), (text) => /^\d{18}$/.test(text.replaceAll(' ', '')) || !parseNip(text)));
});
