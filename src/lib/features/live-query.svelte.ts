import type { Live } from '$lib/store/types';

/** The newest answer of a query; `value` is undefined until the first one. */
export interface LiveState<T> {
  readonly value: T | undefined;
  readonly failed: boolean;
}

/**
 * Follows a query for as long as the component lives. `query` is run again when the reactive values that it reads
 * change, and the answer follows every change in the store, from whichever tab it comes.
 */
export function follow<T>(query: () => Live<T> | undefined): LiveState<T> {
  let value = $state.raw<T>();
  let failed = $state(false);
  $effect(() =>
    query()?.subscribe(
      (next) => {
        value = next;
        failed = false;
      },
      () => (failed = true)
    )
  );
  return {
    get value() {
      return value;
    },
    get failed() {
      return failed;
    }
  };
}
