import { existsSync, readFileSync } from 'node:fs';

/** The list of regions stands beside the repository, as it is not ours to commit. */
export const REGIONS_FILE = new URL('../../../shared/data/wilayah.csv', import.meta.url);

export interface Regions {
  /** The name of a region by its official code (Kepmendagri 300.2.2-2138/2025). */
  title(code: string): string;
  /** The code of the region below `parent` with this name. */
  code(parent: string, title: string): string;
  /** Names of all regions directly below `parent`. */
  below(parent: string): string[];
}

/** Reads `wilayah.csv`; throws with what to do when it is not there or lacks a place. */
export function readRegions(file: URL = REGIONS_FILE): Regions {
  if (!existsSync(file))
    throw new Error(`${file.pathname} is missing: put the list of regions (columns kode,nama) there and run again`);
  const titles = new Map<string, string>();
  for (const line of readFileSync(file, 'utf8').split('\n').slice(1)) {
    const match = /^([\d.]+),"?([^"]*)"?\s*$/.exec(line);
    if (match?.[1] && match[2]) titles.set(match[1], match[2]);
  }
  const children = (parent: string) =>
    [...titles].filter(([code]) => code.startsWith(`${parent}.`) && !code.slice(parent.length + 1).includes('.'));
  const found = (code: string | undefined, what: string) => {
    if (code === undefined) throw new Error(`wilayah.csv has no region ${what}`);
    return code;
  };
  return {
    title: (code) => found(titles.get(code), code),
    code: (parent, title) =>
      found(children(parent).find(([, name]) => name === title)?.[0], `${title} below ${parent}`),
    below: (parent) => children(parent).map(([, name]) => name)
  };
}
