import { codeIn } from './decode';

/** Pause between two looks, ms: a code is shown longer, and a cheap phone has other things to do. */
const STEP = 80;

const WISH: MediaStreamConstraints = {
  audio: false,
  video: { facingMode: { ideal: 'environment' }, width: { ideal: 1_280 }, height: { ideal: 720 } }
};

/**
 * Shows what the camera sees and tells each code that it reads, until `signal` fires; then the camera is off. Resolves
 * when the camera has begun, and rejects with what the browser says when there is none or it may not be used.
 * @param onend the camera went away by itself
 */
export async function watchCodes(
  video: HTMLVideoElement,
  { signal, onread, onend }: { signal: AbortSignal; onread: (text: string) => void; onend: () => void }
): Promise<void> {
  const stream = await navigator.mediaDevices.getUserMedia(WISH);
  const look = (): void => {
    const size = { width: video.videoWidth, height: video.videoHeight };
    const text = codeIn(video, size, { side: 720, isAimed: true });
    if (text !== undefined) onread(text);
  };
  const timer = setInterval(look, STEP);
  const end = (): void => {
    clearInterval(timer);
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  };
  if (signal.aborted) return end();
  signal.addEventListener('abort', end, { once: true });
  for (const track of stream.getTracks()) track.addEventListener('ended', onend);
  video.srcObject = stream;
  await video.play();
}
