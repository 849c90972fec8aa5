import * as v from 'valibot';
import { uuidv8 } from '../uuid-hash.ts';

/**
 * An Open Badges 3.0 credential (1EdTech, §8.2): its fields are the payload of a JWT that the issuer signs. Contexts
 * are named and never fetched.
 */
export const CONTEXTS = [
  'https://www.w3.org/ns/credentials/v2',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'
];

/** What makes `1EdTechRevocationList` a known word. */
const STATUS_CONTEXT = 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json';

const profile = v.looseObject({ id: v.string(), name: v.string() });
const types = (one: string) => v.pipe(v.array(v.string()), v.includes(one));

/** What a reader needs of one; a credential may say more. */
export const badge = v.looseObject({
  id: v.pipe(v.string(), v.regex(/^urn:uuid:[0-9a-f-]{36}$/)),
  type: types('OpenBadgeCredential'),
  issuer: profile,
  validFrom: v.pipe(v.string(), v.isoTimestamp()),
  name: v.string(),
  credentialSubject: v.looseObject({
    id: v.string(),
    identifier: v.array(v.looseObject({ identityHash: v.string(), identityType: v.string(), hashed: v.boolean() })),
    licenseNumber: v.optional(v.string()),
    creditsEarned: v.optional(v.number()),
    achievement: v.looseObject({
      id: v.string(),
      name: v.string(),
      criteria: v.looseObject({ narrative: v.optional(v.string()) }),
      creator: v.optional(profile),
      alignment: v.optional(v.array(v.looseObject({ targetCode: v.optional(v.string()), targetName: v.string() })))
    })
  }),
  iss: v.string(),
  jti: v.string(),
  sub: v.string(),
  nbf: v.number()
});

export type Badge = v.InferOutput<typeof badge>;

/** A competency with the level that the course leads to and its name. */
export interface ShownCompetency {
  code: string;
  level: number;
  name: string;
}

export interface Award {
  /** Random UUIDs of the credential and of its holder in it. */
  id: string;
  subject: string;
  number: string;
  issuedAt: string;
  name: string;
  /** UUID of the course. */
  course: string;
  title: string;
  publisher: string;
  language: string;
  learningHours: number;
  narrative: string;
  competencies: ShownCompetency[];
}

export interface Issuer {
  id: string;
  name: string;
  /** Address of the server, where it has one that others reach. */
  url?: string;
}

const urn = (uuid: string): string => `urn:uuid:${uuid}`;
const codeFor = ({ code, level }: ShownCompetency): string => `${code}:${level}`;

/** The credential of an award, as the payload that is signed. */
export async function makeBadge(issuer: Issuer, award: Award) {
  const alignment = await Promise.all(
    award.competencies.map(async (shown) => ({
      type: ['Alignment'],
      targetType: 'ceasn:Competency',
      targetCode: codeFor(shown),
      targetName: shown.name,
      targetFramework: 'PermenPANRB 38/2017',
      targetUrl: urn(await uuidv8(`competency ${codeFor(shown)}`))
    }))
  );
  const { url } = issuer;
  return {
    '@context': [...CONTEXTS, ...(url ? [STATUS_CONTEXT] : [])],
    id: urn(award.id),
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: award.title,
    issuer: { id: issuer.id, type: ['Profile'], name: issuer.name, ...(url && { url }) },
    validFrom: award.issuedAt,
    ...(url && { credentialStatus: { id: `${url}/api/certificates/revoked`, type: '1EdTechRevocationList' } }),
    credentialSubject: {
      id: urn(award.subject),
      type: ['AchievementSubject'],
      identifier: [{ type: 'IdentityObject', hashed: false, identityHash: award.name, identityType: 'name' }],
      licenseNumber: award.number,
      creditsEarned: award.learningHours,
      achievement: {
        id: urn(award.course),
        type: ['Achievement'],
        achievementType: 'Course',
        name: award.title,
        description: award.title,
        inLanguage: award.language,
        creditsAvailable: award.learningHours,
        criteria: { narrative: award.narrative },
        creator: { id: urn(await uuidv8(`publisher ${award.publisher}`)), type: ['Profile'], name: award.publisher },
        ...(alignment.length > 0 && { alignment })
      }
    },
    iss: issuer.id,
    jti: urn(award.id),
    sub: urn(award.subject),
    nbf: Math.floor(Date.parse(award.issuedAt) / 1000)
  };
}

/** Competencies that a credential shows, as far as this build knows how they are written. */
export function competenciesOf({ credentialSubject }: Badge): { code: string; level: number }[] {
  return (credentialSubject.achievement.alignment ?? []).flatMap(({ targetCode = '' }) => {
    const [, code, level] = /^([a-z0-9-]+):([1-5])$/.exec(targetCode) ?? [];
    return code === undefined || level === undefined ? [] : [{ code, level: Number(level) }];
  });
}

/** The name of the person that a credential is about. */
export const holderOf = ({ credentialSubject }: Badge): string =>
  credentialSubject.identifier.find(({ identityType, hashed }) => identityType === 'name' && !hashed)?.identityHash ??
  '';

/** The random UUID of a credential. */
export const uuidOf = ({ id }: Pick<Badge, 'id'>): string => id.slice('urn:uuid:'.length);
