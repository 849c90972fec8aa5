import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { notFound, Problem } from '../problem.ts';
import { cachingOf, isPagePath, isServerPath } from './caching.ts';
import { PACKAGE_FRAME, packagePolicy, workerPolicy } from './csp.ts';
import { APP, OF_PACKAGE_FRAME, PRIVATE } from './headers.ts';
import { makePagePolicy } from './page.ts';

const WORKERS = '/_app/immutable/workers/';

/** The path of a request, decoded; undefined when it is malformed or tries to leave the folder. */
function pathnameOf(request: FastifyRequest): string | undefined {
  const raw = (request.raw.url ?? '').split('?', 1)[0] ?? '';
  try {
    const pathname = decodeURIComponent(raw);
    const odd = pathname.includes('\0') || pathname.includes('\\') || pathname.includes('//');
    return odd || pathname.split('/').some((part) => part.startsWith('.')) ? undefined : pathname;
  } catch {
    return undefined;
  }
}

/**
 * The built app: files with their precompressed twins, and its page for every path that only the app's router knows.
 * The folder may be filled or replaced while the server runs.
 */
export async function appRoutes(app: FastifyInstance, { build }: { build: string }): Promise<void> {
  const policyOfPage = makePagePolicy(build);
  const policyOf = (pathname: string, page: string): string => {
    if (pathname === PACKAGE_FRAME) return packagePolicy();
    return pathname.startsWith(WORKERS) ? workerPolicy() : page;
  };
  await app.register(fastifyStatic, {
    root: build,
    serve: false,
    preCompressed: true,
    cacheControl: false,
    dotfiles: 'deny',
    suppressWarning: true
  });

  const isFile = async (pathname: string): Promise<boolean> =>
    (await stat(path.join(build, pathname)).catch(() => undefined))?.isFile() ?? false;

  const send = async (reply: FastifyReply, pathname: string): Promise<FastifyReply> => {
    const page = await policyOfPage();
    if (!page) throw new Problem(503, 'not-built', 'The app is not built yet: npm run build.');
    reply
      .headers(APP)
      .headers(pathname === PACKAGE_FRAME ? OF_PACKAGE_FRAME : {})
      .headers({
        'content-security-policy': policyOf(pathname, page),
        'cache-control': cachingOf(pathname),
        vary: 'accept-encoding'
      });
    return reply.sendFile(pathname);
  };

  app.route({
    method: ['GET', 'HEAD'],
    url: '/*',
    exposeHeadRoute: false,
    handler: async (request, reply) => {
      const pathname = pathnameOf(request);
      if (pathname !== undefined && !isServerPath(pathname)) {
        if (pathname !== '/' && (await isFile(pathname))) return send(reply, pathname);
        if (isPagePath(pathname)) return send(reply, '/index.html');
      }
      reply.headers(PRIVATE);
      throw notFound('There is nothing here.');
    }
  });
}
