import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import {
  OIDC_CODE,
  OIDC_FAILED,
  OIDC_PAGE,
  oidcSession,
  oidcStart,
  type OidcFailure,
  type WaysIn
} from '../../src/lib/domain/oidc.ts';
import type { Couch } from '../couch/types.ts';
import { NotIdentified, openIssuer, type Secrets } from '../oidc/issuer.ts';
import type { OidcSettings } from '../oidc/settings.ts';
import { openOnce, type Once } from '../registry/once.ts';
import type { Registry } from '../registry/types.ts';
import type { OriginOf } from './origin.ts';
import { parse } from './parse.ts';
import { notFound, Problem } from './problem.ts';
import type { Admit } from './sessions/admit.ts';

/** Between the two visits of a browser: whose tab it is, and what the issuer's answer has to fit. */
type Attempt = Secrets & { challenge: string };
/** Who came back to which tab. */
interface Arrival {
  challenge: string;
  person: string;
}

export interface OidcStores {
  attempts: Once<Attempt>;
  arrivals: Once<Arrival>;
  sweep(): Promise<void>;
}

/** Time to sign in at the issuer, and from there to the app, ms. */
const ATTEMPT_MS = 10 * 60_000;
const ARRIVAL_MS = 2 * 60_000;

/** `oidc:…` in the registry. */
export function openOidcStores(couch: Couch): OidcStores {
  const attempts = openOnce<Attempt>(couch, { type: 'oidc', name: 'attempt', lifeMs: ATTEMPT_MS });
  const arrivals = openOnce<Arrival>(couch, { type: 'oidc', name: 'arrival', lifeMs: ARRIVAL_MS });
  return { attempts, arrivals, sweep: async () => void (await Promise.all([attempts.sweep(), arrivals.sweep()])) };
}

export interface OidcParts {
  settings: OidcSettings | undefined;
  stores: OidcStores;
  registry: Pick<Registry, 'byAccount' | 'person'>;
  admit: Admit;
  originOf: OriginOf;
}

const CALLBACK = '/api/oidc/callback';
const OPEN = { config: { guard: 'anyone' } } as const;
const ANYONE = { bodyLimit: 1_024, ...OPEN } as const;

const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');

/**
 * `/api/ways-in` and `/api/oidc` (domain/oidc.ts). The exchange with the issuer happens here; the browser sees no token,
 * and what it carries back works once, for minutes, in the tab that began. Nothing of it rests on a cookie.
 */
export async function oidcRoutes(app: FastifyInstance, parts: OidcParts): Promise<void> {
  const { settings, stores, registry, admit, originOf } = parts;
  const { attempts, arrivals } = stores;

  app.get('/api/ways-in', OPEN, async (): Promise<WaysIn> => (settings ? { oidc: { name: settings.name } } : {}));
  if (!settings) return;
  const issuer = openIssuer(settings);

  const warn = ({ trouble, cause }: NotIdentified): void =>
    app.log.warn({ trouble, reason: cause instanceof Error ? cause.message : String(cause) }, 'OIDC sign-in failed');

  app.post('/api/oidc/start', ANYONE, async (request) => {
    const { challenge } = parse(oidcStart, request.body);
    const origin = originOf(request);
    if (!origin) throw new Problem(503, 'oidc-away', 'OIDC needs SMARTASN_ORIGIN (docs/operations.md).');
    // The state is the secret of the attempt, so the attempt is kept before the address is known.
    try {
      const secrets = await issuer.secrets();
      const state = await attempts.give({ ...secrets, challenge });
      return { url: await issuer.authorize(origin + CALLBACK, state, secrets) };
    } catch (error) {
      if (!(error instanceof NotIdentified)) throw error;
      warn(error);
      throw new Problem(503, 'oidc-away', 'The issuer does not answer as it should.', 30);
    }
  });

  /** Who came back, as a fragment of the app's page. */
  async function arrived(cameBackTo: URL): Promise<string> {
    const failed = (why: OidcFailure): string => OIDC_FAILED + why;
    const state = cameBackTo.searchParams.get('state') ?? '';
    const attempt = state ? await attempts.take(state) : undefined;
    if (!attempt) return failed('over');
    if (cameBackTo.searchParams.has('error')) return failed('refused');
    try {
      const account = await issuer.identify(cameBackTo, state, attempt);
      const found = account === undefined ? undefined : await registry.byAccount(account);
      if (!found) return failed('unknown');
      const { challenge } = attempt;
      return OIDC_CODE + (await arrivals.give({ challenge, person: found.person.id }));
    } catch (error) {
      if (!(error instanceof NotIdentified)) throw error;
      warn(error);
      return failed(error.trouble);
    }
  }

  app.get(CALLBACK, OPEN, async (request, reply) => {
    const origin = originOf(request);
    if (!origin) throw notFound('There is nothing here.');
    const fragment = await arrived(new URL(request.url, origin));
    return reply.header('referrer-policy', 'no-referrer').redirect(OIDC_PAGE + fragment, 303);
  });

  app.post('/api/oidc/session', ANYONE, async (request) => {
    const { code, verifier } = parse(oidcSession, request.body);
    const arrival = await arrivals.take(code);
    const person =
      arrival && arrival.challenge === challengeOf(verifier) ? await registry.person(arrival.person) : undefined;
    if (!person) throw new Problem(401, 'oidc-over', 'This code is used, too old or another tab’s.');
    return admit(person, request);
  });
}
