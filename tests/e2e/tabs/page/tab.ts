/** A person's place, opened with its key: choosing and typing a PIN is tested elsewhere. */
export interface Place {
  slot: string;
  key: number[];
  /** Given once, in the tab that signs in. */
  account?: string;
  password?: string;
}

/** A post with this text, or a chapter of this name finished in one course. */
export interface Write {
  kind: 'post' | 'chapter';
  text: string;
  channel: string;
  course: string;
}

/** The app's own store and sync in a tab, without its screens. */
export interface TabPage {
  open(place: Place): Promise<void>;
  /** When this tab began to lead, ms since 1970; undefined while it does not. */
  leadsSince(): number | undefined;
  /** The channel of the person's unit, once the membership has come. */
  channel(): Promise<string | undefined>;
  /** Resolves when the store acknowledges the write. */
  write(write: Write): Promise<void>;
  /** Texts of all posts and names of all finished chapters that this tab's store has. */
  kept(): Promise<string[]>;
  waiting(): Promise<number>;
}

declare global {
  interface Window {
    tab: TabPage;
  }
}
