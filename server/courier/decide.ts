import * as v from 'valibot';
import { channelDatabase, directoryDatabase } from '../../src/lib/domain/databases.ts';
import { key } from '../../src/lib/domain/documents/fields.ts';
import type { OwnDocument } from '../../src/lib/domain/documents/index.ts';
import type { ReactionKind } from '../../src/lib/domain/documents/reaction.ts';
import type { Receipt, Refusal } from '../../src/lib/domain/documents/receipt.ts';
import { DOC_ID_PATTERN, typeOf } from '../../src/lib/domain/ids.ts';
import { lateMarker } from '../late.ts';
import { PRIVATE_TYPES } from '../access/table.ts';
import type { Stored, Unsaved } from '../registry/database.ts';
import type { Person } from '../registry/types.ts';
import type { OwnChange } from './change.ts';
import { checkOwn } from './check.ts';
import { arrivedAt, commentCopy, postCopy, profileCopy, reactionCopy, saysTheSame, type Copy } from './copy.ts';
import { makeReceipt, sameReceipt, type Verdict } from './receipts.ts';

/** One document to write into one shared database. */
export interface Write {
  database: string;
  doc: Unsaved;
}

/** What follows from one change: nothing at all when it has been done before. */
export interface Decision {
  change: OwnChange;
  writes: Write[];
  receipt: Receipt | undefined;
}

/** What the decision may know besides the change itself. `find` answers from the databases named by `lookups`. */
export interface Context {
  person: Person;
  /** The server's clock, ISO 8601 UTC. */
  now: string;
  earlier: Receipt | undefined;
  find(database: string, id: string): Stored | undefined;
}

export interface Lookup {
  database: string;
  id: string;
}

type Targeted = Extract<OwnDocument, { channel: string }>;

const isChannel = (value: unknown): value is string => v.is(key, value);
const isMember = (person: Person, channel: string): boolean => person.channels.some(({ id }) => id === channel);
/** Whether the change takes back what was delivered. */
export const isWithdrawal = (change: OwnChange): boolean =>
  change.deleted || (change.doc.type === 'reaction' && change.doc.kind === null);

/** Databases in which a copy of this document may stand: what it names, and where its author belongs. */
function homesOf(change: OwnChange, person: Person, earlier: Receipt | undefined): string[] {
  if (typeOf(change.id) === 'profile') return [directoryDatabase(person.agency)];
  if (PRIVATE_TYPES.includes(typeOf(change.id))) return [];
  const named = isChannel(change.doc.channel) ? [change.doc.channel] : [];
  const own = person.channels.map(({ id }) => id);
  // A first delivery can only be where the document says; an edit may have moved it, a tombstone may not say.
  if (!isWithdrawal(change) && earlier?.status !== 'delivered')
    return named.filter((id) => isMember(person, id)).map(channelDatabase);
  return [...new Set([...named, ...own])].map(channelDatabase);
}

/** What `decide` will ask for. */
export function lookups(change: OwnChange, person: Person, earlier: Receipt | undefined): Lookup[] {
  const homes = homesOf(change, person, earlier).map((database) => ({ database, id: change.id }));
  const { channel, post } = change.doc;
  if (isWithdrawal(change) || typeof post !== 'string' || !DOC_ID_PATTERN.test(post)) return homes;
  if (!isChannel(channel) || !isMember(person, channel)) return homes;
  return [...homes, { database: channelDatabase(channel), id: post }];
}

/** The courier's rules: what one change of one person's document does to shared databases, and what she is told. */
export function decide(change: OwnChange, context: Context): Decision {
  const { earlier, now } = context;
  const outcome =
    isWithdrawal(change) && readable(change, context) ? withdraw(change, context) : judge(change, context);
  const verdict: Verdict =
    'refusal' in outcome
      ? { status: 'refused', reason: outcome.refusal, at: now }
      : { status: 'delivered', at: outcome.at ?? now };
  const writes = 'refusal' in outcome ? [] : outcome.writes;
  const receipt = makeReceipt(change, verdict);
  return { change, writes, receipt: writes.length === 0 && sameReceipt(receipt, earlier) ? undefined : receipt };
}

type Outcome = { writes: Write[]; at?: string } | { refusal: Refusal };

/** A deletion is always readable; a withdrawn reaction must be one of hers. */
const readable = (change: OwnChange, { person }: Context): boolean =>
  change.deleted || 'document' in checkOwn(change.doc, person);

/** Takes back every copy that is hers. Needs no membership: whoever has left a channel may still take back her words. */
function withdraw(change: OwnChange, context: Context): Outcome {
  return { writes: removals(change, context, undefined) };
}

/** Deletions of her copies of this document in all databases but `kept`. */
const removals = (change: OwnChange, { person, earlier, find }: Context, kept: string | undefined): Write[] =>
  homesOf(change, person, earlier).flatMap((database) => {
    const copy = database === kept ? undefined : find(database, change.id);
    if (!copy || authorOf(copy) !== person.id) return [];
    return [{ database, doc: { _id: change.id, _rev: copy._rev, _deleted: true } }];
  });

function judge(change: OwnChange, context: Context): Outcome {
  const { person, now, find } = context;
  const checked = checkOwn(change.doc, person);
  if ('refusal' in checked) return checked;
  const { document } = checked;
  switch (document.type) {
    case 'progress':
    case 'attempt':
    case 'submission':
    case 'mark':
    case 'runtime':
    case 'study':
      return { writes: [] };
    case 'profile':
      return place(change, context, directoryDatabase(person.agency), () => profileCopy(person, now, document));
    case 'post':
    case 'comment':
    case 'reaction': {
      if (!isMember(person, document.channel)) return { refusal: 'not-a-member' };
      const database = channelDatabase(document.channel);
      if (document.type !== 'post' && !find(database, document.post)) return { refusal: 'no-such-target' };
      return place(change, context, database, (old) => channelCopy(document, person, now, old));
    }
  }
}

function channelCopy(document: Targeted, person: Person, now: string, old: Stored | undefined): Copy {
  if (document.type === 'post') return postCopy(document, person, now, old);
  if (document.type === 'comment') return commentCopy(document, person, now, old);
  return reactionCopy({ ...document, kind: document.kind as ReactionKind }, person, now);
}

/** Puts a copy where it belongs and takes away what stands elsewhere; nothing when it already stands there. */
function place(
  change: OwnChange,
  context: Context,
  database: string,
  makeCopy: (old: Stored | undefined) => Copy
): Outcome {
  const old = context.find(database, change.id);
  if (old && authorOf(old) !== context.person.id) return { refusal: 'not-yours' };
  const copy = makeCopy(old);
  const elsewhere = removals(change, context, database);
  if (old && saysTheSame(copy, old)) return { writes: elsewhere, at: arrivedAt(old) };
  const marker = old ? undefined : lateMarker(change.id, Date.parse(context.now));
  // The marker first: without its document it does no harm.
  const docs: Unsaved[] = [...(marker ? [marker] : []), { ...copy, _rev: old?._rev }];
  return { writes: [...elsewhere, ...docs.map((doc) => ({ database, doc }))] };
}

const authorOf = (copy: Stored): unknown => (copy.by as { id?: unknown } | undefined)?.id;
