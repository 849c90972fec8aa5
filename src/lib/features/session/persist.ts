/** Asks the browser not to clear this site's storage when space gets short; it may say no, and asking costs nothing. */
export async function persist(): Promise<boolean> {
  try {
    return (await navigator.storage?.persist?.()) ?? false;
  } catch {
    return false;
  }
}
