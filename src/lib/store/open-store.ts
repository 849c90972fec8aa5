import type { TabEvents } from '$lib/vault/newer-build';
import type { OpenVault } from '$lib/vault/types';
import { createCodec } from './codec';
import type { Context } from './context';
import { counts, setAside } from './counts';
import { openDb } from './db';
import { feedPage, post } from './feed';
import { file, keepFile, markFile, removeFile, unsentFiles } from './files';
import { createGuard, type Run } from './guard';
import { inboxDoc, inboxDocs, membership, record } from './inbox';
import { createLive } from './live';
import { acknowledge, mark, pending } from './outbox';
import { itemState, ownItem, ownItems, postponedItems, refusedItems, waitingItems } from './own';
import { openMediaDb } from './media-db';
import { claimPieces, hasPieces, joinPieces, piece, pieceBytes, putPiece, removePieces } from './pieces';
import { reactions } from './reactions';
import { channels, course, courses, event, events, person, takers } from './shared';
import { checkpoint, dropSource, sources, trim } from './sources';
import type { Store } from './store-api';
import { commentCounts, thread } from './thread';
import { changeValue, setValue, value } from './values';
import { discard, write } from './write';

/**
 * Opens a person's store. What sync needs to check documents (the schemas) is loaded with its first use.
 * The store closes for good when the vault is locked, when the person's place is destroyed, in this tab or another, and
 * when a newer build takes over.
 * @throws NewerBuild when one already has
 */
export async function openStore(vault: OpenVault, { onReplaced, onBlocked }: TabEvents = {}): Promise<Store> {
  const replaced = (): void => {
    close();
    onReplaced?.();
  };
  const db = openDb(`smartasn-${vault.slot.id}`, { onReplaced: replaced, onBlocked });
  const media = openMediaDb({ onReplaced: replaced, onBlocked });
  const context: Context = { db, media, place: vault.slot.id, codec: createCodec(vault) };
  const { live, hurry, endAll } = createLive();
  let isClosed = false;
  const guarded = createGuard([db, media], () => isClosed);
  const working = new Set<Promise<unknown>>();
  const run: Run = (work) => {
    const done = guarded(work);
    const end = (): void => void working.delete(done);
    working.add(done);
    done.then(end, end);
    return done;
  };
  const close = (): void => {
    if (isClosed) return;
    isClosed = true;
    endAll();
    db.close();
    media.close();
  };
  vault.onLock(close);
  db.on('versionchange', (event) => {
    if (event.newVersion === null) close();
  });

  /** Binds a module's function to this store, behind the guard. */
  const bind =
    <A extends unknown[], T>(work: (context: Context, ...args: A) => Promise<T>) =>
    (...args: A): Promise<T> =>
      run(() => work(context, ...args));

  /** What the person does herself is on every screen at once. */
  async function shown<T>(work: Promise<T>): Promise<T> {
    const done = await work;
    hurry();
    return done;
  }

  await run(() => db.open());
  return {
    write: (doc) => shown(run(() => write(context, doc))),
    discard: (id) => shown(run(() => discard(context, id))),
    pending: bind(pending),
    acknowledge: bind(acknowledge),
    refuse: bind(mark),
    retry: (edit) => shown(run(() => mark(context, edit))),
    applyOwn: bind(async (here, block) => (await import('./apply-own')).applyOwn(here, block)),
    applyShared: bind(async (here, source, block) => (await import('./apply-shared')).applyShared(here, source, block)),
    async prepareShared(source, block, after) {
      const prepare = bind(async (here) => (await import('./apply-shared')).prepareShared(here, source, block, after));
      const prepared = await prepare();
      return { ...prepared, apply: () => run(prepared.apply) };
    },
    retryAside: bind(async (here) => (await import('./retry-aside')).retryAside(here)),
    checkpoint: bind(checkpoint),
    sources: bind(sources),
    dropSource: bind(dropSource),
    trim: bind(trim),
    setAside: bind(setAside),
    ownItem: (id) => run(() => ownItem(context, id)),
    ownItems: (type) => run(() => ownItems(context, type)),
    itemState: bind(itemState),
    waitingItems: bind(waitingItems),
    refusedItems: bind(refusedItems),
    postponedItems: bind(postponedItems),
    counts: bind(counts),
    inboxDoc: (id) => run(() => inboxDoc(context, id)),
    inboxDocs: (type) => run(() => inboxDocs(context, type)),
    membership: bind(membership),
    record: bind(record),
    feedPage: bind(feedPage),
    post: bind(post),
    thread: bind(thread),
    reactions: bind(reactions),
    commentCounts: bind(commentCounts),
    channels: bind(channels),
    courses: bind(courses),
    course: bind(course),
    events: bind(events),
    event: bind(event),
    takers: bind(takers),
    person: bind(person),
    putPiece: bind(putPiece),
    joinPieces: bind(joinPieces),
    claimPieces: bind(claimPieces),
    piece: bind(piece),
    hasPieces: bind(hasPieces),
    removePieces: bind(removePieces),
    pieceBytes: bind(pieceBytes),
    keepFile: bind(keepFile),
    file: bind(file),
    unsentFiles: bind(unsentFiles),
    markFile: bind(markFile),
    removeFile: bind(removeFile),
    secret: (name) => run(() => value<string>(context, 'secrets', name)),
    setSecret: (name, given) => run(() => setValue(context, 'secrets', name, given)),
    setting: (name) => run(() => value(context, 'meta', name)),
    setSetting: (name, given) => run(() => setValue(context, 'meta', name, given)),
    changeSetting: (name, change) => run(() => changeValue(context, 'meta', name, change)),
    live,
    async settled() {
      while (working.size) {
        await Promise.allSettled(working);
        // Who waited for one of them may begin the next.
        await new Promise((resolve) => setTimeout(resolve));
      }
    },
    close
  };
}
