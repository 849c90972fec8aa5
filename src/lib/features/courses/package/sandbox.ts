import * as v from 'valibot';
import codeUrl from './host/main?worker&url';
import { fromSandbox, type Start, type ToSandbox } from './protocol';

/** How long a sandbox may be silent before it has begun, in milliseconds. */
const PATIENCE = 20_000;
/** More messages than this in a second come from no package that teaches. */
const FLOOD = 2_000;

export interface Listener {
  /** Bytes of a file of the package; undefined when it is not on this device. */
  read(path: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  hear(message: v.InferOutput<typeof fromSandbox>): void;
  /** The sandbox did not begin, or was cut off. */
  fail(): void;
}

export interface Sandbox {
  /** Lets the pages end and answers when they have said their last, or have not in time. */
  leave(): Promise<void>;
  close(): void;
}

/** Starts a package in `frame`, which shows static/package-frame.html. What comes from it is checked here. */
export function openSandbox(frame: HTMLIFrameElement, start: Start, listener: Listener): Sandbox {
  const { port1: port, port2 } = new MessageChannel();
  const say = (message: ToSandbox, moved: Transferable[] = []) => port.postMessage(message, moved);
  let left: (() => void) | undefined;
  let count = 0;
  const silence = setTimeout(() => fail(), PATIENCE);
  const calm = setInterval(() => (count = 0), 1_000);
  const close = () => {
    clearTimeout(silence);
    clearInterval(calm);
    port.close();
    left?.();
  };
  const fail = () => {
    close();
    listener.fail();
  };

  port.onmessage = ({ data }: MessageEvent<unknown>) => {
    if ((count += 1) > FLOOD) return fail();
    const read = v.safeParse(fromSandbox, data);
    if (!read.success) return;
    clearTimeout(silence);
    const message = read.output;
    if (message.type === 'want') void give(message.path);
    else if (message.type === 'left') left?.();
    // Only the browser knows whether it was a person who touched the package.
    else if (message.type === 'alive') {
      if (navigator.userActivation?.isActive) frame.dispatchEvent(new Event('wheel', { bubbles: true }));
    } else listener.hear(message);
  };
  const give = async (path: string) => {
    const bytes = await listener.read(path).catch(() => undefined);
    const whole = bytes && bytes.byteLength === bytes.buffer.byteLength ? bytes.buffer : bytes?.slice().buffer;
    say({ type: 'file', path, bytes: whole ?? null }, whole ? [whole] : []);
  };

  const begin = async () => {
    const code = await fetch(codeUrl).then((response) => response.text());
    frame.contentWindow?.postMessage(code, location.origin, [port2]);
    say(start);
  };
  frame.addEventListener('load', () => void begin().catch(fail), { once: true });

  return {
    close,
    leave: () =>
      new Promise((resolve) => {
        const late = setTimeout(resolve, 3_000);
        left = () => {
          clearTimeout(late);
          resolve();
        };
        say({ type: 'leave' });
      })
  };
}
