const PATIENCE = 5_000;

/** Tells the server that this device's session is over. Without signal the session simply runs out: nobody waits. */
export async function endSession(refresh: string | undefined): Promise<void> {
  if (refresh === undefined) return;
  try {
    await fetch('/api/session', {
      method: 'DELETE',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ refresh }),
      cache: 'no-store',
      credentials: 'omit',
      signal: AbortSignal.timeout(PATIENCE)
    });
  } catch {
    return;
  }
}
