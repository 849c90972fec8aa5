import { randomUUID } from 'node:crypto';
import { RULE_SETS, type RuleSet } from '../../../access/table.ts';
import { isFinal, refusal, type UserContext } from '../../write-rules.ts';
import { validateSource } from '../../write-rules-source.ts';
import { forbidden, unsupported } from '../errors.ts';
import { Pending } from './pending.ts';
import type { ChangeRow, Doc, Pouch, WriteResult } from './pouch.ts';
import { Signal } from './signal.ts';
import { WriteQueue } from './write-queue.ts';

const KNOWN: RuleSet[] = [...new Set(Object.values(RULE_SETS))];
const KNOWN_SOURCES = new Map(KNOWN.map((rules) => [validateSource(rules), rules]));

const NONE: ReadonlySet<string> = new Set();

const isDesign = (id: string): boolean => id.startsWith('_design/');

/** Rules that a design document asks for; of an older build's text only the name is understood. */
function rulesOf(design: Doc): RuleSet | undefined {
  if (typeof design.validate_doc_update !== 'string') return undefined;
  return KNOWN_SOURCES.get(design.validate_doc_update) ?? KNOWN.find((rules) => rules === design.rules);
}

/** One open database: PouchDB with write rules, grouped writes and a signal for those who follow it. */
export class Database {
  readonly name: string;
  readonly incarnation: string;
  readonly pouch: Pouch;
  readonly pending: Pending;
  /** Wakes those who follow this database. */
  readonly signal = new Signal();
  readonly #queue: WriteQueue;
  #rules: RuleSet[] = [];

  private constructor(name: string, incarnation: string, pouch: Pouch) {
    this.name = name;
    this.incarnation = incarnation;
    this.pouch = pouch;
    this.pending = new Pending(pouch);
    this.#queue = new WriteQueue(pouch, () => this.signal.wake());
  }

  static async open(name: string, incarnation: string, pouch: Pouch): Promise<Database> {
    const database = new Database(name, incarnation, pouch);
    await database.#loadRules();
    return database;
  }

  async updateSeq(): Promise<number> {
    return (await this.pouch.info()).update_seq;
  }

  /**
   * Writes documents as `user`, each by its own; refusals stand in the results like conflicts do.
   * @returns one result for each document, or with `newEdits: false` only those that were not written
   */
  async write(docs: Doc[], newEdits: boolean, user: UserContext): Promise<WriteResult[]> {
    const placed = docs.map((doc) => (doc._id === undefined ? { ...doc, _id: randomUUID().replaceAll('-', '') } : doc));
    const changed = await this.#changedFinals(placed);
    const refused = placed.map((doc) => this.#refusal(doc, user, changed));
    const allowed = placed.filter((_, index) => refused[index] === undefined);
    const written = allowed.length > 0 ? await this.#queue.write(allowed, newEdits) : [];
    if (allowed.some((doc) => isDesign(doc._id))) await this.#loadRules();
    const refusals = placed.flatMap((doc, index) => {
      const reason = refused[index];
      return reason === undefined
        ? []
        : [{ id: doc._id, rev: doc._rev, error: 'forbidden', name: 'forbidden', reason }];
    });
    if (!newEdits) return [...refusals, ...written];
    return refused.flatMap((reason) => (reason === undefined ? written.splice(0, 1) : refusals.splice(0, 1)));
  }

  /** At most `limit` changes after `since`, oldest first. */
  async changes(since: number, limit: number | undefined, options: Record<string, unknown>): Promise<ChangeRow[]> {
    const { results } = await this.pouch.changes({ ...options, since, ...(limit === undefined ? {} : { limit }) });
    return results;
  }

  async close(): Promise<void> {
    this.signal.close();
    await this.pouch.close();
  }

  #refusal(doc: Doc, user: UserContext, changed: ReadonlySet<string>): string | undefined {
    if (doc._id.startsWith('_local/')) throw unsupported('local documents in _bulk_docs');
    if (isDesign(doc._id)) {
      if (!user.roles.includes('_admin')) throw forbidden('Only administrators write design documents.');
      if (doc.validate_doc_update !== undefined && !rulesOf(doc)) throw unsupported('other write rules than its own');
      return undefined;
    }
    for (const rules of this.#rules) {
      const reason = refusal(rules, doc, user, changed.has(doc._id));
      if (reason !== undefined) return reason;
    }
    return undefined;
  }

  /** Of documents that are final, those that are there and that these would change. One without `_rev` is a conflict. */
  async #changedFinals(docs: Doc[]): Promise<ReadonlySet<string>> {
    const isChange = ({ _id: id, _rev: rev }: Doc) => rev !== undefined && this.#rules.some((one) => isFinal(one, id));
    const keys = docs.filter(isChange).map(({ _id }) => _id);
    if (keys.length === 0) return NONE;
    const { rows } = await this.pouch.allDocs({ keys });
    return new Set(rows.flatMap(({ id, value }) => (id !== undefined && value ? [id] : [])));
  }

  async #loadRules(): Promise<void> {
    const { rows } = await this.pouch.allDocs({ startkey: '_design/', endkey: '_design0', include_docs: true });
    this.#rules = rows.flatMap((row) => (row.doc && rulesOf(row.doc)) || []);
  }
}
