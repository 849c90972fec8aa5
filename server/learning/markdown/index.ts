import { assemble } from '../assemble.ts';
import { Removals } from '../removals.ts';
import { Names, oneLine, sha256Of } from '../text.ts';
import { ImportRefused, type ImportedCourse } from '../types.ts';
import { factsOf } from './facts.ts';
import { modulesOf } from './modules.ts';
import { draftsOf, openText } from './open-text.ts';

/**
 * Reads a course from Markdown (CommonMark with GitHub's tables, footnotes and task lists): YAML front matter with
 * `title`, `summary`, `kind`, `level`, `topics`, `hours`, `minutes`, `competencies`, `publisher`, `language`, `source`,
 * `modules`, `study`; every `# heading` begins a chapter, which a fenced block `kuis`, `evaluasi` or `tugas` makes a quiz,
 * an evaluation or an assignment (docs/courses.md).
 * @throws ImportRefused
 */
export async function readMarkdown(text: string): Promise<ImportedCourse> {
  const removals = new Removals();
  const open = openText(text, new Names());
  const drafts = draftsOf(open, { removals });
  const title = oneLine(open.facts.title ?? drafts[0]?.title ?? '', 300);
  if (title === '') throw new ImportRefused('no-chapters', 'The text has no title and no chapter.');
  const modules = open.facts.modules && { modules: modulesOf(open.facts.modules, drafts) };
  const assembled = assemble({ ...factsOf(open.facts, title), ...modules }, drafts, new Map());
  return { ...assembled, fingerprint: sha256Of(text), removed: removals.list() };
}
