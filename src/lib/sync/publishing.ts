import {
  draft,
  draftRow,
  publishedRow,
  publishingList,
  received,
  UPLOAD_PIECE,
  type Draft,
  type DraftEdit,
  type DraftRow,
  type PublishedRow,
  type PublishingList
} from '$lib/domain/publishing';
import * as v from 'valibot';
import { apiOf } from './api';
import { askFor, askServer, ServerRefused, type AskingStore } from './ask-server';
import { failureOf, SyncFailure } from './failure';
import type { UsageStore } from './usage/ledger';

type Asking = AskingStore & UsageStore;

const ROOT = '/api/publishing';
const suffix = (course: string): string => course.slice(course.indexOf(':') + 1);

/** What there is at the publishers' desk. Needs the network, as all of this. @throws ServerRefused, SyncFailure */
export const askDesk = (store: Asking): Promise<PublishingList> => askFor(publishingList, store, ROOT);

export const askDraft = (store: Asking, id: string): Promise<Draft> => askFor(draft, store, `${ROOT}/drafts/${id}`);

/** Begins an upload; `of` is the course that it is a new edition of. */
export const beginUpload = (store: Asking, { name, size }: File, of?: string): Promise<DraftRow> =>
  askFor(draftRow, store, `${ROOT}/drafts`, { body: { name, size, ...(of !== undefined && { of }) } });

/**
 * Sends what is missing of a file, piece by piece; ends early, and in order, when `signal` says so.
 * @throws ServerRefused, SyncFailure
 */
export async function sendFile(
  store: Asking,
  { id, from, file }: { id: string; from: number; file: File },
  onprogress: (received: number) => void,
  signal: AbortSignal
): Promise<void> {
  let at = from;
  while (at < file.size && !signal.aborted) {
    const piece = file.slice(at, at + UPLOAD_PIECE);
    const headers = { 'content-type': 'application/octet-stream' };
    const response = await apiOf(store).fetch(`${ROOT}/drafts/${id}/upload?at=${at}`, {
      method: 'PUT',
      headers,
      body: await piece.arrayBuffer()
    });
    if (!response.ok) throw failureOf(response) ?? new ServerRefused({ code: 'upload' });
    const told = v.safeParse(received, await response.json());
    if (!told.success) throw new SyncFailure('server');
    at = told.output.received;
    onprogress(at);
  }
}

export const saveDraft = async (store: Asking, id: string, edit: DraftEdit): Promise<void> =>
  void (await askServer(store, `${ROOT}/drafts/${id}`, { method: 'PUT', body: edit }));

export const discardDraft = async (store: Asking, id: string): Promise<void> =>
  void (await askServer(store, `${ROOT}/drafts/${id}`, { method: 'DELETE' }));

export const shrinkDraft = async (store: Asking, id: string, what: 'pictures' | 'recordings'): Promise<void> =>
  void (await askServer(store, `${ROOT}/drafts/${id}/smaller`, { body: { what } }));

export const publishDraft = (store: Asking, id: string, note: string): Promise<PublishedRow> =>
  askFor(publishedRow, store, `${ROOT}/drafts/${id}/publish`, { body: { note } });

/** A published course as a draft, to be edited. */
export const reopenCourse = (store: Asking, course: string): Promise<DraftRow> =>
  askFor(draftRow, store, `${ROOT}/courses/${suffix(course)}/draft`, { method: 'POST' });

export const withdrawCourse = (store: Asking, course: string, withdrawn: boolean): Promise<PublishedRow> =>
  askFor(publishedRow, store, `${ROOT}/courses/${suffix(course)}/${withdrawn ? 'withdraw' : 'restore'}`, {
    method: 'POST'
  });

/** A file of a draft: nobody but publishers gets it. */
export async function draftBytes(store: Asking, id: string, sha256: string): Promise<ArrayBuffer> {
  return (await askServer(store, `${ROOT}/drafts/${id}/files/${sha256}`)).arrayBuffer();
}
