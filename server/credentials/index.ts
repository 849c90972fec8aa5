import { REGISTRY } from '../../src/lib/domain/databases.ts';
import type { Config } from '../config.ts';
import type { Couch } from '../couch/types.ts';
import { makeIssue, type Issue } from './issue.ts';
import { issuerOf } from './issuer.ts';
import { openIssuerKeys } from './keys.ts';
import { openCertificates } from './records.ts';

/** Opens what issues certificates here; its public key is known to everybody who asks before it signs anything. */
export async function openIssue(
  couch: Couch,
  config: Pick<Config, 'data'> & Partial<Pick<Config, 'origin' | 'issuer'>>
): Promise<Issue> {
  await couch.provision(REGISTRY);
  const keys = openIssuerKeys(couch, config.data);
  await keys.signing();
  return makeIssue({ records: openCertificates(couch, 'courier'), keys, issuer: issuerOf(config) });
}
