import { vi } from 'vitest';

const BOUND = 15_000;

/**
 * Vitest gives `vi.waitFor` one second. On two busy cores real cryptography and storage can take longer without anything
 * being wrong, so waiting for a thing is bounded by this instead: it only decides how soon a failure is told.
 */
const waitFor = vi.waitFor.bind(vi);
vi.waitFor = (callback, options) => waitFor(callback, options ?? { timeout: BOUND });
