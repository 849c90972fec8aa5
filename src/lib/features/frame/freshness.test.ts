import { beforeEach, describe, expect, test } from 'vitest';
import { overwriteGetLocale } from '$lib/paraglide/runtime';
import { INITIAL } from '$lib/sync/status';
import { freshnessOf } from './freshness';

const NOTHING = { waiting: 0, refused: 0, setAside: 0 };
const fresh = { ...INITIAL, freshAt: Date.now() - 5 * 60_000 };

describe('the freshness chip', () => {
  beforeEach(() => overwriteGetLocale(() => 'id'));

  test('says how fresh the device is', () => {
    expect(freshnessOf(fresh, NOTHING)).toEqual({ words: 'Segar 5 menit lalu', sign: 'fresh' });
  });

  test('says that there is no signal, and since when', () => {
    expect(freshnessOf({ ...fresh, phase: 'offline' }, NOTHING).words).toBe('Tanpa sinyal, segar 5 menit lalu');
    expect(freshnessOf({ ...INITIAL, phase: 'offline' }, NOTHING).words).toBe('Tanpa sinyal');
  });

  test('counts what waits rather than calling the device fresh', () => {
    expect(freshnessOf(fresh, { ...NOTHING, waiting: 3 })).toEqual({ words: '3 menunggu dikirim', sign: 'waiting' });
  });

  test('speaks of synchronising only while bytes move', () => {
    expect(freshnessOf({ ...fresh, phase: 'moving' }, NOTHING).sign).toBe('moving');
    expect(freshnessOf({ ...fresh, phase: 'idle' }, NOTHING).sign).toBe('fresh');
  });

  test('puts what needs the person before everything else', () => {
    const refused = { ...NOTHING, waiting: 2, refused: 1 };
    expect(freshnessOf({ ...fresh, phase: 'moving' }, refused)).toEqual({ words: '1 ditolak', sign: 'attention' });
    expect(freshnessOf({ ...fresh, phase: 'too-old' }, refused).words).toBe('Perlu diperbarui');
    expect(freshnessOf({ ...fresh, phase: 'full' }, NOTHING)).toEqual({
      words: 'Ruang simpan penuh',
      sign: 'attention'
    });
  });
});
