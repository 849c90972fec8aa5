import type { Definition, FootnoteDefinition, Heading, Nodes, Root, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import type { ChapterDraft } from '../assemble.ts';
import { Names, oneLine } from '../text.ts';
import { isVisible, textOf } from '../tree.ts';
import { ImportRefused } from '../types.ts';
import { convertAll, footnotesOf, type Context } from './convert.ts';
import { formBlockOf } from './forms.ts';
import { readFrontMatter, type FrontMatter } from './front-matter.ts';
import { readQuiz } from './quiz.ts';

/** Largest Markdown text, in characters; a course of that length is many books. */
const LARGEST = 5_000_000;

/** Deepest nesting of quotes and lists; chapter trees end at 200. */
const DEEPEST = 90;

interface Part {
  id: string;
  title: string;
  nodes: RootContent[];
}

/** A parsed text whose chapters have their ids, so that others can link to them. */
export interface OpenText extends Pick<Context, 'definitions' | 'footnotes' | 'anchors' | 'targets'> {
  facts: FrontMatter;
  parts: Part[];
}

/**
 * Parses a text: every `# heading` begins a chapter.
 * @param names gives the chapters their ids: `stem` to the first one, when there is a file that is called so
 * @throws ImportRefused
 */
export function openText(text: string, names: Names, stem?: string): OpenText {
  if (text.length > LARGEST) throw new ImportRefused('too-large', `The text is longer than ${LARGEST} characters.`);
  const { facts, body } = readFrontMatter(text);
  const root = parseTree(body);
  assertDepth(root, 0);
  const parts = split(root.children, facts.title).map(({ title, nodes }, index): Part => {
    const wish = stem !== undefined && index === 0 ? stem : title;
    return { id: names.give(wish, `bab-${index + 1}`), title, nodes };
  });
  return {
    facts,
    parts,
    definitions: collect<Definition>(root, 'definition'),
    footnotes: collect<FootnoteDefinition>(root, 'footnoteDefinition'),
    ...anchorsOf(parts)
  };
}

/** The chapters of a text that show anything. */
export function draftsOf(
  { parts, ...shared }: OpenText,
  around: Pick<Context, 'removals' | 'picture' | 'elsewhere'>
): ChapterDraft[] {
  return parts
    .map((part) => draft(part, { ...shared, ...around, chapter: part.id, cited: [] }))
    .filter(({ nodes, quiz }) => quiz !== undefined || isVisible(nodes));
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

function parseTree(body: string): Root {
  try {
    return fromMarkdown(body, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  } catch (error) {
    // The parser has no syntax errors; what it can throw comes from nesting deeper than its stack.
    throw new ImportRefused('unreadable', `The text could not be parsed: ${(error as Error).message}`);
  }
}

function split(nodes: RootContent[], title: string | undefined): Omit<Part, 'id'>[] {
  const parts: Omit<Part, 'id'>[] = [];
  for (const node of nodes) {
    if (node.type === 'heading' && node.depth === 1) parts.push({ title: headingText(node), nodes: [node] });
    else if (parts.length === 0) parts.push({ title: title ?? '', nodes: [node] });
    else parts.at(-1)?.nodes.push(node);
  }
  return parts;
}

/** Anchors for headings as GitHub names them, and the place of each in the course; the first of a name wins. */
function anchorsOf(parts: Part[]): Pick<Context, 'anchors' | 'targets'> {
  const anchors = new Map<Nodes, string>();
  const targets = new Map<string, string>();
  for (const part of parts) {
    const chapter = part.id;
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
  }
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
