import { afterEach, expect, test, vi } from 'vitest';
import { asksBefore, hearLink, linkKind, setWifiOnly, waitsForWifi } from './link-kind';

afterEach(() => vi.unstubAllGlobals());

/** A browser that says this about its link, and a person with these settings. */
function given(connection: { type?: string; saveData?: boolean } | undefined, settings: Record<string, unknown> = {}) {
  vi.stubGlobal('navigator', connection ? { connection: Object.assign(new EventTarget(), connection) } : {});
  return {
    setting: <T>(name: string) => Promise.resolve(settings[name] as T | undefined),
    setSetting: (name: string, value: unknown) => Promise.resolve(void (settings[name] = value))
  };
}

test.each([
  [undefined, 'unknown'],
  [{}, 'unknown'],
  [{ type: 'unknown' }, 'unknown'],
  [{ type: 'none' }, 'unknown'],
  [{ type: 'wifi' }, 'free'],
  [{ type: 'ethernet' }, 'free'],
  [{ type: 'cellular' }, 'paid'],
  [{ type: 'bluetooth' }, 'paid']
])('a link of %j is %s', (connection, kind) => {
  given(connection);
  expect(linkKind()).toBe(kind);
});

test('who wants Wi-Fi alone waits for it only where the browser knows that there is none', async () => {
  for (const [type, waits] of [
    ['cellular', true],
    ['wifi', false],
    [undefined, false]
  ] as const) {
    const store = given({ type });
    expect(await waitsForWifi(store)).toBe(false);
    await setWifiOnly(store, true);
    expect(await waitsForWifi(store)).toBe(waits);
  }
});

test('who saves data is asked before much moves, except over Wi-Fi', async () => {
  const [little, much] = [10_000_000, 10_000_001];
  expect(await asksBefore(given({ saveData: true }), much)).toBe(true);
  expect(await asksBefore(given({ saveData: true }), little)).toBe(false);
  expect(await asksBefore(given({ saveData: true, type: 'wifi' }), much)).toBe(false);
  expect(await asksBefore(given({}), much)).toBe(false);
  expect(await asksBefore(given({}, { 'data-saver': true }), much)).toBe(true);
});

test('a change of the link is heard until it is not asked for any more', () => {
  given({ type: 'wifi' });
  const heard = vi.fn();
  const end = hearLink(heard);
  const connection = (navigator as unknown as { connection: EventTarget }).connection;
  connection.dispatchEvent(new Event('change'));
  end();
  connection.dispatchEvent(new Event('change'));
  expect(heard).toHaveBeenCalledTimes(1);
});
