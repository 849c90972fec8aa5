import type { Definition, FootnoteDefinition, Heading, Nodes, Root, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { assemble, type ChapterDraft } from '../assemble.ts';
import { Removals } from '../removals.ts';
import { directionOf, languageOf, Names, oneLine, paragraphs, sha256Of } from '../text.ts';
import { isVisible, textOf } from '../tree.ts';
import { ImportRefused, type ImportedCourse } from '../types.ts';
import { convertAll, footnotesOf, type Context } from './convert.ts';
import { formBlockOf } from './forms.ts';
import { modulesOf } from './modules.ts';
import { readQuiz } from './quiz.ts';
import { readFrontMatter } from './front-matter.ts';

/** Largest Markdown text, in characters; a course of that length is many books. */
const LARGEST = 5_000_000;

/** Deepest nesting of quotes and lists; chapter trees end at 200. */
const DEEPEST = 90;

interface Part {
  title: string;
  nodes: RootContent[];
}

/**
 * Reads a course from Markdown (CommonMark with GitHub's tables, footnotes and task lists): YAML front matter with
 * `title`, `summary`, `kind`, `level`, `topics`, `hours`, `minutes`, `competencies`, `publisher`, `language`, `source`,
 * `modules`, `study`; every `# heading` begins a chapter, which a fenced block `kuis`, `evaluasi` or `tugas` makes a quiz,
 * an evaluation or an assignment (docs/courses.md).
 * @throws ImportRefused
 */
export async function readMarkdown(text: string): Promise<ImportedCourse> {
  if (text.length > LARGEST) throw new ImportRefused('too-large', `The text is longer than ${LARGEST} characters.`);
  const { facts, body } = readFrontMatter(text);
  const root = parseTree(body);
  assertDepth(root, 0);
  const removals = new Removals();
  const parts = split(root.children, facts.title);
  const names = new Names();
  const ids = parts.map((part, index) => names.give(part.title, `bab-${index + 1}`));
  const shared = {
    removals,
    definitions: collect<Definition>(root, 'definition'),
    footnotes: collect<FootnoteDefinition>(root, 'footnoteDefinition'),
    ...anchorsOf(parts, ids)
  };
  const drafts = parts.map((part, index) => draft(part, { ...shared, chapter: ids[index] ?? '', cited: [] }));
  const readable = drafts.filter(({ nodes, quiz }) => quiz !== undefined || isVisible(nodes));
  const title = oneLine(facts.title ?? readable[0]?.title ?? '', 300);
  if (title === '') throw new ImportRefused('no-chapters', 'The text has no title and no chapter.');
  const language = languageOf(facts.language, 'id');
  const assembled = assemble(
    {
      title,
      summary: paragraphs(facts.summary ?? '', 2_000),
      language,
      direction: directionOf(language),
      kind: facts.kind ?? 'course',
      ...(facts.level && { level: facts.level }),
      ...(facts.minutes !== undefined && { minutes: facts.minutes }),
      ...(facts.competencies && {
        competencies: Object.entries(facts.competencies).map(([code, level]) => ({ code, level }))
      }),
      ...(facts.topics && { topics: facts.topics.map((topic) => oneLine(topic, 60)).filter(Boolean) }),
      ...(facts.hours !== undefined && { learningHours: facts.hours }),
      ...(facts.publisher && { publisher: oneLine(facts.publisher, 200) }),
      ...(facts.modules && { modules: modulesOf(facts.modules, readable) }),
      ...(facts.study && { study: facts.study }),
      ...(facts.source && { source: paragraphs(facts.source, 500) })
    },
    readable,
    new Map()
  );
  return { ...assembled, fingerprint: sha256Of(text), removed: removals.list() };
}

function parseTree(body: string): Root {
  try {
    return fromMarkdown(body, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  } catch (error) {
    // The parser has no syntax errors; what it can throw comes from nesting deeper than its stack.
    throw new ImportRefused('unreadable', `The text could not be parsed: ${(error as Error).message}`);
  }
}

function split(nodes: RootContent[], title: string | undefined): Part[] {
  const parts: Part[] = [];
  for (const node of nodes) {
    if (node.type === 'heading' && node.depth === 1) parts.push({ title: headingText(node), nodes: [node] });
    else if (parts.length === 0) parts.push({ title: title ?? '', nodes: [node] });
    else parts.at(-1)?.nodes.push(node);
  }
  return parts;
}

function draft(part: Part, context: Context): ChapterDraft {
  const id = context.chapter;
  const block = formBlockOf(part.nodes, id);
  const nodes = convertAll(block ? block.rest : part.nodes, context);
  nodes.push(...footnotesOf(context));
  const title = oneLine(part.title, 300) || oneLine(textOf(nodes), 80) || id;
  if (!block) return { id, title, nodes };
  const convert = (markdown: string) => {
    const root = parseTree(markdown);
    assertDepth(root, 0);
    return convertAll(root.children, context);
  };
  if (block.form === 'assignment') return { id, title, form: 'assignment', nodes: [...nodes, ...convert(block.text)] };
  // The title stands above every quiz; what follows it introduces this one.
  const intro = nodes.filter((node) => typeof node === 'string' || node[0] !== 'h1');
  const content = readQuiz(block.text, { title, chapter: id, intro, convert });
  return { id, title, nodes: [], quiz: { form: block.form, content } };
}

/** Anchors for headings as GitHub names them, and the place of each in the course; the first of a name wins. */
function anchorsOf(parts: Part[], ids: string[]): Pick<Context, 'anchors' | 'targets'> {
  const anchors = new Map<Nodes, string>();
  const targets = new Map<string, string>();
  parts.forEach((part, index) => {
    const chapter = ids[index] ?? '';
    const names = new Names();
    for (const node of part.nodes) {
      if (node.type !== 'heading') continue;
      const text = headingText(node);
      const first = node.depth === 1;
      const anchor = first ? '' : names.give(text, 'bagian');
      if (!first) anchors.set(node, anchor);
      const place = first ? `#${chapter}` : `#${chapter}/${anchor}`;
      for (const name of [text.toLowerCase().trim().replace(/\s+/g, '-'), githubName(text), first ? chapter : anchor]) {
        if (!targets.has(name)) targets.set(name, place);
      }
    }
  });
  return { anchors, targets };
}

const githubName = (text: string): string =>
  text
    .toLowerCase()
    .trim()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');

const headingText = (heading: Heading): string => plain(heading).trim();

function plain(node: Nodes): string {
  if (node.type === 'text' || node.type === 'inlineCode') return node.value;
  if (node.type === 'break') return ' ';
  return 'children' in node ? node.children.map(plain).join('') : '';
}

function collect<T extends Definition | FootnoteDefinition>(root: Nodes, type: T['type']): Map<string, T> {
  const found = new Map<string, T>();
  const visit = (node: Nodes): void => {
    if (node.type === type && !found.has((node as T).identifier)) found.set((node as T).identifier, node as T);
    if ('children' in node) node.children.forEach(visit);
  };
  visit(root);
  return found;
}

function assertDepth(node: Nodes, depth: number): void {
  if (depth > DEEPEST) throw new ImportRefused('unreadable', `The text is nested more than ${DEEPEST} levels deep.`);
  if ('children' in node) for (const child of node.children) assertDepth(child, depth + 1);
}
