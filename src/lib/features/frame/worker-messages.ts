/** What page and service worker say to each other. `which-build` comes with a port for the answer. */
export type ToWorker = { type: 'take-over' };
export type FromWorker = { type: 'which-build' };
