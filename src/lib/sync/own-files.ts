import * as v from 'valibot';
import { filesNamedBy } from '$lib/domain/documents/own-file-names';
import { newEdit } from '$lib/domain/ids';
import { UPLOAD_PIECE, uploadAnswer } from '$lib/domain/own-files';
import type { UnsentFile } from '$lib/store/files';
import { failureOf, SyncFailure } from './failure';
import { SILENCE, within } from './patience';
import type { SyncStore } from './port';
import { repeat, type Leading, type Progress } from './scheduler';
import type { Api } from './tokens';

type FileStore = Pick<SyncStore, 'pending' | 'file' | 'unsentFiles' | 'markFile' | 'refusedItems' | 'refuse' | 'write'>;

export interface UploadParts extends Leading {
  store: FileStore;
  api: Api;
}

/** Looked at this often even when nobody rang, ms. */
const LOOK = 60_000;

/** Answers that speak of the file: it will never be taken, and its document is to say so. */
const HOPELESS = new Set([413, 415]);

/** The server has another content under this name: what it has is not the file, and is sent anew. */
const DAMAGED = 422;

/** Brings the person's own files to the server, one after another, before the documents that name them. */
export function runUploads(parts: UploadParts): Promise<void> {
  const { store, api, wake, link, phase, signal } = parts;
  return repeat(parts, async (progress) => {
    await askAgain(store);
    const files = await namedFiles(store);
    if (!files.length) return LOOK;
    const done = phase.moving();
    try {
      for (const file of files) await upload(store, api, file, progress, signal);
    } finally {
      done();
    }
    link.ok();
    // What waited for them may go.
    wake.ring();
    return LOOK;
  });
}

/** Unsent files that a waiting document names: one that was only chosen stays on this device. */
async function namedFiles(store: FileStore): Promise<UnsentFile[]> {
  const entries = (await store.pending()).filter(({ refused }) => refused === undefined);
  const named = new Set(entries.flatMap(({ doc }) => filesNamedBy(doc)));
  return named.size ? (await store.unsentFiles()).filter(({ sha256 }) => named.has(sha256)) : [];
}

/**
 * A document may reach the server by another way than its file, a parcel for example, and is refused then. Here both are:
 * the file is brought, and the document after it.
 */
async function askAgain(store: FileStore): Promise<void> {
  for (const { doc, state } of await store.refusedItems()) {
    if (state.kind !== 'refused' || state.reason !== 'file-missing') continue;
    const names = filesNamedBy(doc);
    const here = await Promise.all(names.map((name) => store.file(name)));
    if (here.includes(undefined)) continue;
    for (const name of names) await store.markFile(name, false);
    await store.write({ ...doc, edit: newEdit(doc.edit) });
  }
}

async function upload(
  store: FileStore,
  api: Api,
  { sha256 }: UnsentFile,
  progress: Progress,
  signal: AbortSignal
): Promise<void> {
  const bytes = await store.file(sha256);
  if (!bytes) return;
  let [at, restarts] = [0, 0];
  for (;;) {
    const answer = await sendPiece(api, sha256, bytes, at, signal);
    if (answer === 'hopeless') return refuse(store, sha256);
    if (answer === 'damaged') {
      if (restarts > 0) throw new SyncFailure('server');
      [at, restarts] = [0, 1];
    } else if (answer.whole) return store.markFile(sha256, true);
    else at = answer.received;
    progress.headway = true;
  }
}

/** The documents that name a file which is never taken are the person's to mend. */
async function refuse(store: FileStore, sha256: string): Promise<void> {
  for (const { doc, edit } of await store.pending())
    if (filesNamedBy(doc).includes(sha256)) await store.refuse(edit, 'file-refused');
}

async function sendPiece(api: Api, sha256: string, bytes: Uint8Array<ArrayBuffer>, at: number, signal: AbortSignal) {
  const piece = bytes.slice(at, at + UPLOAD_PIECE);
  const response = await api.fetch(`/files/${sha256}`, {
    method: 'PUT',
    headers: {
      'content-type': 'application/octet-stream',
      'content-range': `bytes ${at}-${at + piece.length - 1}/${bytes.length}`
    },
    body: piece,
    patience: 4 * SILENCE,
    signal
  });
  if (HOPELESS.has(response.status)) return 'hopeless';
  if (response.status === DAMAGED) return 'damaged';
  const failure = failureOf(response);
  if (failure) throw failure;
  const answer = v.safeParse(uploadAnswer, await within(response.json(), SILENCE));
  if (!answer.success || answer.output.received > bytes.length) throw new SyncFailure('server');
  return answer.output;
}
