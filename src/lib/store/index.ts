export { openStore } from './open-store';
export * from './types';
