/** Whether the device can pass a file on to another app or person. */
export const canHandOver = (file: File): boolean => navigator.canShare?.({ files: [file] }) ?? false;

/** Opens the share sheet; where that fails the file is saved. */
export async function handOver(file: File): Promise<void> {
  try {
    await navigator.share({ files: [file] });
  } catch (reason) {
    // She closed the share sheet, which is no failure.
    if ((reason as DOMException).name !== 'AbortError') saveFile(file);
  }
}

/** Lets the browser save a file. */
export function saveFile(file: File): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  // The browser has begun to save by the time anything else happens on the page.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
