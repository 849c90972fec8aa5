import type { Surroundings } from './surroundings';
import type { SyncStatus } from './types';

/** What tabs of one person tell each other; nothing personal passes here. */
type Message =
  | { kind: 'now' }
  | { kind: 'check' }
  | { kind: 'fresh' }
  | { kind: 'hello' }
  | { kind: 'seen'; tab: string; visible: boolean }
  | { kind: 'status'; status: SyncStatus };

export interface Tabs {
  /** Asks whichever tab leads to run a round. */
  now(): void;
  /** Asks whichever tab leads to ask the server at once. */
  check(): void;
  /** Tells the others that news came by hand. */
  fresh(): void;
  /** The leader tells the others. */
  tell(status: SyncStatus): void;
  /** Whether any tab of this person is visible. */
  anyVisible(): boolean;
  close(): void;
}

export interface TabEvents {
  onNow: () => void;
  onCheck: () => void;
  onFresh: () => void;
  onHello: () => void;
  onSeen: () => void;
  onStatus: (status: SyncStatus) => void;
}

/** A visible tab says so this often, ms; it counts as closed after twice that. */
const BEAT = 20_000;

export function joinTabs(name: string, around: Surroundings, events: TabEvents): Tabs {
  const channel = around.channel(name);
  const tab = crypto.randomUUID();
  const seen = new Map<string, number>();
  let closed = false;
  const post = (message: Message) => {
    if (!closed) channel.postMessage(message);
  };
  const beat = () => post({ kind: 'seen', tab, visible: around.visible() });

  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.kind === 'now') events.onNow();
    if (data.kind === 'check') events.onCheck();
    if (data.kind === 'fresh') events.onFresh();
    if (data.kind === 'hello') {
      beat();
      events.onHello();
    }
    if (data.kind === 'status') events.onStatus(data.status);
    if (data.kind === 'seen') {
      if (!data.visible) return void seen.delete(data.tab);
      const isNew = !seen.has(data.tab);
      seen.set(data.tab, performance.now());
      if (isNew) events.onSeen();
    }
  };
  const leave = around.watch((event) => {
    if (event !== 'online') beat();
  });
  const timer = setInterval(() => {
    if (around.visible()) beat();
  }, BEAT);
  post({ kind: 'hello' });
  beat();

  return {
    now: () => post({ kind: 'now' }),
    check: () => post({ kind: 'check' }),
    fresh: () => post({ kind: 'fresh' }),
    tell: (status) => post({ kind: 'status', status }),
    anyVisible() {
      const dead = performance.now() - 2 * BEAT;
      for (const [other, at] of seen) if (at < dead) seen.delete(other);
      return around.visible() || seen.size > 0;
    },
    close() {
      clearInterval(timer);
      leave();
      post({ kind: 'seen', tab, visible: false });
      closed = true;
      channel.close();
    }
  };
}
