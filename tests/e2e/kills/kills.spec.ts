import { expect, test } from '@playwright/test';
import { setTimeout as moment } from 'node:timers/promises';
import { seeded } from '../../../bench/link/random.ts';
import { personOf } from '../support/person.ts';
import { acknowledgedPosts, newLedger, type Ledger } from './ledger.ts';
import { faultsOnServer } from './on-server.ts';
import { KINDS, openWorld, type Kind, type World } from './world.ts';
import { WRITES, writePost } from './writes.ts';

/** Kills of each kind. The long form (`npm run test:kills`) sets these. */
const ROUNDS = Number(process.env.SMARTASN_KILL_ROUNDS ?? 1);
const SEED = Number(process.env.SMARTASN_KILL_SEED ?? Date.now() % 1_000_000);
const KILLED = KINDS.filter((kind) => (process.env.SMARTASN_KILL_KINDS ?? kind).split(',').includes(kind));

/** Rounds between two looks at everything. */
const LOOK = 10;
/** A kill comes within this time of the first touch: writing takes about half of it, travelling the other half, ms. */
const WITHIN = 2_000;
/** What dead processes have to be back, ms. */
const PATIENCE = 60_000;
const ACCOUNT = 'guru';

let world: World;
let person: string;

test.beforeAll(async () => {
  world = await openWorld(ACCOUNT);
  person = await personOf(world.origin, ACCOUNT);
});

test.afterAll(() => world?.dispose());

/** The kinds in a seeded order, each as often as asked. */
function schedule(random: () => number): Kind[] {
  const kinds = KILLED.flatMap((kind) => Array.from({ length: ROUNDS }, () => ({ kind, at: random() })));
  return kinds.sort((a, b) => a.at - b.at).map(({ kind }) => kind);
}

/** A person writes, and in the middle of it something dies. What it takes with it may stay dead for a while. */
async function round(kind: Kind, name: string, random: () => number, ledger: Ledger): Promise<void> {
  const others = (['gateway', 'courier'] as const).filter(() => random() < 0.7);
  await world.revive([kind, 'browser', ...others]);
  const page = await world.page();
  const writes = Array.from(
    { length: 1 + Math.floor(random() * 3) },
    () => WRITES[Math.floor(random() * WRITES.length)]
  );
  const after = random() * WITHIN;
  const takesPage = kind === 'browser' || kind === 'power';
  // However slow the machine is, something acknowledged is on its way when the page dies.
  if (takesPage) await writePost(page, ledger, `${name}.first`);
  const writing = (async () => {
    for (const [index, write] of writes.entries()) await write?.(page, ledger, `${name}.${index}`);
  })();
  // What is written when the browser dies is cut off; any other failure is one.
  let isGone = false;
  const outcome = writing.catch((error: unknown) => {
    if (!isGone) throw error;
  });
  await moment(after);
  isGone = takesPage;
  await world.kill(kind);
  await outcome;
}

/** Everything runs again: nothing acknowledged is missing, nothing is there twice, and her screen says so. */
async function look(ledger: Ledger, recent: string[]): Promise<void> {
  await world.revive(['power']);
  const page = await world.page();
  // A database that is just changing hands does not answer.
  const faults = () => faultsOnServer(world.data, person, ledger).catch((error: unknown) => [String(error)]);
  await expect.poll(faults, { timeout: PATIENCE }).toEqual([]);
  await expect(page.locator('[data-sign]')).toHaveAttribute('data-sign', 'fresh', { timeout: PATIENCE });
  for (const text of recent) {
    const state = page.locator('article', { hasText: text }).locator('.post > [data-state]');
    await expect(state, text).toHaveAttribute('data-state', 'delivered');
  }
}

test('whatever is killed while a person writes, nothing is lost and nothing arrives twice', async () => {
  const kinds = schedule(seeded(SEED));
  test.setTimeout(120_000 + kinds.length * 20_000);
  console.log(`kills: seed ${SEED}, ${ROUNDS} × ${KILLED.join(', ')}`);
  const random = seeded(SEED + 1);
  const ledger = newLedger();
  let seen = 0;
  for (const [index, kind] of kinds.entries()) {
    await test.step(`${index} ${kind}`, () => round(kind, `${index}`, random, ledger));
    if ((index + 1) % LOOK !== 0 && index + 1 < kinds.length) continue;
    const written = acknowledgedPosts(ledger);
    await test.step(`look after ${index + 1}`, () => look(ledger, written.slice(seen)));
    expect(written.length).toBeGreaterThan(0);
    seen = written.length;
    const counts = KILLED.map((kind) => `${kinds.slice(0, index + 1).filter((one) => one === kind).length} ${kind}`);
    console.log(`kills: ${counts.join(', ')}; ${seen} posts acknowledged, ${ledger.posts.size - seen} cut off`);
  }
});
