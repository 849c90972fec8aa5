import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OwnProfile } from '../../src/lib/domain/documents/profile.ts';
import { parseInbox, parseShared } from '../../src/lib/domain/documents/index.ts';
import { REFUSALS } from '../../src/lib/domain/documents/receipt.ts';
import { docId, uuidv7 } from '../../src/lib/domain/ids.ts';
import { setText } from '../../src/lib/domain/merge/text-register.ts';
import type { Stored } from '../registry/database.ts';
import { decide, lookups, type Context, type Decision } from './decide.ts';
import { makeComment, makePerson, makePost, makeProfile, makeProgress, makeReaction } from './fixtures.ts';

const AT = '2026-03-02T02:00:00.000Z';
const LATER = '2026-03-02T03:00:00.000Z';
const ani = makePerson('Ani');
const budi = makePerson('Budi');

/** Shared databases as a map, with the writes of a decision applied to it. */
class World {
  readonly rows = new Map<string, Stored>();

  apply({ writes }: Decision): void {
    for (const { database, doc } of writes) {
      if (doc._deleted) this.rows.delete(`${database}/${doc._id}`);
      else this.rows.set(`${database}/${doc._id}`, { ...doc, _rev: '1-x' });
    }
  }

  decide(
    doc: Record<string, unknown> & { _id: string },
    options: Partial<Context> & { deleted?: boolean } = {}
  ): Decision {
    const { deleted = false, ...rest } = options;
    const change = { id: doc._id, deleted, first: false, doc: { ...doc } };
    const context: Context = {
      person: ani,
      now: AT,
      earlier: undefined,
      find: (db, id) => this.rows.get(`${db}/${id}`),
      ...rest
    };
    const asked = new Set(
      lookups(change, context.person, context.earlier).map(({ database, id }) => `${database}/${id}`)
    );
    const find: Context['find'] = (database, id) => {
      expect(asked).toContain(`${database}/${id}`);
      return context.find(database, id);
    };
    const decision = decide(change, { ...context, find });
    this.apply(decision);
    return decision;
  }
}

const delivered = (): { world: World; post: ReturnType<typeof makePost>; first: Decision } => {
  const world = new World();
  const post = makePost();
  return { world, post, first: world.decide(post) };
};

test('what comes under an old id gets a marker once, with its first copy', () => {
  const world = new World();
  const post = { ...makePost(), _id: docId('post', uuidv7(Date.parse(AT) - 730 * 24 * 3_600_000)) };
  const [marker, copy, ...rest] = world.decide(post).writes;
  expect(rest).toEqual([]);
  expect(marker?.doc).toMatchObject({ type: 'late', of: post._id });
  expect(copy?.doc._id).toBe(post._id);
  const edited = { ...post, edit: uuidv7(), body: setText(post.body, uuidv7(), 'lain') };
  expect(world.decide(edited).writes.map(({ doc }) => doc._id)).toEqual([post._id]);
});

test('a post goes to its channel under its own id, with the author and the server’s clock', () => {
  const { post, first } = delivered();
  expect(first.writes).toEqual([{ database: 'channel-nasional', doc: expect.objectContaining({ _id: post._id }) }]);
  expect(first.writes[0]?.doc).toMatchObject({
    text: 'Halo',
    receivedAt: AT,
    createdAt: post.createdAt,
    by: { id: ani.id, name: 'Ani', position: 'Guru Ahli Pertama', unit: 'SD Negeri 1' }
  });
  expect(first.receipt).toMatchObject({ _id: `receipt:${post._id}`, edit: post.edit, status: 'delivered', at: AT });
});

test('copies and receipts pass their own schemas', () => {
  const { world, post, first } = delivered();
  const decisions = [
    first,
    world.decide(makeComment(post._id)),
    world.decide(makeReaction(post._id, ani.id)),
    world.decide(makeProfile(ani.id, { about: 'Guru kelas' })),
    world.decide(makeProgress()),
    world.decide(makePost(' '))
  ];
  for (const { writes, receipt } of decisions) {
    for (const { doc } of writes) expect(parseShared(doc)).toBeDefined();
    expect(parseInbox(receipt)).toBeDefined();
  }
});

test('a field that only a newer app knows stops nothing and is not shown to colleagues', () => {
  const world = new World();
  const { writes, receipt } = world.decide({ ...makePost(), mood: 'cerah' });
  expect(receipt).toMatchObject({ status: 'delivered' });
  expect(writes).toHaveLength(1);
  expect(JSON.stringify(writes)).not.toContain('cerah');
});

const target = makePost();
test.each([
  ['malformed', { ...makePost(), createdAt: '2026-01-01T23:59:60Z' }],
  ['malformed', { ...makePost(), body: 'kata' }],
  ['malformed', { _id: docId('post', uuidv7()) }],
  ['malformed', { ...makePost(), _id: docId('comment', uuidv7()) }],
  ['unknown-type', { ...makePost(), type: 'poll' }],
  ['newer-schema', { ...makePost(), schema: 2, extra: 1 }],
  ['too-long', makePost('a'.repeat(20_001))],
  ['too-long', makePost('a'.repeat(50_001))],
  ['too-long', makeComment(target._id, 'a'.repeat(5_001))],
  ['empty', makePost(' \n ')],
  ['empty', makeComment(target._id, '')],
  ['not-a-member', makePost('Halo', 'agency-b')],
  ['not-a-member', makeComment(target._id, 'Halo', 'agency-b')],
  ['no-such-target', makeComment(docId('post', uuidv7()))],
  ['no-such-target', makeComment(target._id, 'Halo', 'unit-a')],
  ['no-such-target', makeReaction(docId('post', uuidv7()), ani.id)],
  ['not-yours', makeReaction(target._id, budi.id)],
  ['not-yours', { ...makeReaction(target._id, ani.id), post: docId('post', uuidv7()) }],
  ['not-yours', makeProfile(budi.id)]
])('%s: refused with that reason, and nothing is written', (reason, doc) => {
  const world = new World();
  world.decide(target, { person: budi });
  const { writes, receipt } = world.decide(doc);
  expect(writes).toEqual([]);
  expect(receipt).toMatchObject({ of: doc._id, status: 'refused', reason, at: AT });
  expect(REFUSALS).toContain(reason);
});

test('what a newer server has delivered, one that cannot read it leaves as it is', () => {
  const { world, post, first } = delivered();
  const newer = { ...post, schema: 2 };
  expect(world.decide(newer, { earlier: first.receipt })).toMatchObject({ writes: [], receipt: undefined });
  const edited = { ...newer, edit: uuidv7() };
  expect(world.decide(edited, { earlier: first.receipt }).receipt).toMatchObject({ reason: 'newer-schema' });
});

test('nobody overwrites the post of another person', () => {
  const { world, post } = delivered();
  const forged = makePost('Palsu');
  const { writes, receipt } = world.decide({ ...forged, _id: post._id }, { person: budi });
  expect(writes).toEqual([]);
  expect(receipt).toMatchObject({ status: 'refused', reason: 'not-yours' });
});

test('nobody takes back the post of another person', () => {
  const { world, post } = delivered();
  expect(world.decide({ _id: post._id }, { person: budi, deleted: true }).writes).toEqual([]);
  expect(world.rows.size).toBe(1);
});

test('an edit keeps the place of the post and says when its words changed', () => {
  const { world, post, first } = delivered();
  const edit = uuidv7();
  const edited = { ...post, edit, body: setText(post.body, edit, 'Halo semua') };
  const { writes, receipt } = world.decide(edited, { now: LATER, earlier: first.receipt });
  expect(writes[0]?.doc).toMatchObject({ text: 'Halo semua', receivedAt: AT, editedAt: LATER, _rev: '1-x' });
  expect(receipt).toMatchObject({ edit, status: 'delivered', at: LATER });
});

test('a post that moves to another channel leaves the first one', () => {
  const { world, post, first } = delivered();
  world.decide({ ...post, edit: uuidv7(), channel: 'unit-a' }, { now: LATER, earlier: first.receipt });
  expect([...world.rows.keys()]).toEqual([`channel-unit-a/${post._id}`]);
});

test('a second time nothing is written; without the receipt it is written again with the first time', () => {
  const { world, post, first } = delivered();
  expect(world.decide(post, { now: LATER, earlier: first.receipt })).toMatchObject({ writes: [], receipt: undefined });
  expect(world.decide(post, { now: LATER })).toMatchObject({ writes: [], receipt: { at: AT, edit: post.edit } });
});

test('a lost copy is delivered again although there is a receipt', () => {
  const { post, first } = delivered();
  const { writes, receipt } = new World().decide(post, { now: LATER, earlier: first.receipt });
  expect(writes).toHaveLength(1);
  expect(receipt).toMatchObject({ at: LATER });
});

test('a withdrawn reaction is taken back, also by whoever has left the channel and with the post gone', () => {
  const { world, post } = delivered();
  const reaction = makeReaction(post._id, ani.id);
  const { receipt: earlier } = world.decide(reaction);
  world.rows.delete(`channel-nasional/${post._id}`);
  const withdrawn = { ...reaction, edit: uuidv7(), kind: null };
  const { receipt } = world.decide(withdrawn, { earlier, person: { ...ani, channels: [] } });
  expect(world.rows.size).toBe(0);
  expect(receipt).toMatchObject({ status: 'delivered', edit: withdrawn.edit });
});

test('a deleted post is taken back from whichever channel of hers it stands in', () => {
  const { world, post, first } = delivered();
  const { receipt } = world.decide({ _id: post._id }, { deleted: true, earlier: first.receipt });
  expect(world.rows.size).toBe(0);
  expect(receipt).toMatchObject({ status: 'delivered', edit: '' });
});

test('the directory shows what the defaults allow, and what she allows', () => {
  const world = new World();
  const profile = makeProfile(ani.id, { about: 'Guru kelas', phone: '0812', skills: '' });
  expect(world.decide(profile).writes).toMatchObject([
    { database: 'directory-agency-a', doc: { fields: { about: 'Guru kelas', education: 'S1', rank: 'III/a' } } }
  ]);
  const edit = uuidv7();
  const visibility: OwnProfile['visibility'] = {
    phone: { to: 'agency', edit },
    birthDate: { to: 'agency', edit },
    about: { to: 'self', edit },
    rank: { to: 'self', edit }
  };
  const doc = world.decide({ ...profile, edit, visibility }).writes[0]?.doc as { fields?: object } | undefined;
  expect(doc?.fields).toEqual({ phone: '0812', birthDate: '1990-01-02', education: 'S1' });
});

test('progress stays in her own database and gets its receipt', () => {
  const progress = makeProgress();
  expect(new World().decide(progress)).toMatchObject({
    writes: [],
    receipt: { status: 'delivered', edit: progress.edit }
  });
});

const anything = fc.oneof(
  fc.dictionary(fc.string(), fc.jsonValue()),
  fc.record({
    type: fc.constantFrom('post', 'comment', 'reaction', 'profile', 'progress'),
    body: fc.jsonValue(),
    channel: fc.jsonValue(),
    post: fc.jsonValue(),
    edit: fc.jsonValue(),
    kind: fc.jsonValue(),
    schema: fc.jsonValue()
  }),
  fc
    .tuple(fc.constantFrom('text', 'schema', 'body', 'channel', 'topic', 'edit', 'zone'), fc.jsonValue())
    .map(([name, value]) => ({ ...makePost(), [name]: value }))
);

test('whatever a document holds, the answer is a decision, and doing it twice changes nothing', () => {
  fc.assert(
    fc.property(anything, fc.boolean(), (content, deleted) => {
      const world = new World();
      const doc = { ...content, _id: docId('post', uuidv7()) };
      const first = world.decide(doc, { deleted });
      const before = [...world.rows];
      const second = world.decide(doc, { deleted, earlier: first.receipt, now: LATER });
      expect(second.writes).toEqual([]);
      expect(second.receipt).toBeUndefined();
      expect([...world.rows]).toEqual(before);
      expect(
        first.writes.every(
          ({ database }) =>
            database === 'channel-nasional' || ani.channels.some(({ id }) => database === `channel-${id}`)
        )
      ).toBe(true);
    })
  );
});
