import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import type { Action } from '../../../src/lib/domain/audit.ts';
import { UUID_PATTERN } from '../../../src/lib/domain/ids.ts';
import {
  draftEdit,
  draftFile,
  newUpload,
  publishRequest,
  smallerRequest,
  UPLOAD_PIECE,
  type PublishingList
} from '../../../src/lib/domain/publishing.ts';
import type { Audit } from '../../audit/index.ts';
import type { Couch } from '../../couch/types.ts';
import { findCourse, listCourses, setWithdrawn } from '../../learning/publishing/catalogue.ts';
import type { Desk } from '../../learning/publishing/desk.ts';
import { ImportRefused } from '../../learning/types.ts';
import type { Authenticate } from '../identity.ts';
import { parse } from '../parse.ts';
import { notFound, Problem } from '../problem.ts';
import { rowOf } from './rows.ts';

export interface PublishingParts {
  couch: Couch;
  desk: Desk;
  audit: Audit;
  authenticate: Authenticate;
}

const GUARDED = { bodyLimit: 4_000_000, config: { guard: { resource: 'publishing' } } } as const;
const UPLOAD = { bodyLimit: UPLOAD_PIECE, config: { guard: { resource: 'publishing' } } } as const;

interface One {
  Params: { id: string };
}

const gone = (): Problem => notFound('There is no such draft.');
const moved = (): Problem => new Problem(409, 'moved', 'The draft has been changed, or is not ready.');

/** `/api/publishing` (domain/publishing.ts): courses on their way into the catalogue, for publishers. */
export async function publishingRoutes(
  app: FastifyInstance,
  { couch, desk, audit, authenticate }: PublishingParts
): Promise<void> {
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body)
  );
  app.addHook('preHandler', async ({ params }) => {
    const { id } = params as { id?: string };
    if (id !== undefined && !UUID_PATTERN.test(id)) throw gone();
  });
  const note = (action: Action, person: string, what: string): Promise<void> =>
    audit.record({ action, by: { person }, why: 'duty', what });

  app.get('/api/publishing', GUARDED, async (): Promise<PublishingList> => {
    const [drafts, courses] = await Promise.all([desk.list(), listCourses(couch)]);
    return { drafts, courses: courses.map(rowOf) };
  });

  app.post('/api/publishing/drafts', GUARDED, async (request, reply) => {
    const { person } = await authenticate(request);
    const wanted = parse(newUpload, request.body);
    try {
      return reply.code(201).send(await desk.begin(person, wanted));
    } catch (error) {
      if (error instanceof ImportRefused) throw new Problem(413, error.code, error.message);
      throw error;
    }
  });

  app.put<One & { Querystring: { at?: string }; Body: Buffer }>(
    '/api/publishing/drafts/:id/upload',
    UPLOAD,
    async (request) => {
      const at = parse(v.pipe(v.string(), v.regex(/^\d{1,12}$/), v.transform(Number)), request.query.at);
      if (!Buffer.isBuffer(request.body)) throw new Problem(415, 'bad-request', 'A piece is bytes.');
      const received = await desk.receive(request.params.id, at, new Uint8Array(request.body));
      if (received === undefined) throw gone();
      return { received };
    }
  );

  app.get<One>('/api/publishing/drafts/:id', GUARDED, async ({ params }) => {
    const shown = await desk.show(params.id);
    if (!shown) throw gone();
    return shown;
  });

  app.put<One>('/api/publishing/drafts/:id', GUARDED, async ({ params, body }, reply) => {
    if (!(await desk.edit(params.id, parse(draftEdit, body)))) throw moved();
    return reply.code(204).send();
  });

  app.delete<One>('/api/publishing/drafts/:id', GUARDED, async ({ params }, reply) => {
    if (!(await desk.discard(params.id))) throw gone();
    return reply.code(204).send();
  });

  app.get<{ Params: { id: string; sha256: string } }>(
    '/api/publishing/drafts/:id/files/:sha256',
    GUARDED,
    async ({ params }, reply) => {
      const body = v.is(draftFile, params.sha256) ? await desk.file(params.id, params.sha256) : undefined;
      if (!body) throw notFound('There is no such file.');
      return reply.header('content-type', 'application/octet-stream').send(Buffer.from(body));
    }
  );

  app.post<One>('/api/publishing/drafts/:id/smaller', GUARDED, async ({ params, body }, reply) => {
    if (!(await desk.shrink(params.id, parse(smallerRequest, body).what))) throw moved();
    return reply.code(204).send();
  });

  app.post<One>('/api/publishing/drafts/:id/publish', GUARDED, async (request) => {
    const { person } = await authenticate(request);
    const course = await desk.publish(request.params.id, parse(publishRequest, request.body).note ?? '');
    if (!course) throw moved();
    await note('published', person, course._id);
    return rowOf(course);
  });

  app.post<One>('/api/publishing/courses/:id/draft', GUARDED, async (request, reply) => {
    const { person } = await authenticate(request);
    const course = await findCourse(couch, `course:${request.params.id}`);
    if (!course) throw notFound('There is no such course.');
    return reply.code(201).send(await desk.reopen(person, course));
  });

  for (const [act, withdrawn, action] of [
    ['withdraw', true, 'withdrawn'],
    ['restore', false, 'restored-course']
  ] as const)
    app.post<One>(`/api/publishing/courses/:id/${act}`, GUARDED, async (request) => {
      const { person } = await authenticate(request);
      const course = await setWithdrawn(couch, `course:${request.params.id}`, withdrawn);
      if (!course) throw notFound('There is no such course.');
      await note(action, person, course._id);
      return rowOf(course);
    });
}
