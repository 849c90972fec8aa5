export { openStore } from './open-store';
export { keepMediaOf } from './pieces';
export { unsentIn } from './unsent';
export * from './types';
