/** Whether this device seems to have a camera; asks nobody for leave. */
export const hasCamera = async (): Promise<boolean> =>
  (await navigator.mediaDevices?.enumerateDevices().catch(() => []))?.some(({ kind }) => kind === 'videoinput') ??
  false;
