import type { PackageFile } from '$lib/domain/documents/package-descriptor';
import { addressOf, isByItself, NOWHERE, pathOf, urlOf } from './address';
import { decodeText } from './decode';
import { rewriteScript } from './script';
import { rewriteStyle } from './style';

export type As = 'file' | 'script' | 'module' | 'style';

type Known = Pick<PackageFile, 'path' | 'size' | 'type'>;

const TEXT = /^text\/|json|javascript/;

/** The files of the package: their bytes as the app sends them, and the addresses under which the browser finds them. */
export class Library {
  /** Files that were needed and are not here yet. */
  readonly wanted = new Set<string>();
  readonly #files = new Map<string, Known>();
  readonly #folded = new Map<string, string>();
  readonly #bytes = new Map<string, Uint8Array<ArrayBuffer>>();
  readonly #addresses = new Map<string, string>();
  readonly #names = new Map<string, string>();
  #misses = 0;

  constructor(files: Known[]) {
    for (const file of files) {
      this.#files.set(file.path, file);
      this.#folded.set(file.path.toLowerCase(), file.path);
    }
  }

  get files(): Known[] {
    return [...this.#files.values()];
  }

  put(path: string, bytes: Uint8Array<ArrayBuffer>): void {
    this.#bytes.set(path, bytes);
    this.wanted.delete(path);
  }

  isHere = (path: string): boolean => this.#bytes.has(path);

  typeOf = (path: string): string => this.#files.get(path)?.type ?? '';

  bytesOf = (path: string): Uint8Array<ArrayBuffer> | undefined => this.#bytes.get(path);

  textOf(path: string): string {
    return decodeText(this.#bytes.get(path) ?? new Uint8Array());
  }

  /** The file that a reference means. Paths from the root are tried below every folder that a server may have added. */
  find(reference: string, base: string): string | undefined {
    const address = addressOf(reference, base);
    if (!address) return undefined;
    const path = pathOf(address);
    const found = this.#spelled(path);
    if (found !== undefined || !/^\s*\//.test(reference)) return found;
    const parts = path.split('/');
    return parts.map((_, index) => this.#spelled(parts.slice(index).join('/'))).find((one) => one !== undefined);
  }

  #spelled(path: string): string | undefined {
    const names = path === '' || path.endsWith('/') ? [`${path}index.html`, `${path}index.htm`] : [path];
    return names
      .map((name) => (this.#files.has(name) ? name : this.#folded.get(name.toLowerCase())))
      .find((name) => name !== undefined);
  }

  /** The address on this device for a reference of the file or page `base`. */
  place(reference: string, base: string, as: As): string {
    if (isByItself(reference)) return reference;
    const path = this.find(reference, base);
    const fragment = /#.*$/s.exec(reference)?.[0] ?? '';
    return path === undefined ? NOWHERE : this.address(path, as) + fragment;
  }

  /** What stood in the package where this address stands now; undefined for other addresses. */
  nameOf = (address: string): string | undefined => this.#names.get(address.replace(/#.*$/s, ''));

  /** The address of a file; nowhere, and the file is wanted, while it is not here. */
  address(path: string, as: As): string {
    const key = `${as} ${path}`;
    const known = this.#addresses.get(key);
    if (known !== undefined) return known;
    if (!this.#bytes.has(path)) {
      this.wanted.add(path);
      this.#misses += 1;
      return NOWHERE;
    }
    // A sheet or module that leads back to itself finds nothing there.
    this.#addresses.set(key, NOWHERE);
    const before = this.#misses;
    const made = URL.createObjectURL(this.#blob(path, as));
    if (this.#misses > before) this.#addresses.delete(key);
    else this.#addresses.set(key, made);
    this.#names.set(made, urlOf(path).href);
    return made;
  }

  #blob(path: string, as: As): Blob {
    const type = this.typeOf(path);
    const base = urlOf(path).href;
    if (as === 'style') return new Blob([this.style(this.textOf(path), base)], { type: 'text/css;charset=utf-8' });
    if (as === 'script')
      return new Blob([rewriteScript(this.textOf(path), { address: base })], { type: 'text/javascript;charset=utf-8' });
    if (as === 'module')
      return new Blob([this.module(this.textOf(path), base)], { type: 'text/javascript;charset=utf-8' });
    if (TEXT.test(type)) return new Blob([this.textOf(path)], { type: `${type};charset=utf-8` });
    return new Blob([this.#bytes.get(path) ?? new Uint8Array()], { type });
  }

  style = (css: string, base: string): string =>
    rewriteStyle(css, (reference, sheet) =>
      isByItself(reference) ? undefined : this.place(reference, base, sheet ? 'style' : 'file')
    );

  module = (code: string, base: string): string =>
    rewriteScript(code, { address: base, module: (reference) => this.place(reference, base, 'module') });
}
