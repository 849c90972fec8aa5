import { expect, it } from 'vitest';
import { checkSettings } from '../../server/cli/doctor/settings.ts';
import { doctorWords } from '../../server/cli/doctor/words.ts';
import { unsafeSettings } from '../../server/couch/production.ts';
import { describeContract } from './server.ts';

type Settings = Record<string, Record<string, string>>;

describeContract('settings', (server) => {
  it('are those that the project relies on, or the doctor names those that are not', async () => {
    const [finding, ...more] = await checkSettings(server().couch, doctorWords('en'));
    expect(more).toEqual([]);
    if (server().couch.embedded) return expect(finding).toBeUndefined();
    const { body } = await server().call<Settings>('GET', '/_node/_local/_config');
    expect(body.chttpd?.port).toMatch(/^\d+$/);
    const unsafe = unsafeSettings(body);
    expect(finding?.level).toBe(unsafe.length ? 'warn' : 'ok');
    for (const { setting } of unsafe)
      expect(String(finding?.details)).toContain(`[${setting.section}] ${setting.key} = `);
    // A server without these is none that the contract suite may run against.
    expect(unsafe.map(({ setting }) => setting.section)).not.toContain('couchdb');
  });
});
