export { newEdit } from './edit';
export { openStore } from './open-store';
export * from './types';
