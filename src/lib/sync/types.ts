/** What the sync tab is doing, for the freshness chip and the sync screen. All times in ms since 1970, device clock. */
export interface SyncStatus {
  /**
   * `moving` only while bytes move. `full`: this device has no space for what is new; what is here stays usable.
   * `lost`: the device was reported lost, and this person's place on it has to go.
   * `too-old`: this app has to be updated; `server-old`: the server has, and nothing that a person does helps.
   */
  phase: 'idle' | 'moving' | 'offline' | 'signed-out' | 'lost' | 'too-old' | 'server-old' | 'full';
  /** When the server last answered completely; 0 when it never has. */
  freshAt: number;
  /** When the server was last asked in vain. */
  triedAt?: number;
  /** Server clock minus device clock, ms; undefined until known. */
  clockSkew?: number;
  /** Rows received in the running round, and whether this is the first one ever. */
  received: number;
  first: boolean;
  /** This tab holds the sync lock. */
  leader: boolean;
}

export interface SyncHandle {
  /** Runs a round as soon as possible, whichever tab holds the lock. Call it after every `store.write()`. */
  now(): void;
  /** Asks the server at once whether there is anything new, also while a request is held: what a person presses. */
  check(): void;
  /** News came by hand: what is known of their freshness is to be looked up again, in every tab. */
  freshened(): void;
  /** Stops everything; resolves when no request is under way. */
  stop(): Promise<void>;
}

/** Progress of taking a course offline, bytes. */
export interface DownloadProgress {
  done: number;
  total: number;
}

/** A value that changes. `subscribe` calls the listener at once and at every change; the result ends it. */
export interface Observable<T> {
  readonly current: T;
  subscribe(listener: (value: T) => void): () => void;
}
