import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { docId, uuidv7 } from '../../../src/lib/domain/ids.ts';
import { newPair } from '$lib/sync/parcels/keys';
import { describeContract } from '../server.ts';
import { CALLS, CLOSED_PATHS, databases, EVERY_CALL, OWN_TYPES, permits, resources, ROLES } from './expected.ts';
import { tokensFor } from './tokens.ts';
import { openWorld, PASSWORD, requestOf, type World } from './world.ts';

/** Requests on their way at once. */
const ABREAST = 24;

/** Runs these, some abreast; answers those whose outcome is not as it should be. */
async function differences(cases: { name: string; expected: number; run: () => Promise<number> }[]): Promise<string[]> {
  const found: string[] = [];
  const left = cases[Symbol.iterator]();
  const work = async (): Promise<void> => {
    for (const { name, expected, run } of left) {
      const status = await run();
      if (status !== expected) found.push(`${name}: ${status} instead of ${expected}`);
    }
  };
  await Promise.all(Array.from({ length: ABREAST }, work));
  return found;
}

describeContract('authorization', (server) => {
  let world: World;
  const tokens = new Map<string, string>();

  beforeAll(async () => {
    world = await openWorld(server());
    for (const role of ROLES) tokens.set(role, await world.token(world.who(role)));
  });
  afterAll(() => world?.close());

  it.each(ROLES)('%s: every database × path × verb', async (role) => {
    const person = world.who(role);
    const cases = [...databases].flatMap(([row, letters]) =>
      EVERY_CALL.map((call) => {
        const expected = permits(letters.get(role) ?? '-', call) ? (call.status ?? 0) : 403;
        const { target, body } = requestOf(world.database(row, person), call);
        const run = () => world.send(call.verb, target, tokens.get(role), body);
        return { name: `${row} ${call.shape} ${call.verb}`, expected, run };
      })
    );
    expect(await differences(cases)).toEqual([]);
  });

  it('closed paths stay closed to every role', async () => {
    const rows = ['person/own', 'catalogue', 'office/own-agency', 'registry'];
    const cases = ROLES.flatMap((role) =>
      rows.flatMap((row) =>
        CLOSED_PATHS.flatMap((path) =>
          ['GET', 'POST', 'PUT', 'DELETE'].map((verb) => {
            const target = `/db/${world.database(row, world.who(role))}/${path}`;
            const run = () => world.send(verb, target, tokens.get(role), verb === 'GET' ? undefined : {});
            return { name: `${role} ${row} ${path} ${verb}`, expected: 403, run };
          })
        )
      )
    );
    expect(await differences(cases)).toEqual([]);
  });

  it('every role follows by /sync what it may read, and no own database', async () => {
    const cases = ROLES.flatMap((role) =>
      [...databases].map(([row, letters]) => {
        const isShared = !row.startsWith('person/');
        const follows = isShared && ['R', 'W'].includes(letters.get(role) ?? '-');
        const sources = [{ name: world.database(row, world.who(role)) }];
        const run = () => world.send('POST', '/sync', tokens.get(role), { version: 1, sources });
        return { name: `${role} ${row}`, expected: follows ? 200 : 403, run };
      })
    );
    expect(await differences(cases)).toEqual([]);
  });

  it('one database that is closed closes the whole request of /sync', async () => {
    const staff = world.who('staff');
    const sources = ['channel/member', 'channel/foreign'].map((row) => ({ name: world.database(row, staff) }));
    expect(await world.send('POST', '/sync', tokens.get('staff'), { version: 1, sources })).toBe(403);
  });

  it('every role gets of the rest what is its own', async () => {
    const { verify: deviceKey } = await newPair();
    const [current, next] = [PASSWORD, PASSWORD];
    const calls: Record<string, { path: string; body?: object; status?: number }> = {
      media: { path: `/media/${world.file}` },
      'own-files': { path: `/files/${world.file}`, status: 404 },
      publishing: { path: '/api/publishing' },
      'own-audit': { path: '/api/audit/me' },
      audit: { path: '/api/audit' },
      'device-key': { path: '/api/parcels/device', body: { deviceKey } },
      devices: { path: '/api/devices' },
      handoff: { path: '/api/handoff', body: {} },
      password: { path: '/api/password', body: { current, next, endOthers: false }, status: 204 },
      recovery: { path: '/api/recovery', body: { person: world.who('staff').id, checked: 'card', password: PASSWORD } },
      passkeys: { path: '/api/passkeys' },
      factor: { path: '/api/factor' }
    };
    const cases = [...resources].flatMap(([row, letters]) =>
      ROLES.map((role) => {
        const [verb = '', name = ''] = row.split(' ');
        const { path = '', body, status = 200 } = calls[name] ?? {};
        const run = () => world.send(verb, path, tokens.get(role), body);
        return { name: `${role} ${row}`, expected: letters.get(role) === 'y' ? status : 403, run };
      })
    );
    expect(await differences(cases)).toEqual([]);
  });

  it('a person writes documents of her own types and none of the server’s', async () => {
    const staff = world.who('staff');
    const root = `/db/${world.database('person/own', staff)}`;
    const cases = Object.entries(OWN_TYPES).map(([type, expected]) => {
      const id = type === 'receipt' ? docId('receipt', docId('post', uuidv7())) : docId(type, uuidv7());
      const body = { _id: id, type, edit: uuidv7() };
      return { name: type, expected, run: () => world.send('PUT', `${root}/${id}`, tokens.get('staff'), body) };
    });
    expect(await differences(cases)).toEqual([]);
  });

  it('no call is open to a token that is not good', async () => {
    const staff = world.who('staff');
    const { good, wrong } = await tokensFor(world.keys, staff.id);
    const { access, refresh } = await world.signIn(staff);
    expect(await world.send('GET', '/db/catalogue', access)).toBe(200);
    expect(await world.send('DELETE', '/api/session', access)).toBe(204);
    wrong.set('of a session that has ended', access);
    wrong.set('a refresh token', refresh);
    wrong.set('a refresh token of nobody', `${randomUUID()}.${'a'.repeat(43)}`);

    const requests = [
      ...[...databases.keys()].flatMap((row) =>
        CALLS.map((call) => ({ verb: call.verb, ...requestOf(world.database(row, staff), call) }))
      ),
      { verb: 'GET', target: '/db/' },
      { verb: 'POST', target: '/sync', body: { version: 1, sources: [{ name: 'catalogue' }] } },
      { verb: 'GET', target: `/media/${world.file}` },
      { verb: 'HEAD', target: `/media/${world.file}` },
      { verb: 'GET', target: '/api/audit/me' },
      { verb: 'GET', target: '/api/audit' }
    ];
    // What makes the tokens wrong is the one thing in which they differ from this one.
    expect(await world.send('GET', '/db/catalogue', good)).toBe(200);
    const cases = [...wrong].flatMap(([words, token]) =>
      requests.map(({ verb, target, body }) => ({
        name: `${words}: ${verb} ${target}`,
        expected: 401,
        run: () => world.send(verb, target, token, body)
      }))
    );
    expect(cases.length).toBeGreaterThan(6_000);
    expect(await differences(cases)).toEqual([]);
  });

  it('a token counts in the header alone', async () => {
    const token = tokens.get('staff') ?? '';
    for (const target of [`/db/catalogue?access_token=${token}`, `/media/${world.file}?access_token=${token}`])
      expect(await world.send('GET', target)).toBe(401);
  });

  it('a token of one person opens nothing of another’s', async () => {
    const [staff, officer] = [world.who('staff'), world.who('staff+officer')];
    for (const call of EVERY_CALL) {
      const { target, body } = requestOf(world.database('person/own', officer), call);
      expect([target, await world.send(call.verb, target, tokens.get('staff'), body)]).toEqual([target, 403]);
    }
    expect(await world.send('GET', `/db/${world.database('person/own', staff)}`, tokens.get('staff'))).toBe(200);
  });
});
