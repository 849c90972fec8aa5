import * as v from 'valibot';
import {
  certificateStatus,
  issuerAnswer,
  type CertificateStatus,
  type IssuerAnswer
} from '$lib/domain/credentials/answers';
import { failureOf, SyncFailure } from './failure';
import { within } from './patience';

/** What is known of the issuer on this device, for everybody and unsealed: it is public. */
const KEY = 'smartasn-issuer';

/** Who checks a certificate has it in her hand: she waits no longer than this, ms. */
const PATIENCE = 8_000;

/** Nobody's name travels with a question. */
const ANYBODY: RequestInit = { credentials: 'omit', referrerPolicy: 'no-referrer' };

async function ask<T extends v.GenericSchema>(path: string, schema: T, init: RequestInit): Promise<v.InferOutput<T>> {
  const signal = AbortSignal.timeout(PATIENCE);
  const response = await within(fetch(path, { ...ANYBODY, ...init, signal }), PATIENCE);
  const failure = failureOf(response);
  if (failure) throw failure;
  const answer = v.safeParse(schema, await within(response.json(), PATIENCE));
  if (!answer.success) throw new SyncFailure('server');
  return answer.output;
}

/** The issuer as this device knows it; undefined when it never heard of one. */
export function knownIssuer(): IssuerAnswer | undefined {
  try {
    const known = v.safeParse(issuerAnswer, JSON.parse(localStorage.getItem(KEY) ?? 'null'));
    return known.success ? known.output : undefined;
  } catch {
    return undefined;
  }
}

/** Asks for the issuer's keys and what it took back, and keeps them. @throws SyncFailure */
export async function refreshIssuer(): Promise<IssuerAnswer> {
  const answer = await ask('/api/issuer', issuerAnswer, { cache: 'no-cache' });
  try {
    localStorage.setItem(KEY, JSON.stringify(answer));
  } catch {
    // A full disk: what was heard counts until the page closes.
  }
  return answer;
}

/** Asks what a number stands for. @throws SyncFailure */
export const askCertificate = (number: string): Promise<CertificateStatus> =>
  ask(`/api/certificates/${encodeURIComponent(number)}`, certificateStatus, { cache: 'no-store' });
