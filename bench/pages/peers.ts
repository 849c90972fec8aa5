/** What every contestant gets: databases behind the gateway and a token for them. */
export interface Task {
  databases: string[];
  token: string;
  /** Documents that the databases hold together. */
  documents: number;
}

/** What one first sync took. `usable` is when twenty documents could be read, `complete` when all could; ms. */
export interface FirstSync {
  usable: number;
  complete: number;
  requests: number;
  documents: number;
}

/** A page of the bench that takes part. */
export interface Contestant {
  firstSync(task: Task): Promise<FirstSync>;
}

/** `fetch` with the token, counting requests. */
export function counting(token: string): { fetch: typeof fetch; requests: () => number } {
  let requests = 0;
  return {
    requests: () => requests,
    fetch: (input, init) => {
      requests += 1;
      const headers = new Headers(init?.headers);
      headers.set('authorization', `Bearer ${token}`);
      return fetch(input, { ...init, headers, cache: 'no-store', credentials: 'omit' });
    }
  };
}
