import type { InboxDocument, OwnDocument, SharedDocument } from '$lib/domain/documents/index';
import type { Refusal } from '$lib/domain/documents/receipt';
import type { Wanted } from '$lib/domain/merge/settle';

/**
 * Where an own item is, as truth and not as hope: on this device, on the server, where it belongs, or refused. What is
 * `postponed` waits on the server, which is older than the app that wrote it, for the server's update.
 * `refused` with `by: 'server'` means that the server would not even store it.
 */
export type ItemState =
  | { kind: 'waiting' }
  | { kind: 'sent' }
  | { kind: 'delivered'; at: string }
  | { kind: 'postponed' }
  | { kind: 'refused'; reason: Refusal | 'server-refused' };

/** An own document with its state. */
export interface OwnItem<T extends OwnDocument = OwnDocument> {
  doc: T;
  state: ItemState;
}

/** A shared document with the database it came from. */
export interface SharedItem<T extends SharedDocument = SharedDocument> {
  source: string;
  doc: T;
}

/** One edit that the server has not acknowledged. Kept until it has, across crashes and sign-outs. */
export interface OutboxEntry {
  /** The document's `edit`. */
  edit: string;
  id: string;
  /** Time of the write by the device's clock, ms. */
  at: number;
  doc: Wanted;
  /** Set when the server refused to store the edit; it stays until the person mends or discards it. */
  refused?: string;
}

/** The disk is full: the write was not made and nothing else was harmed. The caller keeps the person's text. */
export class NoSpace extends Error {}

/** The document is longer than any server takes. Nothing was changed, and the caller keeps the person's text. */
export class TooLong extends Error {}

/** A shared database does not stand where the block begins: the network or another tab brought it elsewhere meanwhile. */
export class SourceMoved extends Error {}

/** Thrown by every call after the vault was locked. */
export class StoreClosed extends Error {}

export type { InboxDocument, OwnDocument, SharedDocument };
export type * from './store-api';
