import type { CourseModule } from '../../../src/lib/domain/documents/course.ts';
import type { ChapterDraft } from '../assemble.ts';
import type { FrontMatter } from '../markdown/front-matter.ts';
import { modulesOf } from '../markdown/modules.ts';
import { Names, oneLine } from '../text.ts';
import { titleOf } from './names.ts';

export interface Placed {
  path: string;
  drafts: ChapterDraft[];
}

/** Modules as the settings name them, by titles, ids or files of chapters; without them each folder is one. */
export function modulesIn(written: FrontMatter['modules'], placed: readonly Placed[]): CourseModule[] | undefined {
  return written
    ? modulesOf(
        written.map((one) => ({ ...one, chapters: expand(one.chapters, placed) })),
        all(placed)
      )
    : folders(placed);
}

const all = (placed: readonly Placed[]): ChapterDraft[] => placed.flatMap(({ drafts }) => drafts);

/** A file stands for all its chapters. */
const expand = (names: readonly string[], placed: readonly Placed[]): string[] =>
  names.flatMap((name) => placed.find(({ path }) => path === name)?.drafts.map(({ id }) => id) ?? [name]);

function folders(placed: readonly Placed[]): CourseModule[] | undefined {
  const names = new Names();
  const found = new Map<string, CourseModule>();
  for (const { path, drafts } of placed) {
    const [folder = '', ...rest] = path.split('/');
    if (rest.length === 0 || drafts.length === 0) continue;
    const module = found.get(folder) ?? { id: '', title: oneLine(titleOf(folder), 300), chapters: [], after: [] };
    if (!found.has(folder))
      found.set(folder, { ...module, id: names.give(titleOf(folder), `modul-${found.size + 1}`) });
    found.get(folder)?.chapters.push(...drafts.map(({ id }) => id));
  }
  return found.size > 0 ? [...found.values()] : undefined;
}

/** Chapters in the order of their modules; those of none stay before them. */
export function inModuleOrder(drafts: ChapterDraft[], modules: readonly CourseModule[] = []): ChapterDraft[] {
  const order = new Map(modules.flatMap(({ chapters }) => chapters).map((id, index) => [id, index]));
  return [...drafts].sort((a, b) => (order.get(a.id) ?? -1) - (order.get(b.id) ?? -1));
}
