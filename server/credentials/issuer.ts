import type { Issuer } from '../../src/lib/domain/credentials/badge.ts';
import type { Config } from '../config.ts';

/** An address for an issuer that has none which others reach. */
const LOCAL = 'urn:uuid:3f0c5f0e-6d3b-4f6e-8a51-5d6a3c1b7e90';

/** Who signs, as the settings of this server say. */
export const issuerOf = ({ origin, issuer }: Partial<Pick<Config, 'origin' | 'issuer'>>): Issuer => ({
  id: origin ? `${origin}/api/issuer` : LOCAL,
  name: issuer ?? 'SmartASN',
  ...(origin && { url: origin })
});

/** The `kid` of a key: an address that answers with the JWK (Open Badges 3.0 §8.2.1), where there is one. */
export const kidOf = ({ id, url }: Issuer, key: string): string => (url ? `${id}/keys/${key}` : key);
