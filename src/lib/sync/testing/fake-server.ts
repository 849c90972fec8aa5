import memory from 'pouchdb-adapter-memory';
import PouchDB from 'pouchdb-core';
import { parseRange } from '$lib/domain/byte-range';
import type { SyncRequest, SyncRow } from '$lib/domain/sync-protocol';
import type { StoredDoc } from '../private-lane/pouch';

PouchDB.plugin(memory);

/** What happens to a request instead of its answer: nobody answers, or it is done and the answer is lost. */
export type Fault = 'refused' | 'answer-lost' | number;

export interface Asked {
  method: string;
  path: string;
  body: string;
  bearer: string | null;
}

interface Remote {
  put(doc: StoredDoc): Promise<unknown>;
  get(id: string, options?: object): Promise<StoredDoc>;
  changes(options: object): Promise<{ results: { id: string; changes: { rev: string }[] }[]; last_seq: number }>;
  bulkGet(options: object): Promise<{ results: { docs: { ok?: StoredDoc }[] }[] }>;
  bulkDocs(docs: StoredDoc[], options: object): Promise<unknown>;
  info(): Promise<{ update_seq: number }>;
}

/** A server in memory that speaks what sync speaks, and fails when told to. */
export class FakeServer {
  readonly person: string = crypto.randomUUID();
  readonly asked: Asked[] = [];
  remote = this.freshRemote();
  incarnation = 'a';
  session = { refresh: 'refresh-1', valid: true, lifeSeconds: 900 };
  /** This device was reported lost. */
  lost = false;
  /** Decides about each request. */
  fault: (asked: Asked, index: number) => Fault | undefined = () => undefined;
  /** Ids that the write rules refuse. */
  refuses: (doc: StoredDoc) => string | undefined = () => undefined;
  /** Rows of `/sync`; a string is sent as it is, and without an `e` row the answer is cut. */
  rows: (request: SyncRequest) => SyncRow[] | Response | Promise<SyncRow[] | Response> = () => [['e', Date.now()]];
  media = new Map<string, Uint8Array<ArrayBuffer>>();
  private tokens = 0;

  freshRemote(): Remote {
    return new PouchDB(crypto.randomUUID(), { adapter: 'memory' }) as unknown as Remote;
  }

  readonly fetch = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(String(input), 'http://server');
    const headers = new Headers(init.headers);
    const asked = {
      method: init.method ?? 'GET',
      path: url.pathname + url.search,
      body: typeof init.body === 'string' ? init.body : '',
      bearer: headers.get('authorization')?.slice(7) ?? null
    };
    if (init.signal?.aborted) throw new DOMException('aborted', 'AbortError');
    const fault = this.fault(asked, this.asked.push(asked) - 1);
    if (fault === 'refused') throw new TypeError('Failed to fetch');
    if (typeof fault === 'number') return json({ code: 'fault', message: 'told to' }, fault);
    const answer = await this.answer(url, asked, headers);
    if (fault === 'answer-lost') throw new TypeError('network error');
    return answer;
  };

  /** All newest revisions with their histories, as the gateway reads them for `/sync`. */
  async leaves(): Promise<StoredDoc[]> {
    const { results } = await this.remote.changes({ since: 0, style: 'all_docs' });
    const docs = results.flatMap(({ id, changes }) => changes.map(({ rev }) => ({ id, rev })));
    const found = await this.remote.bulkGet({ docs, revs: true, latest: true });
    return found.results.flatMap((result) => result.docs.flatMap(({ ok }) => (ok ? [ok] : [])));
  }

  /** Requests so far whose path contains the text. */
  count(part: string): number {
    return this.asked.filter(({ path }) => path.includes(part)).length;
  }

  private async answer(url: URL, asked: Asked, headers: Headers): Promise<Response> {
    const { pathname } = url;
    if (pathname === '/api/health') return new Response(null, { status: 200 });
    if (pathname === '/api/session/refresh') return this.grant();
    if (asked.bearer !== `access-${this.tokens}` || !this.session.valid || this.lost)
      return json({ code: 'unauthorized' }, 401);
    if (pathname.startsWith('/media/')) return this.file(pathname.slice(7), headers.get('range'));
    if (pathname === '/sync') {
      const rows = await this.rows(JSON.parse(asked.body) as SyncRequest);
      return rows instanceof Response ? rows : new Response(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    }
    return this.database(pathname.split('/').at(-1) ?? '', url.searchParams, asked);
  }

  private grant(): Response {
    if (this.lost) return json({ code: 'device-lost', message: '' }, 403);
    if (!this.session.valid) return json({ code: 'session-ended', message: '' }, 401);
    this.tokens += 1;
    const now = Date.parse('2031-05-05T00:00:00.000Z');
    return json({
      person: this.person,
      access: `access-${this.tokens}`,
      accessExpiresAt: new Date(now + this.session.lifeSeconds * 1000).toISOString(),
      refresh: this.session.refresh,
      now: new Date(now).toISOString()
    });
  }

  private async database(call: string, query: URLSearchParams, { body }: Asked): Promise<Response> {
    const seq = (value: number) => `${value}-${this.incarnation}`;
    if (call === '_changes') {
      const [since, incarnation] = (query.get('since') ?? '0').split('-');
      const page = await this.remote.changes({
        since: incarnation === this.incarnation ? Number(since) : 0,
        limit: Number(query.get('limit')),
        style: query.get('style')
      });
      return json({ results: page.results, last_seq: seq(page.last_seq) });
    }
    if (call === '_bulk_get') {
      const { docs } = JSON.parse(body) as { docs: unknown };
      return json(await this.remote.bulkGet({ docs, revs: true, latest: true }));
    }
    if (call !== '_bulk_docs') return json({ error: 'not_found' }, 404);
    const { docs } = JSON.parse(body) as { docs: StoredDoc[] };
    const refused = docs.flatMap((doc) => {
      const reason = this.refuses(doc);
      return reason === undefined ? [] : [{ id: doc._id, error: 'forbidden', reason }];
    });
    const ids = new Set(refused.map(({ id }) => id));
    await this.remote.bulkDocs(
      docs.filter(({ _id }) => !ids.has(_id)),
      { new_edits: false }
    );
    return json(refused, 201);
  }

  private file(sha256: string, range: string | null): Response {
    const body = this.media.get(sha256);
    if (!body) return json({ code: 'not-found' }, 404);
    const part = parseRange(range, body.length);
    if (part === 'unsatisfiable') return json({ code: 'range' }, 416);
    return part === 'whole' ? new Response(body) : new Response(body.slice(part.start, part.end), { status: 206 });
  }
}

const json = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
