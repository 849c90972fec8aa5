import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify';
import { Unreachable } from '../couch/http.ts';
import { CouchError } from '../registry/database.ts';
import { PRIVATE } from './app/headers.ts';
import { badRequest, notFound, Problem, tooLarge, unavailable } from './problem.ts';

/** Whatever was thrown as an answer for the client; undefined when the fault is ours. */
export function problemOf(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  if (error instanceof CouchError) return unavailable('The database does not answer as it should.');
  if (error instanceof Unreachable) return unavailable('The database is away.');
  const { statusCode, code } = (error ?? {}) as Partial<FastifyError>;
  if (statusCode === 413) return tooLarge('The body is too large.');
  if (statusCode === 415) return new Problem(415, 'unsupported-type', 'The body must be JSON.');
  if (statusCode === 404) return notFound('There is nothing here.');
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return badRequest(code ?? 'Bad request.');
  return undefined;
}

/** A client that goes away is everyday life on a weak link and no fault. */
const isGone = (error: unknown, request: FastifyRequest): boolean =>
  request.socket.destroyed || (error as FastifyError | undefined)?.code === 'ERR_STREAM_PREMATURE_CLOSE';

/** Makes every error an `apiError` (domain/api.ts). What is our fault is logged, without anything of the request. */
export function handleErrors(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error);
    const { status, retryAfter } = problem ?? {};
    const route = `${request.method} ${request.routeOptions.url}`;
    if (isGone(error, request)) return reply.code(499).send();
    if (!problem) request.log.error({ err: error, route }, 'request failed');
    else if (problem.status >= 500) request.log.warn({ route, reason: (error as Error).message }, 'request failed');
    if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
    return reply
      .code(status ?? 500)
      .headers(PRIVATE)
      .send(problem?.body() ?? { code: 'internal', message: 'Something went wrong.' });
  });
  app.setNotFoundHandler(() => {
    throw notFound('There is nothing here.');
  });
}
