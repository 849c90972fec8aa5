import path from 'node:path';
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { openAudit } from '../audit/index.ts';
import type { Config } from '../config.ts';
import type { Couch } from '../couch/types.ts';
import { issuerOf } from '../credentials/issuer.ts';
import { openCertificates } from '../credentials/records.ts';
import { openHandOffs } from '../kiosk/hand-offs.ts';
import { openFactors } from '../factor/factors.ts';
import { openSeal } from '../factor/seal.ts';
import { openKiosks } from '../kiosk/kiosks.ts';
import type { MediaStore } from '../media/types.ts';
import type { Registry } from '../registry/types.ts';
import { EVERYWHERE, PRIVATE } from './app/headers.ts';
import { appRoutes } from './app/index.ts';
import { auditRoutes } from './audit/index.ts';
import { certificateRoutes } from './certificates.ts';
import { makeSightings } from './audit/sightings.ts';
import { dbRoutes } from './db/index.ts';
import { handleErrors } from './errors.ts';
import { makeProve } from './factor/prove.ts';
import { factorRoutes } from './factor/routes.ts';
import { makeSecondStep } from './factor/second-step.ts';
import { guardRoutes } from './guard.ts';
import { healthRoutes } from './health.ts';
import { kioskRoutes } from './kiosk.ts';
import { makeAuthenticate } from './identity.ts';
import type { Keys } from './keys.ts';
import { limitWrites, type WriteLimits } from './limits/writes.ts';
import { mediaRoutes } from './media.ts';
import { openMediaStore } from '../media/index.ts';
import { openOwnFiles } from '../own-files/index.ts';
import { openParts } from '../own-files/parts.ts';
import { ownFileRoutes } from './own-files.ts';
import { oidcRoutes, openOidcStores } from './oidc.ts';
import { makeOriginOf } from './origin.ts';
import { passkeyRoutes } from './passkeys.ts';
import { makeFindPerson } from './people.ts';
import { makeAdmit } from './sessions/admit.ts';
import { withAudit } from './sessions/audited.ts';
import { deviceRoutes } from './sessions/device-routes.ts';
import { openDevices } from './sessions/devices.ts';
import { makeEndedSessions } from './sessions/ended.ts';
import { followEnded } from './sessions/follow-ended.ts';
import { makeEndAll } from './sessions/end-all.ts';
import { makeFailures } from './sessions/failures.ts';
import { sessionRoutes } from './sessions/index.ts';
import { makeCheckPassword } from './sessions/password-check.ts';
import { passwordRoutes } from './sessions/password-routes.ts';
import { openRecoveryCodes } from './sessions/recovery-codes.ts';
import { recoveryRoutes } from './sessions/recovery-routes.ts';
import { makeRecover } from './sessions/recovery.ts';
import { openSessions } from './sessions/store.ts';
import { openPasskeys } from '../passkeys/store.ts';
import { openParcels } from '../parcels/accept.ts';
import { openParcelKeys } from '../parcels/keys.ts';
import { openReplies } from '../parcels/reply.ts';
import { openDesk } from '../learning/publishing/desk.ts';
import { parcelRoutes } from './parcels.ts';
import { publishingRoutes } from './publishing/index.ts';
import { startHub } from './sync/hub.ts';
import { syncRoutes } from './sync/index.ts';
import { openOwn } from './sync/own.ts';
import { openPages } from './sync/pages.ts';

export interface GatewayParts {
  couch: Couch;
  registry: Registry;
  media: MediaStore;
  config: Pick<Config, 'build' | 'data' | 'origin' | 'oidc'> & Partial<Pick<Config, 'secondFactor' | 'issuer'>>;
  keys: Keys;
  log: FastifyBaseLogger;
  /** How much may be written; other limits in tests. */
  limits?: WriteLimits;
}

const SWEEP_EVERY_MS = 24 * 3_600_000;
const FAILURES_EVERY_MS = 5 * 60_000;

/**
 * The gateway: all that browsers reach. Nothing listens yet; `listen` opens the port and `close` ends held requests.
 * Behind a reverse proxy on the same machine the client's address comes from `X-Forwarded-For`.
 */
export async function buildGateway(parts: GatewayParts): Promise<FastifyInstance> {
  const { couch, registry, media, config, keys, log, limits } = parts;
  const app: FastifyInstance = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: 'loopback',
    forceCloseConnections: true,
    return503OnClosing: true,
    routerOptions: { maxParamLength: 500 }
  });
  handleErrors(app);
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(EVERYWHERE);
  });

  const ended = makeEndedSessions();
  const findPerson = makeFindPerson(registry);
  const audit = openAudit(couch, { data: config.data });
  const failures = makeFailures(audit);
  const sessions = withAudit(openSessions(couch), audit, failures);
  const admit = makeAdmit({ registry, sessions, keys });
  const checkPassword = await makeCheckPassword(registry, failures);
  const devices = openDevices(couch, sessions);
  const endAll = makeEndAll(devices, ended);
  const codes = openRecoveryCodes(couch);
  const factors = openFactors(couch, await openSeal(config.data));
  const secondStep = makeSecondStep({ factors, required: config.secondFactor ?? new Set(), audit, failures });
  const sightings = makeSightings(audit);
  const [kiosks, handOffs] = [openKiosks(couch), openHandOffs(couch)];
  const [passkeys, oidc] = [openPasskeys(couch), openOidcStores(couch)];
  const recover = makeRecover({ registry, passkeys, factors, endAll, audit });
  const hub = startHub(couch, (error) => log.warn({ err: error }, 'the feed of database updates broke'));
  const closing = new AbortController();
  const following = followEnded(couch, hub, ended, closing.signal);
  const sweep = (): void => {
    const all = [sessions, handOffs, passkeys, codes, oidc].map((one) => one.sweep());
    Promise.all(all).catch((error: unknown) => log.warn({ err: error }, 'old sessions were not removed'));
  };
  const sweeping = setInterval(sweep, SWEEP_EVERY_MS).unref();
  const tellFailures = (isLast?: boolean): Promise<void> =>
    failures.sweep(isLast).catch((error: unknown) => log.warn({ err: error }, 'failed sign-ins were not noted'));
  const telling = setInterval(() => void tellFailures(), FAILURES_EVERY_MS).unref();
  app.addHook('onListen', async () => sweep());
  app.addHook('preClose', async () => {
    clearInterval(sweeping);
    clearInterval(telling);
    await tellFailures(true);
    closing.abort();
    await hub.stop();
    await following;
  });

  await app.register(async (data) => {
    data.addHook('onRequest', async (_request, reply) => {
      reply.headers(PRIVATE);
    });
    const { authenticate } = limitWrites(data, makeAuthenticate(keys, ended), limits);
    guardRoutes(data, { authenticate, findPerson });
    await data.register(healthRoutes, { couch });
    const records = openCertificates(couch, 'gateway');
    await data.register(certificateRoutes, { couch, records, issuer: issuerOf(config) });
    await data.register(auditRoutes, { couch, registry, sightings, authenticate, findPerson });
    const proving = { registry, checkPassword, kiosks, authenticate, findPerson, audit, admit, secondStep };
    const prove = makeProve(proving);
    await data.register(sessionRoutes, { ...proving, keys, sessions, ended });
    await data.register(passwordRoutes, { ...proving, endAll });
    await data.register(recoveryRoutes, { ...proving, prove, failures, codes, recover });
    await data.register(factorRoutes, { ...proving, factors, prove });
    await data.register(kioskRoutes, { kiosks, handOffs, registry, admit, authenticate });
    const originOf = makeOriginOf(config);
    await data.register(passkeyRoutes, { passkeys, registry, keys, audit, admit, authenticate, prove, originOf });
    await data.register(oidcRoutes, { settings: config.oidc, stores: oidc, registry, admit, originOf });
    await data.register(deviceRoutes, { devices, ended, authenticate, audit });
    await data.register(dbRoutes, { couch, authenticate, findPerson, sightings });
    const [pages, own] = [openPages(couch, hub), openOwn(couch, hub)];
    await data.register(syncRoutes, { hub, pages, own, authenticate, ended, findPerson, sightings });
    await data.register(mediaRoutes, { media });
    const folder = path.join(config.data, 'own-files');
    const files = openOwnFiles(couch, await openMediaStore(path.join(folder, 'whole')));
    const fileParts = await openParts(path.join(folder, 'parts'));
    await data.register(ownFileRoutes, { files, parts: fileParts, authenticate });
    const desk = openDesk({
      couch,
      media,
      data: config.data,
      log: (err) => log.warn({ err }, 'a course was not read')
    });
    app.addHook('onListen', () => desk.resume());
    app.addHook('preClose', () => desk.close());
    await data.register(publishingRoutes, { couch, desk, audit, authenticate });
    const parcelKeys = openParcelKeys(config.data);
    const endSession = async (session: string): Promise<void> => {
      ended.add(session);
      await sessions.end(session);
    };
    const parcels = openParcels({
      couch,
      registry,
      sessions,
      keys: parcelKeys,
      endSession,
      onArrived: ({ person, edits }) =>
        audit.record({ action: 'opened-parcel', by: { person }, why: 'own-request', about: [person], count: edits })
    });
    const reply = openReplies({ couch, registry, sessions, keys: parcelKeys, records: parcels, hub, pages });
    await data.register(parcelRoutes, { parcels, reply, keys: parcelKeys, sessions, authenticate });
  });
  await app.register(appRoutes, { build: config.build });
  return app;
}
