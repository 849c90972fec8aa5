/** What the browser says of the space of this site, bytes; undefined where it says nothing. */
export interface Space {
  used: number;
  free: number;
}

export async function spaceHere(): Promise<Space | undefined> {
  const { quota, usage } = (await navigator.storage?.estimate?.().catch(() => undefined)) ?? {};
  if (quota === undefined || usage === undefined) return undefined;
  return { used: usage, free: Math.max(quota - usage, 0) };
}

/** Whether the browser has promised to keep what is here; asks for it when it has not. */
export async function keepsFiles(): Promise<boolean> {
  const { storage } = navigator;
  try {
    return (await storage.persisted()) || (await storage.persist());
  } catch {
    return false;
  }
}
