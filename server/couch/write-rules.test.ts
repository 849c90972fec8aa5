import fc from 'fast-check';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { OWN_DOCUMENT_LIMIT } from '../../src/lib/domain/documents/limits.ts';
import type { RuleSet } from '../access/table.ts';
import { REASONS, refusal, ruleSetOf, type RuledDocument } from './write-rules.ts';
import { validateSource } from './write-rules-source.ts';

const RULE_SETS: RuleSet[] = ['person', 'shared', 'registry'];
const A = '01890000-0000-7000-8000-00000000000a';
const B = '01890000-0000-7000-8000-00000000000b';

type Validate = (newDoc: unknown, oldDoc: unknown, userCtx: unknown) => void;

const validators = new Map(
  RULE_SETS.map((rules) => [rules, runInNewContext(`(${validateSource(rules)})`) as Validate])
);

/** What the generated JavaScript says, in the words of `refusal`. */
function generated(rules: RuleSet, document: RuledDocument, roles: string[], exists = false): string | undefined {
  try {
    validators.get(rules)?.(document, exists ? { _id: document._id } : null, { name: 'x', roles });
    return undefined;
  } catch (thrown) {
    return (thrown as { forbidden: string }).forbidden;
  }
}

const post = { _id: `post:${A}`, type: 'post', edit: B };

const table: [RuleSet, string, RuledDocument, string | undefined][] = [
  ['person', 'gateway', post, undefined],
  ['person', 'gateway', { ...post, _id: `reaction:${A}.${B}`, type: 'reaction' }, undefined],
  ['person', 'gateway', { _id: `newer-type:${A}`, type: 'newer-type', edit: B }, undefined],
  ['person', 'gateway', { _id: `post:${A}`, _deleted: true }, undefined],
  ['person', 'gateway', { ...post, edit: 'yes' }, REASONS.edit],
  ['person', 'gateway', { _id: `post:${A}`, type: 'post' }, REASONS.edit],
  ['person', 'gateway', { ...post, type: 'comment' }, REASONS.type],
  ['person', 'gateway', { _id: `post:${A}`, edit: B }, REASONS.type],
  ['person', 'gateway', { ...post, _id: `post:${A}x` }, REASONS.id],
  ['person', 'gateway', { ...post, _id: 'post' }, REASONS.id],
  ['person', 'gateway', { ...post, _id: `Post:${A}`, type: 'Post' }, REASONS.id],
  ['person', 'gateway', { ...post, body: 'x'.repeat(OWN_DOCUMENT_LIMIT) }, REASONS.size],
  ['person', 'gateway', { _id: `receipt:post:${A}`, type: 'receipt', edit: B }, REASONS.server],
  ['person', 'gateway', { _id: `receipt:post:${A}`, _deleted: true }, REASONS.server],
  ['person', 'gateway', { _id: `record:${A}`, type: 'record', edit: B }, REASONS.server],
  ['person', 'gateway', { _id: `membership:${A}`, type: 'membership', edit: B }, REASONS.server],
  ['person', 'courier', { _id: `receipt:post:${A}`, type: 'receipt' }, undefined],
  ['person', 'courier', { _id: `receipt:reaction:${A}.${B}`, type: 'receipt' }, undefined],
  ['person', 'courier', { _id: `receipt:${A}`, type: 'receipt' }, REASONS.id],
  ['person', 'courier', { _id: `record:${A}`, type: 'record' }, undefined],
  ['person', 'courier', { _id: `membership:${A}`, type: 'membership' }, undefined],
  ['person', 'courier', post, REASONS.own],
  ['person', 'stranger', post, REASONS.role],
  ['shared', 'courier', { _id: `post:${A}`, type: 'post' }, undefined],
  ['shared', 'courier', { _id: 'anything', type: 'post' }, REASONS.id],
  ['shared', 'gateway', post, REASONS.role],
  ['shared', 'courier', { _id: `receipt:post:${A}`, type: 'receipt' }, REASONS.private],
  ['shared', 'courier', { _id: `membership:${A}`, type: 'membership' }, REASONS.private],
  ['shared', 'courier', { _id: `progress:${A}`, type: 'progress' }, REASONS.private],
  ['shared', 'courier', { _id: `newer-type:${A}`, type: 'newer-type' }, undefined],
  ['registry', 'courier', { _id: 'account:x' }, undefined],
  ['registry', 'gateway', { _id: `session:${A}` }, undefined],
  ['registry', 'gateway', { _id: 'account:x' }, REASONS.registry],
  ['registry', 'stranger', { _id: `session:${A}` }, REASONS.role],
  ['person', '_admin', { _id: 'anything' }, undefined]
];

describe('write rules', () => {
  it.each(table)('case %#: in %s as %s', (rules, role, document, expected) => {
    expect(refusal(rules, document, { name: 'x', roles: [role] })).toBe(expected);
    expect(generated(rules, document, [role])).toBe(expected);
  });

  it.each(['audit', 'audit-of'])('let nobody change or remove what is written once: %s', (type) => {
    const entry = { _id: `${type}:${A}`, type };
    for (const role of ['_admin', 'courier', 'gateway']) {
      for (const say of [
        refusal,
        (...[rules, doc, user, exists]: Parameters<typeof refusal>) => generated(rules, doc, user.roles, exists)
      ]) {
        const user = { name: 'x', roles: [role] };
        expect(say('registry', entry, user, true)).toBe(REASONS.final);
        expect(say('registry', { ...entry, _deleted: true }, user, true)).toBe(REASONS.final);
        expect(say('registry', { ...entry, _deleted: true }, user, false)).toBe(REASONS.final);
      }
    }
    expect(refusal('registry', entry, { name: 'x', roles: ['_admin'] })).toBeUndefined();
  });

  it('are the same in TypeScript and in the design document', () => {
    const type = fc.constantFrom(
      'post',
      'receipt',
      'record',
      'membership',
      'newer-type',
      'session',
      'parcel',
      'audit',
      'Post',
      ''
    );
    const suffix = fc.oneof(fc.constantFrom(A, `${A}.${B}`, `post:${A}`, `${A}\n`, ''), fc.string());
    const id = fc.oneof(
      fc.tuple(type, suffix).map(([before, after]) => `${before}:${after}`),
      fc.string({ minLength: 1 })
    );
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom(A, B));
    const document = fc
      .tuple(id, fc.option(fc.boolean()), fc.option(type), fc.option(value), fc.dictionary(fc.string(), fc.jsonValue()))
      .map(([_id, deleted, kind, edit, rest]) => {
        const full = { ...rest, _id, _deleted: deleted ?? undefined, type: kind ?? undefined, edit: edit ?? undefined };
        return JSON.parse(JSON.stringify(full)) as RuledDocument;
      });
    const roles = fc.subarray(['courier', 'gateway', '_admin', 'stranger']);
    fc.assert(
      fc.property(fc.constantFrom(...RULE_SETS), document, roles, fc.boolean(), (rules, doc, list, exists) => {
        expect(generated(rules, doc, list, exists)).toBe(refusal(rules, doc, { name: 'x', roles: list }, exists));
      }),
      { numRuns: 2_000 }
    );
  });

  it('follow from the name of the database', () => {
    expect(ruleSetOf(`person-${A}`)).toBe('person');
    expect(['channel-a', 'catalogue', 'directory-a', 'office-a'].map(ruleSetOf)).toEqual(Array(4).fill('shared'));
    expect(ruleSetOf('registry')).toBe('registry');
    expect(ruleSetOf('person-x')).toBeUndefined();
  });
});
