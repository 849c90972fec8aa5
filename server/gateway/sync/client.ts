import type { SyncRequest, SyncRow } from '../../../src/lib/domain/sync-protocol.ts';
import type { Person } from '../../registry/types.ts';
import type { TestGateway } from '../fixtures.ts';

/** A device as /sync sees it, for tests: it applies blocks and keeps checkpoints as the protocol says. */
export class Device {
  readonly names: string[];
  readonly #gateway: TestGateway;
  readonly #person: Person;
  readonly checkpoints = new Map<string, string>();
  readonly documents = new Map<string, Map<string, Record<string, unknown>>>();
  own: string | undefined;

  constructor(gateway: TestGateway, person: Person, names: string[]) {
    this.#gateway = gateway;
    this.#person = person;
    this.names = names;
  }

  async request(change: object = {}, init: RequestInit = {}): Promise<Response> {
    const sources: SyncRequest['sources'] = this.names.map((name) => ({
      name,
      checkpoint: this.checkpoints.get(name)
    }));
    return fetch(`${this.#gateway.origin}/sync`, {
      method: 'POST',
      body: JSON.stringify({ version: 1, sources, own: this.own, ...change }),
      ...init,
      headers: {
        ...(await this.#gateway.bearer(this.#person)),
        'content-type': 'application/json',
        ...init.headers
      }
    });
  }

  /** One round; `cut` rows are taken and the rest is lost with the link. Answers the rows that arrived. */
  async sync(change: object = {}, cut = Infinity): Promise<SyncRow[]> {
    const answer = await this.request(change);
    if (answer.status !== 200) throw new Error(`status ${answer.status}: ${await answer.text()}`);
    const lines = (await answer.text()).trimEnd().split('\n');
    const rows = lines.map((text) => JSON.parse(text) as SyncRow).slice(0, cut);
    this.#apply(rows);
    return rows;
  }

  ids(name: string): string[] {
    return [...(this.documents.get(name)?.keys() ?? [])];
  }

  #apply(rows: SyncRow[]): void {
    const open = new Map<number, SyncRow[]>();
    for (const row of rows) {
      if (row[0] === 'o') this.own = row[1];
      if (row[0] === 'o' || row[0] === 'p' || row[0] === 'e') continue;
      const block = open.get(row[1]) ?? [];
      open.set(row[1], block);
      block.push(row);
      if (row[0] !== 'c') continue;
      this.#commit(this.names[row[1]] ?? '', block);
      open.delete(row[1]);
    }
  }

  #commit(name: string, block: SyncRow[]): void {
    for (const row of block) {
      const documents = this.documents.get(name) ?? new Map<string, Record<string, unknown>>();
      this.documents.set(name, documents);
      if (row[0] === 'r') documents.clear();
      if (row[0] === 'x') documents.delete(row[2]);
      if (row[0] === 'c') this.checkpoints.set(name, row[2]);
      if (row[0] === 'd') {
        const document = row[2] as Record<string, unknown>;
        documents.set(String(document._id), document);
      }
    }
  }
}
