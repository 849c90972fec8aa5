import { createSubscriber } from 'svelte/reactivity';

const STEP = 30_000;
const subscribe = createSubscriber((update) => {
  const timer = setInterval(update, STEP);
  return () => clearInterval(timer);
});

/** The device's time in ms; what reads it in a template is drawn again every half minute. */
export const now = (): number => {
  subscribe();
  return Date.now();
};
