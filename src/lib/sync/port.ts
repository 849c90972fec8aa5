import type { Membership } from '$lib/domain/documents/record';
import type { InboxDocument, OutboxEntry, OwnDocument, SharedDocument } from '$lib/store/types';

/** Changes of the own database, newest version of each document. */
export interface OwnChanges {
  docs: (OwnDocument | InboxDocument)[];
  deleted: string[];
}

/** Rows of one shared database up to a checkpoint; they are applied together with it or not at all. */
export interface SharedBlock {
  docs: SharedDocument[];
  deletedIds: string[];
  checkpoint: string;
  /** Forget everything from this source first. */
  reset?: boolean;
}

/** What sync needs of the store. `Store` fits it; tests bring a small one of their own. */
export interface SyncStore {
  /** Outbox entries, oldest first, refused ones included. */
  pending(): Promise<OutboxEntry[]>;
  /** The server holds these edits: removes their entries. */
  acknowledge(edits: string[]): Promise<void>;
  /** The server would not store this edit: keeps the entry and marks it. */
  refuse(edit: string, reason: string): Promise<void>;
  applyOwn(changes: OwnChanges): Promise<void>;
  applyShared(source: string, block: SharedBlock): Promise<void>;
  /** Forgets the documents and the checkpoint of a source that is no longer followed. */
  dropSource(source: string): Promise<void>;
  /** Names of the sources that have a checkpoint. */
  sources(): Promise<string[]>;
  checkpoint(source: string): Promise<string | undefined>;
  secret(name: string): Promise<string | undefined>;
  setSecret(name: string, value: string | undefined): Promise<void>;
  membership(): Promise<Membership | undefined>;
}

/** What downloading needs of the store. */
export interface PieceStore {
  hasPieces(sha256: string[]): Promise<Set<string>>;
  /** Throws `NoSpace` when the disk is full. */
  putPiece(sha256: string, body: Uint8Array<ArrayBuffer>): Promise<void>;
  removePieces(sha256: string[]): Promise<void>;
  secret(name: string): Promise<string | undefined>;
  setSecret(name: string, value: string | undefined): Promise<void>;
}
