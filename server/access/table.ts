import type { DatabaseKind } from '../../src/lib/domain/databases.ts';
import { LOOK_UP, READ, REPLICATE, type Calls, type Verb } from './calls.ts';

/**
 * Who may do what, all of it: role × database × verb (`ACCESS`), role × what else the gateway has (`RESOURCES`), and
 * service × database × document type (`WRITES`). The gateway asks `allows.ts`; `_security` and `validate_doc_update` are
 * made from it (`server/couch/`). What is not in a table is refused.
 */

/** Roles of persons, and of the two kinds of machine that sign in. A role gives what its row says and nothing else. */
export const ROLES = ['staff', 'officer', 'publisher', 'administrator', 'auditor', 'kiosk', 'node'] as const;
export type Role = (typeof ROLES)[number];

const PERSONS: readonly Role[] = ['staff', 'officer', 'publisher', 'administrator', 'auditor'];

/** How the one who asks stands to a database: hers, a channel she is a member of, her agency's, or just any. */
export type Relation = 'own' | 'member' | 'own-agency' | 'any';

export interface Grant {
  to: DatabaseKind;
  of: Relation;
  calls: Calls;
}

/**
 * Nobody's role opens another person's database or the registry. A publisher, an administrator and an auditor hold
 * `staff` as well when they use the app as persons; what they do beyond that is no reading of databases.
 */
export const ACCESS: Record<Role, readonly Grant[]> = {
  staff: [
    { to: 'person', of: 'own', calls: REPLICATE },
    { to: 'channel', of: 'member', calls: READ },
    { to: 'catalogue', of: 'any', calls: READ },
    { to: 'directory', of: 'own-agency', calls: READ },
    { to: 'directory', of: 'any', calls: LOOK_UP }
  ],
  officer: [{ to: 'office', of: 'own-agency', calls: READ }],
  publisher: [],
  administrator: [],
  auditor: [],
  // A machine that anybody may stand at: what is public among colleagues, nothing of persons.
  kiosk: [{ to: 'catalogue', of: 'any', calls: READ }],
  // A small server in an office passes on what that office may read.
  node: [
    { to: 'channel', of: 'member', calls: READ },
    { to: 'catalogue', of: 'any', calls: READ },
    { to: 'directory', of: 'own-agency', calls: READ },
    { to: 'office', of: 'own-agency', calls: READ }
  ]
};

/** What the gateway has besides databases: each of its routes names one of these (gateway/guard.ts). */
export type Resource =
  | 'media'
  | 'own-files'
  | 'device-key'
  | 'devices'
  | 'handoff'
  | 'password'
  | 'recovery'
  | 'passkeys'
  | 'factor'
  | 'publishing'
  | 'own-audit'
  | 'audit';

/** Who may ask for it, and how. */
export const RESOURCES: Record<Resource, { roles: readonly Role[]; verbs: readonly Verb[] }> = {
  media: { roles: ['staff', 'kiosk', 'node'], verbs: ['GET', 'HEAD'] },
  // A person's own files: each sees hers.
  'own-files': { roles: ['staff'], verbs: ['GET', 'PUT'] },
  'device-key': { roles: ['staff'], verbs: ['PUT'] },
  // Into a kiosk goes a person, from her own device.
  handoff: { roles: PERSONS, verbs: ['POST'] },
  password: { roles: PERSONS, verbs: ['POST'] },
  // Whom they may help is said by `RECOVERY`.
  recovery: { roles: ['officer', 'administrator'], verbs: ['POST'] },
  // How a person signs in is her own business.
  passkeys: { roles: PERSONS, verbs: ['GET', 'POST', 'PUT', 'DELETE'] },
  // Whoever signs in as a person sees and ends her own sessions, and sees who looked at her data.
  devices: { roles: PERSONS, verbs: ['GET', 'POST', 'DELETE'] },
  // Her own second factor: what it takes to change it, the route asks for.
  factor: { roles: PERSONS, verbs: ['GET', 'POST', 'DELETE'] },
  // What is not published yet, and the keys of evaluations, are seen by who publishes.
  publishing: { roles: ['publisher'], verbs: ['GET', 'POST', 'PUT', 'DELETE'] },
  'own-audit': { roles: PERSONS, verbs: ['GET'] },
  audit: { roles: ['auditor'], verbs: ['GET'] }
};

const BY_ADMINISTRATOR: readonly Helper[] = [{ role: 'administrator', of: 'any' }];

/** Who lets somebody back in who forgot her password: a role that helps, and how its holder stands to her agency. */
export interface Helper {
  role: Role;
  of: Extract<Relation, 'own-agency' | 'any'>;
}

/**
 * Who may help a person that holds a role; one who holds several is helped by whom each of them allows. Nobody's role
 * grows by helping: administrators are let in by the command line, and no machine has forgotten anything.
 */
export const RECOVERY: Record<Role, readonly Helper[]> = {
  staff: [{ role: 'officer', of: 'own-agency' }, ...BY_ADMINISTRATOR],
  officer: BY_ADMINISTRATOR,
  publisher: BY_ADMINISTRATOR,
  auditor: BY_ADMINISTRATOR,
  administrator: [],
  kiosk: [],
  node: []
};

/** The database users that the server speaks as. One who has several roles counts as the first. */
export const SERVICES = ['courier', 'gateway'] as const;
export type Service = (typeof SERVICES)[number];

/** Databases that have the same write rules. */
export type RuleSet = 'person' | 'shared' | 'registry';

export const RULE_SETS: Record<DatabaseKind, RuleSet> = {
  person: 'person',
  channel: 'shared',
  catalogue: 'shared',
  directory: 'shared',
  office: 'shared',
  registry: 'registry'
};

/** Types of documents that a service may write: only these, or all but these, as newer apps have newer types. */
export interface Types {
  only?: readonly string[];
  except?: readonly string[];
  /** Why another type is refused: a key of `REASONS` (write-rules.ts). */
  otherwise: 'own' | 'server' | 'private' | 'registry';
  /** The documents are a person's own: they name their edit and have a size. */
  own?: boolean;
}

/** Types that only the server writes into a person's database. */
export const SERVER_TYPES: readonly string[] = ['receipt', 'record', 'membership', 'grade', 'certificate', 'enrolment'];

/** Types of own documents that are their person's alone. */
export const PRIVATE_TYPES: readonly string[] = ['progress', 'attempt', 'submission', 'mark', 'runtime', 'study'];

/** Types of the registry that are written once and stay as they are, whoever asks. */
export const FINAL_TYPES: readonly string[] = [
  'audit',
  'audit-of',
  'issuer-key',
  'certificate-code',
  'revoked-certificate'
];

/** The gateway writes what persons wrote, the courier what follows from it; a type stands where it belongs. */
export const WRITES: Record<RuleSet, Partial<Record<Service, Types>>> = {
  person: {
    courier: { only: SERVER_TYPES, otherwise: 'own' },
    gateway: { except: SERVER_TYPES, otherwise: 'server', own: true }
  },
  shared: {
    // What is one person's alone never reaches a database that others read.
    courier: { except: [...SERVER_TYPES, ...PRIVATE_TYPES], otherwise: 'private' }
  },
  registry: {
    courier: { except: [], otherwise: 'registry' },
    gateway: {
      only: [
        'session',
        'parcel',
        'kiosk',
        'handoff',
        'passkey',
        'factor',
        'recovery',
        'oidc',
        'own-file',
        'draft',
        'audit',
        'audit-of'
      ],
      otherwise: 'registry'
    }
  }
};

/** Who may enter the databases of the server; what each may write there is said by `WRITES`. */
export const SECURITY = { members: { roles: [...SERVICES] as string[] }, admins: { roles: ['_admin'] } };
