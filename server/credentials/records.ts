import { REGISTRY } from '../../src/lib/domain/databases.ts';
import { codeOf, parseCertificateNumber } from '../../src/lib/domain/credentials/number.ts';
import { UUID_PATTERN } from '../../src/lib/domain/ids.ts';
import { uuidv8 } from '../../src/lib/domain/uuid-hash.ts';
import type { Couch, CouchRole } from '../couch/types.ts';
import { openDatabase, type Unsaved } from '../registry/database.ts';

/**
 * A certificate in the registry: `certificate:<UUIDv8 of person, course and edition>`, so that one who issues it again
 * finds it. What is public of it (number, UUID of the credential) is random and leads here by `certificate-code:<code>`.
 */
export interface CertificateRecord extends Unsaved {
  type: 'certificate';
  person: string;
  course: string;
  edition: number;
  title: string;
  publisher: string;
  learningHours: number;
  /** Random UUID of the credential. */
  credential: string;
  number: string;
  issuedAt: string;
  jws: string;
}

interface CodeDocument extends Unsaved {
  type: 'certificate-code';
  of: string;
}

/** A certificate that was taken back: `revoked-certificate:<UUID of the credential>`. */
interface RevokedDocument extends Unsaved {
  type: 'revoked-certificate';
  at: string;
}

export interface Revoked {
  id: string;
  at: string;
}

export interface CertificateRecords {
  /** That of the person for any edition of the course up to this one. */
  of(person: string, course: string, edition: number): Promise<CertificateRecord | undefined>;
  /** Keeps it unless there is one; answers what is kept. */
  keep(record: CertificateRecord): Promise<CertificateRecord>;
  /** By number, as somebody typed it, or by the credential's UUID. */
  find(given: string): Promise<CertificateRecord | undefined>;
  revokedAt(credential: string): Promise<string | undefined>;
  /** Takes it back, once; answers since when it is. */
  revoke(credential: string): Promise<string>;
  revoked(): Promise<Revoked[]>;
}

const CODE = 'certificate-code:';
const REVOKED = 'revoked-certificate:';

/** Id of the record of a person's certificate for an edition of a course. */
export const recordId = async (person: string, course: string, edition: number): Promise<string> =>
  `certificate:${await uuidv8(`certificate ${person} ${course} ${edition}`)}`;

/** @param role who asks: the courier and operators issue and revoke, the gateway reads */
export function openCertificates(couch: Couch, role: CouchRole): CertificateRecords {
  const registry = openDatabase(couch, role, REGISTRY);

  const revokedAt = async (credential: string): Promise<string | undefined> =>
    (await registry.get<RevokedDocument>(REVOKED + credential))?.at;

  return {
    async of(person, course, edition) {
      const editions = Array.from({ length: edition }, (_, at) => recordId(person, course, at + 1));
      const found = await registry.byIds<CertificateRecord>(await Promise.all(editions));
      return [...found.values()].sort((a, b) => a.edition - b.edition)[0];
    },

    async keep(record) {
      // The number first: without its record it leads nowhere.
      const code: CodeDocument = { _id: CODE + codeOf(record.credential), type: 'certificate-code', of: record._id };
      if (!(await registry.putUnlessMoved(code))) throw new Error(`The number ${record.number} is taken.`);
      if (await registry.putUnlessMoved(record)) return record;
      return (await registry.get<CertificateRecord>(record._id)) ?? record;
    },

    async find(given) {
      const uuid = UUID_PATTERN.test(given.toLowerCase()) ? given.toLowerCase() : undefined;
      const asked = parseCertificateNumber(given);
      const code = uuid ? codeOf(uuid) : asked?.code;
      const led = code && (await registry.get<CodeDocument>(CODE + code));
      const record = led ? await registry.get<CertificateRecord>(led.of) : undefined;
      return record && (uuid ? record.credential === uuid : record.number === asked?.number) ? record : undefined;
    },

    revokedAt,

    async revoke(credential) {
      const at = new Date().toISOString();
      const document: RevokedDocument = { _id: REVOKED + credential, type: 'revoked-certificate', at };
      return (await registry.putUnlessMoved(document)) ? at : ((await revokedAt(credential)) ?? at);
    },

    async revoked() {
      const all = await registry.byPrefix<RevokedDocument>(REVOKED);
      return all.map(({ _id, at }) => ({ id: _id.slice(REVOKED.length), at }));
    }
  };
}
