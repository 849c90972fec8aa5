import type { Unreadable } from '$lib/domain/documents/versions';
import type { Course, ChannelInfo } from '$lib/domain/documents/course';
import type { LearningEvent } from '$lib/domain/documents/event';
import type { DeliveredComment, OwnComment } from '$lib/domain/documents/comment';
import type { DeliveredPost, OwnPost, Topic } from '$lib/domain/documents/post';
import type { DirectoryProfile } from '$lib/domain/documents/profile';
import type { OwnReaction, ReactionKind } from '$lib/domain/documents/reaction';
import type { Membership, PersonRecord } from '$lib/domain/documents/record';
import type { InboxType, OwnDocument, OwnType } from '$lib/domain/documents/index';
import type { Sealed } from './db';
import type { UnsentFile } from './files';
import type { Bounds } from './packing';
import type { InboxDocument, ItemState, OutboxEntry, OwnItem } from './types';

/** The own document of a type, for example `OwnOf<'post'>`. */
export type OwnOf<T extends OwnType> = Extract<OwnDocument, { type: T }>;

/** The document of a type that the server wrote, for example `InboxOf<'grade'>`. */
export type InboxOf<T extends InboxType> = Extract<InboxDocument, { type: T }>;

/**
 * A post on the screen: what colleagues see, what the person wrote herself, or both as one entry. `at` is the server's
 * time in ms; while the server has not received an own post, it is the device's time of writing. `by` is missing
 * exactly then. `text` is the newest the person wrote when the entry is hers.
 */
export interface FeedEntry {
  id: string;
  channel: string;
  topic: Topic;
  text: string;
  at: number;
  by?: DeliveredPost['by'];
  editedAt?: string;
  own?: OwnItem<OwnPost>;
}

/** A comment on the screen; fields as in `FeedEntry`. */
export interface ThreadEntry {
  id: string;
  post: string;
  text: string;
  at: number;
  by?: DeliveredComment['by'];
  own?: OwnItem<OwnComment>;
}

/**
 * Which posts: of these channels (default: all but those of courses), of this topic, received at or after `from` and before `before` (ms),
 * at most `limit`.
 */
export interface FeedQuery {
  channels?: string[];
  topic?: Topic;
  from?: number;
  before?: number;
  limit: number;
}

/** `next` is the `before` of the following page; undefined when there is nothing older on the device (since `from`). */
export interface FeedPage {
  entries: FeedEntry[];
  next?: number;
}

/** Reactions to one post as this person sees them: her own newest one counts at once. */
export interface ReactionSummary {
  counts: Record<ReactionKind, number>;
  mine?: OwnItem<OwnReaction>;
}

/** What came back from the person's own database. An id in both lists counts as deleted. */
export interface OwnBlock {
  docs: unknown[];
  deleted: string[];
  /** How far the own database has been projected; stored in the same transaction, read by `checkpoint('own')`. */
  checkpoint?: string;
}

/** Rows of one source up to a checkpoint. An id in both lists counts as deleted; of equal ids the last counts. */
export interface SharedBlock {
  docs: unknown[];
  deletedIds: string[];
  checkpoint: string;
  /** The source starts again: what came from it before is forgotten in the same transaction. */
  reset?: boolean;
  /** The checkpoint that the source must have before; otherwise it is refused with `SourceMoved`. */
  from?: { checkpoint: string | undefined };
}

/** A sealed block of a shared database. */
export interface PreparedBlock {
  /** The sealed checkpoint that holds after it. */
  readonly mark: Sealed;
  /** Whether documents of the source may have been set aside, in this block or before. */
  readonly aside: boolean;
  /** What the packs of the source span after it. */
  readonly packed: Bounds | undefined;
  apply(): Promise<void>;
}

/** A block that is being applied. */
export interface AppliedBlock extends PreparedBlock {
  readonly applied: Promise<void>;
}

/** A document that this build cannot read. It is kept, and read again by `retryAside` (newer builds know more). */
export interface SetAside {
  source: string;
  id: string;
  reason: Unreadable;
}

/** How the sync chip counts. `waiting`: not yet at the server. `refused`: needs the person. */
export interface Counts {
  waiting: number;
  refused: number;
  setAside: number;
}

/** A query that runs again whenever what it read has changed, in any tab. `subscribe` returns the way to end it. */
export interface Live<T> {
  subscribe(next: (value: T) => void, failed?: (error: unknown) => void): () => void;
}

/**
 * The only thing screens read and write. Every promise rejects with `StoreClosed` after `close()` or `vault.lock()`,
 * and with `NoSpace` when the disk is full (nothing was changed then).
 */
export interface Store {
  /**
   * Keeps an own document and its outbox entry in one strict transaction: when this resolves, the write is
   * acknowledged. Rejects with `TooLong` when no server would take it. The document needs a fresh `edit` (`newEdit(previous.edit)` of `domain/ids`). Returns what is stored: another tab's
   * unseen edit is merged in, and then the stored `edit` is newer than the given one.
   */
  write<T extends OwnDocument>(doc: T): Promise<T>;
  /** Removes an own document here and, through the outbox, everywhere. */
  discard(id: string): Promise<void>;

  /** Edits that the server has not acknowledged, in the order of writing; those with `refused` wait for the person. */
  pending(): Promise<OutboxEntry[]>;
  /** The server has these edits. An edit that was replaced meanwhile is ignored, its successor keeps waiting. */
  acknowledge(edits: string[]): Promise<void>;
  /** The server would not store this edit; it stays, with the reason, until the person mends or discards it. */
  refuse(edit: string, reason: string): Promise<void>;
  /** Puts a refused edit among the pending ones again. */
  retry(edit: string): Promise<void>;

  /** Merges what the own database holds into the screens' copy; a local edit that still waits is never lost. */
  applyOwn(block: OwnBlock): Promise<void>;
  /** Applies rows and their checkpoint in one transaction; unreadable documents are set aside and block nothing. */
  applyShared(source: string, block: SharedBlock): Promise<void>;
  /**
   * The same in two steps, so that the next block can be sealed meanwhile. A block that is prepared `after` another of
   * its source may be applied before that one is on the disk: it is only kept if the other one was.
   */
  prepareShared(source: string, block: SharedBlock, after?: AppliedBlock): Promise<PreparedBlock>;
  checkpoint(source: string): Promise<string | undefined>;
  /** Names of the shared databases that have a checkpoint here. */
  sources(): Promise<string[]>;
  /** Removes everything that came from a source, and its checkpoint. */
  dropSource(source: string): Promise<void>;
  /** Removes posts, comments and reactions of a source that were received before `before` (ms). */
  trim(source: string, before: number): Promise<void>;
  setAside(): Promise<SetAside[]>;
  /** Reads what was set aside once more; to be called once by a build that has not done so. */
  retryAside(): Promise<void>;

  ownItem<T extends OwnDocument = OwnDocument>(id: string): Promise<OwnItem<T> | undefined>;
  ownItems<T extends OwnType>(type: T): Promise<OwnItem<OwnOf<T>>[]>;
  itemState(doc: OwnDocument): Promise<ItemState>;
  /** Own items that wait for the server, in the order of writing; a waiting removal is not an item. */
  waitingItems(): Promise<OwnItem[]>;
  /** Own items that the server or the courier refused. */
  refusedItems(): Promise<OwnItem[]>;
  /** Own items that wait on the server for its update. */
  postponedItems(): Promise<OwnItem[]>;
  counts(): Promise<Counts>;

  inboxDoc<T extends InboxDocument = InboxDocument>(id: string): Promise<T | undefined>;
  /** All that the server wrote of a type, in no order. */
  inboxDocs<T extends InboxType>(type: T): Promise<InboxOf<T>[]>;
  membership(): Promise<Membership | undefined>;
  record(): Promise<PersonRecord | undefined>;

  /** Newest first by the server's time; own posts that it has not received stand before everything else. */
  feedPage(query: FeedQuery): Promise<FeedPage>;
  /** One post by its id, wherever it came from. */
  post(id: string): Promise<FeedEntry | undefined>;
  /** Comments on a post, oldest first; own ones that the server has not received come last. */
  thread(postId: string): Promise<ThreadEntry[]>;
  reactions(postIds: string[]): Promise<Map<string, ReactionSummary>>;
  commentCounts(postIds: string[]): Promise<Map<string, number>>;
  channels(): Promise<ChannelInfo[]>;
  /** All courses of the catalogue, newest first; one that has not changed is the same object as before. */
  courses(): Promise<Course[]>;
  course(id: string): Promise<Course | undefined>;
  /** All events of the catalogue, those that begin last first. */
  events(): Promise<LearningEvent[]>;
  event(id: string): Promise<LearningEvent | undefined>;
  /** How many persons of her unit take a course, by the course's id; of two units, where they are more. */
  takers(): Promise<Map<string, number>>;
  /** What a colleague shows of herself in her agency's directory; `person` is her UUID. */
  person(agency: string, person: string): Promise<DirectoryProfile | undefined>;

  /**
   * Files of courses, by the SHA-256 (hex) of the plain bytes; sealed on the disk, and there once for all places of this
   * browser. Each place sees only those that it keeps. The caller has verified the hash.
   */
  putPiece(sha256: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /**
   * Puts a long file together from its pieces, which this place keeps, as its manifest, which is a file of its own, says:
   * from then on the file is here. Answers whether they are all here.
   */
  joinPieces(sha256: string, manifest: string): Promise<boolean>;
  /** Keeps those of the files that another place of this browser has; answers which this place has now. */
  claimPieces(files: { sha256: string; size: number }[]): Promise<Set<string>>;
  /** All bytes of a file or a piece. What is long and can be read in parts has an address (`playableAddress`). */
  piece(sha256: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Those of the given pieces that this place keeps. */
  hasPieces(shas: string[]): Promise<Set<string>>;
  removePieces(shas: string[]): Promise<void>;
  /** Bytes of all pieces that this place keeps. */
  pieceBytes(): Promise<number>;

  /**
   * Files of the person's own, sealed, in strict transactions: on the disk when this resolves. The same content is kept
   * once. Answers its SHA-256 (hex), under which an own document names it.
   */
  keepFile(bytes: Uint8Array<ArrayBuffer>): Promise<string>;
  file(sha256: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Files that the server does not have; documents that name one wait for it. */
  unsentFiles(): Promise<UnsentFile[]>;
  /** Notes whether the server has a file. */
  markFile(sha256: string, sent: boolean): Promise<void>;
  removeFile(sha256: string): Promise<void>;

  /** Small sealed texts in strict transactions: tokens, keys. `undefined` removes. */
  secret(name: string): Promise<string | undefined>;
  setSecret(name: string, value: string | undefined): Promise<void>;
  /** Small sealed JSON values: settings, places, drafts. `undefined` removes. The caller knows the shape. */
  setting<T>(name: string): Promise<T | undefined>;
  setSetting(name: string, value: unknown): Promise<void>;
  /** Makes a new value from the present one; of changes in several tabs at once, none is lost. `change` may run twice. */
  changeSetting<T>(name: string, change: (old: T | undefined) => T): Promise<void>;

  live<T>(query: () => Promise<T>): Live<T>;
  /** Resolves when nothing is being read or written: what was begun before a lock is on the disk then. */
  settled(): Promise<void>;
  close(): void;
}
