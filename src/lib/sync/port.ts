import type { Store } from '$lib/store/store-api';

/** What sync needs of the store; tests bring a small one of their own. */
export type SyncStore = Pick<
  Store,
  | 'pending'
  | 'acknowledge'
  | 'refuse'
  | 'applyOwn'
  | 'prepareShared'
  | 'checkpoint'
  | 'sources'
  | 'dropSource'
  | 'trim'
  | 'retryAside'
  | 'secret'
  | 'setSecret'
  | 'setting'
  | 'setSetting'
  | 'changeSetting'
  | 'membership'
  | 'file'
  | 'unsentFiles'
  | 'markFile'
  | 'refusedItems'
  | 'write'
>;

/** What downloading needs of the store. */
export type PieceStore = Pick<
  Store,
  | 'hasPieces'
  | 'claimPieces'
  | 'setting'
  | 'putPiece'
  | 'joinPieces'
  | 'piece'
  | 'removePieces'
  | 'secret'
  | 'setSecret'
  | 'changeSetting'
>;
