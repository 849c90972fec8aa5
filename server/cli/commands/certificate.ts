import { defineCommand } from 'citty';
import { openIssuerKeys } from '../../credentials/keys.ts';
import { openCertificates, type CertificateRecord, type CertificateRecords } from '../../credentials/records.ts';
import { revoke as takeBack } from '../../credentials/revoke.ts';
import { openRegistry } from '../../registry/index.ts';
import { certificateWords, type CertificateWords } from '../certificate/words.ts';
import { Refused, withContext } from '../context.ts';

const number = {
  type: 'positional',
  required: true,
  description: 'its number, or the UUID of the credential'
} as const;

async function find(records: CertificateRecords, given: string, words: CertificateWords): Promise<CertificateRecord> {
  const found = await records.find(given);
  if (!found) throw new Refused(words.unknown(given));
  return found;
}

const show = defineCommand({
  meta: { name: 'show', description: 'Show a certificate and to whom it was given' },
  args: { number },
  run: ({ args }) =>
    withContext(async ({ couch, note }, general) => {
      const words = certificateWords(general.locale);
      const records = openCertificates(couch, 'courier');
      const found = await find(records, args.number, words);
      await note({ action: 'inspected', about: [found.person], what: found._id });
      const holder = await openRegistry(couch).person(found.person);
      const revokedAt = await records.revokedAt(found.credential);
      console.log(words.number(found.number));
      console.log(words.title(found.title, found.publisher));
      console.log(words.holder(holder?.name ?? '?', holder?.account ?? found.person));
      console.log(words.issued(found.issuedAt));
      console.log(revokedAt ? words.revoked(revokedAt) : words.valid);
    })
});

const revoke = defineCommand({
  meta: { name: 'revoke', description: 'Take a certificate back' },
  args: { number },
  run: ({ args }) =>
    withContext(async ({ couch, note }, general) => {
      const words = certificateWords(general.locale);
      const records = openCertificates(couch, 'courier');
      const found = await find(records, args.number, words);
      await note({ action: 'revoked-certificate', about: [found.person], what: found._id });
      console.log(words.taken(found.number, await takeBack(couch, records, found)));
    })
});

const rotate = defineCommand({
  meta: { name: 'rotate-key', description: 'Make a new key that certificates are signed with from now on' },
  run: () =>
    withContext(async ({ couch, config, note }, general) => {
      await note({ action: 'renewed-issuer-key' });
      const keys = openIssuerKeys(couch, config.data);
      await keys.rotate();
      await keys.signing();
      console.log(certificateWords(general.locale).rotated);
    })
});

/** `smartasn certificate show|revoke|rotate-key`. */
export const certificate = defineCommand({
  meta: { name: 'certificate', description: 'Certificates of finished courses' },
  subCommands: { show, revoke, 'rotate-key': rotate }
});
