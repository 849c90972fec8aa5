import type { FromSandbox, Start, ToSandbox } from '../protocol';
import { Library } from './library';
import { launchUrl, Pages } from './pages';
import { runTime } from './runtime';

/**
 * What runs in the sandbox beside the package: it keeps the files, shows the pages and holds the run-time. The package
 * can reach all of it and change it; what comes out of here is believed nowhere (docs/security.md).
 */

/** Packages up to this size are here as a whole before they begin: scripts ask for files that cannot be waited for. */
const WHOLE = 30 * 1024 * 1024;
const TOGETHER = 6;
/** Between two messages that somebody is here, in milliseconds. */
const ALIVE = 1_000;
/** Between two reports, in milliseconds. */
const PAUSE = 2_000;

const STYLE = `html,body{margin:0;height:100%;overflow:hidden;background:#fff}
iframe{display:block;width:100%;height:100%;border:0}
section{position:fixed;inset:0;display:flex;flex-direction:column;background:#fff}
section p{margin:0;padding:4px;background:#eee}section button{min-height:44px;padding:0 16px;font:inherit}`;

declare global {
  /** The way to the app, from the page that this runs in (static/package-frame.html). */
  var packagePort: MessagePort;
}

const port = globalThis.packagePort;
const tell = (message: FromSandbox): void => port.postMessage(message);
const waiting = new Map<string, () => void>();
let library: Library | undefined;
let leave: () => Promise<void> = () => Promise.resolve();

port.onmessage = ({ data }: MessageEvent<ToSandbox>) => {
  if (data.type === 'start') void begin(data);
  else if (data.type === 'file') {
    library?.put(data.path, new Uint8Array(data.bytes ?? new ArrayBuffer(0)));
    waiting.get(data.path)?.();
    waiting.delete(data.path);
  } else void leave().then(() => tell({ type: 'left' }));
};

const asked = new Map<string, Promise<void>>();
function want(path: string): Promise<void> {
  const known = asked.get(path);
  if (known) return known;
  const here = new Promise<void>((resolve) => waiting.set(path, resolve));
  asked.set(path, here);
  tell({ type: 'want', path });
  return here;
}

async function begin(start: Start): Promise<void> {
  const files = (library = new Library(start.files));
  document.documentElement.lang = start.language;
  const style = document.createElement('style');
  style.textContent = STYLE;
  document.head.append(style);
  tell({ type: 'loading', done: 0 });
  await fetchFirst(files);
  const reporter = makeReporter(() => time?.report());
  const time = runTime(start, reporter.changed);
  if (time) Reflect.set(window, time.name, time.api);
  // For pages that look for the run-time ever further out, the way ends here.
  Reflect.set(window, 'parent', window);
  let touched = 0;
  const pages = new Pages(files, {
    words: start.words,
    want,
    shown: () => tell({ type: 'shown' }),
    alive: () => {
      if (Date.now() - touched < ALIVE) return;
      touched = Date.now();
      tell({ type: 'alive' });
    },
    exit: () => tell({ type: 'exit' }),
    outside: (address) => tell({ type: 'outside', address: address.slice(0, 2_000) })
  });
  leave = async () => {
    await pages.end();
    reporter.now();
  };
  addEventListener('pagehide', reporter.now);
  document.addEventListener('visibilitychange', reporter.now);
  const frame = document.createElement('iframe');
  frame.title = start.sco.title;
  document.body.append(frame);
  pages.launch(frame, launchUrl(start.sco.launch, start.sco.parameters), time);
}

/** Brings what pages cannot wait for: everything of a small package, what is text of a large one. */
async function fetchFirst(files: Library): Promise<void> {
  const total = files.files.reduce((sum, { size }) => sum + size, 0);
  const first = files.files.filter(({ type }) => total <= WHOLE || !/^(?:audio|video|image)\//.test(type));
  let done = 0;
  const next = first.values();
  const work = async () => {
    for (const { path } of next) {
      await want(path);
      done += 1;
      if (done % 10 === 0) tell({ type: 'loading', done: done / first.length });
    }
  };
  await Promise.all(Array.from({ length: TOGETHER }, work));
}

/** Tells the app of changes, the first at once and then not more often than it can be kept. */
function makeReporter(report: () => FromSandbox | undefined): { changed: () => void; now: () => void } {
  let last = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  const now = () => {
    clearTimeout(timer);
    timer = undefined;
    const message = report() ?? ({ type: 'too-large' } as const);
    const text = JSON.stringify(message);
    if (text === last) return;
    last = text;
    tell(message);
  };
  return { now, changed: () => void (timer ??= setTimeout(now, last === '' ? 0 : PAUSE)) };
}
