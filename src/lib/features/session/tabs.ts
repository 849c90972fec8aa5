/** A place was locked or removed in another tab. Slot ids are random and say nothing about a person. */
export interface News {
  slot: string;
}

const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('smartasn-session');

/** Tells the other tabs of this browser. */
export const tell = (news: News): void => channel?.postMessage(news);

export const onNews = (listener: (news: News) => void): void =>
  channel?.addEventListener('message', (event: MessageEvent<News>) => listener(event.data));
