import { parseDatabase, personDatabase, type DatabaseKind } from '../../src/lib/domain/databases.ts';
import type { Person } from '../registry/types.ts';
import type { Shape } from './calls.ts';
import { ACCESS, RECOVERY, RESOURCES, ROLES, type Relation, type Resource, type Role } from './table.ts';

/** Who asks: a person, or a machine that signed in. */
export type Principal = Pick<Person, 'id' | 'agency' | 'roles' | 'channels'>;

const RELATIONS: Record<Relation, (principal: Principal, key: string) => boolean> = {
  own: ({ id }, key) => id === key,
  member: ({ channels }, key) => channels.some((channel) => channel.id === key),
  'own-agency': ({ agency }, key) => agency === key,
  any: () => true
};

interface Way {
  role: Role;
  of: Relation;
}

const nameOf = (kind: DatabaseKind, shape: Shape, verb: string): string => `${kind} ${shape} ${verb}`;

/** The table turned round: call → roles that may make it, so that a request looks at those alone. */
const WAYS = new Map<string, Way[]>();
for (const role of ROLES) {
  for (const { to, of, calls } of ACCESS[role]) {
    for (const [shape, verbs] of Object.entries(calls)) {
      for (const verb of verbs) {
        const name = nameOf(to, shape as Shape, verb);
        WAYS.set(name, [...(WAYS.get(name) ?? []), { role, of }]);
      }
    }
  }
}

/** Whether this call to a database may be made. */
export function allows(principal: Principal, database: string, shape: Shape, verb: string): boolean {
  const parsed = parseDatabase(database);
  if (!parsed) return false;
  const ways = WAYS.get(nameOf(parsed.kind, shape, verb)) ?? [];
  return ways.some(({ role, of }) => principal.roles.includes(role) && RELATIONS[of](principal, parsed.key));
}

/** Whether this shared database may be followed by `/sync`: the same answer as for reading its changes. */
export const mayFollow = (principal: Principal, database: string): boolean =>
  parseDatabase(database)?.kind !== 'person' && allows(principal, database, 'changes', 'GET');

/** Whether a database of one's own is followed beside the shared ones: a machine that signed in has none. */
export const mayFollowOwn = (principal: Principal): boolean =>
  allows(principal, personDatabase(principal.id), 'changes', 'GET');

/** Whether this may be asked of what is no database. */
export function mayUse({ roles }: Pick<Principal, 'roles'>, resource: Resource, verb: string): boolean {
  const { roles: allowed, verbs } = RESOURCES[resource];
  return verbs.some((one) => one === verb) && allowed.some((role) => roles.includes(role));
}

/** Whether one person may let another one back in. Who changes her own password shows the old one. */
export function mayRecover(helper: Principal, person: Principal): boolean {
  if (helper.id === person.id || person.roles.length === 0) return false;
  return person.roles.every((held) => {
    const helpers = ROLES.filter((role) => role === held).flatMap((role) => RECOVERY[role]);
    return helpers.some(({ role, of }) => helper.roles.includes(role) && RELATIONS[of](helper, person.agency));
  });
}
