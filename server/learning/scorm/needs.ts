import type { PackageFile } from '../../../src/lib/domain/documents/package-descriptor.ts';
import { resolve } from '../epub/paths.ts';
import { ImportRefused } from '../types.ts';
import type { PackageFiles } from './files.ts';
import type { Manifest } from './manifest.ts';

/** Entries of files in one course document; more than that makes it too large to sync. */
const MOST_ENTRIES = 10_000;

/**
 * The files that a launched resource may use. Manifests often forget some, so a chapter has the whole package while
 * that stays small. In a package of many chapters it has what its resource and those it depends on declare, and what
 * no resource declares.
 */
export function neededFiles(
  manifest: Manifest,
  files: PackageFiles,
  resource: string,
  chapters: number
): PackageFile[] {
  if (files.all.length * chapters <= MOST_ENTRIES) return files.all;
  const own = new Set(closure(manifest, resource).flatMap((id) => declared(manifest, files, id)));
  const others = new Set([...manifest.resources.keys()].flatMap((id) => declared(manifest, files, id)));
  const needed = files.all.filter(({ path }) => own.has(path) || !others.has(path));
  if (needed.length * chapters > 2 * MOST_ENTRIES)
    throw new ImportRefused(
      'too-large',
      `The package has ${chapters} chapters with ${needed.length} files each. Split it into several packages.`
    );
  return needed;
}

function declared(manifest: Manifest, files: PackageFiles, id: string): string[] {
  const resource = manifest.resources.get(id);
  return [resource?.href ?? '', ...(resource?.files ?? [])].flatMap((href) => {
    const target = resolve('', href);
    const path = target.kind === 'inside' ? files.find(target.path) : undefined;
    return path === undefined ? [] : [path.normalize('NFC')];
  });
}

function closure(manifest: Manifest, start: string): string[] {
  const seen = new Set<string>();
  const visit = (id: string): void => {
    if (seen.has(id)) return;
    seen.add(id);
    manifest.resources.get(id)?.dependencies.forEach(visit);
  };
  visit(start);
  return [...seen];
}
