/** The two packages of the embedded store that bring no types of their own; only what the store uses. */

declare module 'leveldown' {
  export type Operation = { type: 'put'; key: string; value: string | Buffer } | { type: 'del'; key: string };

  export interface Range {
    gt?: string;
    gte?: string;
    lt?: string;
    lte?: string;
    reverse?: boolean;
    limit?: number;
  }

  export interface Iterator {
    next(callback: (error: Error | null, key?: string, value?: string | Buffer) => void): void;
    end(callback: (error: Error | null) => void): void;
  }

  export interface LevelDown {
    open(options: Record<string, unknown>, callback: (error: Error | null) => void): void;
    close(callback: (error: Error | null) => void): void;
    get(
      key: string,
      options: { asBuffer: boolean },
      callback: (error: Error | null, value?: string | Buffer) => void
    ): void;
    getMany(
      keys: string[],
      options: { asBuffer: boolean },
      callback: (error: Error | null, values?: (string | Buffer | undefined)[]) => void
    ): void;
    batch(operations: Operation[], options: { sync: boolean }, callback: (error: Error | null) => void): void;
    clear(range: Range, callback: (error: Error | null) => void): void;
    iterator(options: Range & { keyAsBuffer: boolean; valueAsBuffer: boolean }): Iterator;
    approximateSize(start: string, end: string, callback: (error: Error | null, size?: number) => void): void;
  }

  export default function leveldown(location: string): LevelDown;
}

declare module 'pouchdb-adapter-leveldb' {
  const plugin: PouchDB.Plugin;
  export default plugin;
}
