import { getContext, setContext, type Snippet } from 'svelte';

/** Places of the frame that a page may fill. */
class FrameSlots {
  /** Beside the content from 1200 px: a thread, the contents of a book, details. */
  pane = $state.raw<Snippet>();
}

const KEY = Symbol('frame');

export const provideSlots = (): FrameSlots => setContext(KEY, new FrameSlots());
export const useSlots = (): FrameSlots => getContext<FrameSlots>(KEY);
