import fc from 'fast-check';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { OWN_DOCUMENT_LIMIT } from '../../src/lib/domain/documents/limits.ts';
import { REASONS, refusal, ruleSetOf, type RuledDocument, type RuleSet } from './write-rules.ts';
import { validateSource } from './write-rules-source.ts';

const RULE_SETS: RuleSet[] = ['person', 'shared', 'registry'];
const A = '01890000-0000-7000-8000-00000000000a';
const B = '01890000-0000-7000-8000-00000000000b';

type Validate = (newDoc: unknown, oldDoc: unknown, userCtx: unknown) => void;

const validators = new Map(
  RULE_SETS.map((rules) => [rules, runInNewContext(`(${validateSource(rules)})`) as Validate])
);

/** What the generated JavaScript says, in the words of `refusal`. */
function generated(rules: RuleSet, document: RuledDocument, roles: string[]): string | undefined {
  try {
    validators.get(rules)?.(document, null, { name: 'x', roles });
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
  ['registry', 'courier', { _id: 'account:x' }, undefined],
  ['registry', 'gateway', { _id: `session:${A}` }, undefined],
  ['registry', 'gateway', { _id: 'account:x' }, REASONS.session],
  ['registry', 'stranger', { _id: `session:${A}` }, REASONS.role],
  ['person', '_admin', { _id: 'anything' }, undefined]
];

describe('write rules', () => {
  it.each(table)('case %#: in %s as %s', (rules, role, document, expected) => {
    expect(refusal(rules, document, { name: 'x', roles: [role] })).toBe(expected);
    expect(generated(rules, document, [role])).toBe(expected);
  });

  it('are the same in TypeScript and in the design document', () => {
    const type = fc.constantFrom('post', 'receipt', 'record', 'membership', 'newer-type', 'session', 'Post', '');
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
      fc.property(fc.constantFrom(...RULE_SETS), document, roles, (rules, doc, list) => {
        expect(generated(rules, doc, list)).toBe(refusal(rules, doc, { name: 'x', roles: list }));
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
