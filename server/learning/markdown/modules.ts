import type { CourseModule } from '../../../src/lib/domain/documents/course.ts';
import { Names, oneLine } from '../text.ts';
import { ImportRefused } from '../types.ts';
import type { FrontMatter } from './front-matter.ts';

const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

/**
 * Modules of the front matter, with chapters named by their titles or ids. A module opens after the one before it unless
 * it says `after`.
 * @throws ImportRefused
 */
export function modulesOf(
  written: NonNullable<FrontMatter['modules']>,
  chapters: readonly { id: string; title: string }[]
): CourseModule[] {
  const names = new Names();
  const taken = new Set<string>();
  const ids = written.map(({ title }, index) => names.give(title, `modul-${index + 1}`));
  const fault = (module: string, what: string): ImportRefused =>
    new ImportRefused('unreadable', `The module ${module} ${what}.`);

  return written.map(({ title, chapters: wanted, after }, index) => {
    const inside = wanted.map((name) => {
      const found = chapters.find((one) => one.id === name || same(one.title, name));
      if (!found) throw fault(title, `names a chapter that is not there: ${name}`);
      if (taken.has(found.id)) throw fault(title, `names a chapter that another module has: ${name}`);
      taken.add(found.id);
      return found.id;
    });
    const before = after?.map((name) => {
      const at = written.findIndex((one) => same(one.title, name));
      // Only what stands before it: so nothing can wait for itself.
      if (at < 0 || at >= index) throw fault(title, `opens after one that does not stand before it: ${name}`);
      return ids[at] ?? '';
    });
    const previous = ids[index - 1];
    return {
      id: ids[index] ?? '',
      title: oneLine(title, 300),
      chapters: inside,
      after: before ?? (previous === undefined ? [] : [previous])
    };
  });
}
