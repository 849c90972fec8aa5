import { timeOfUuid, uuidv7 } from '$lib/domain/ids';

/**
 * The id of a new edit. It sorts after the edit it follows even when the device's clock was set back meanwhile, so
 * "newest edit" means what the person did last.
 */
export const newEdit = (after?: string): string => uuidv7(Math.max(Date.now(), after ? timeOfUuid(after) + 1 : 0));
