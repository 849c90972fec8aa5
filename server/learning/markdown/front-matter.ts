import * as v from 'valibot';
import { parse } from 'yaml';
import { key } from '../../../src/lib/domain/documents/fields.ts';
import { COURSE_KINDS, LEVELS } from '../../../src/lib/domain/documents/course.ts';
import { ImportRefused } from '../types.ts';

const words = v.union([v.pipe(v.string(), v.trim(), v.minLength(1)), v.pipe(v.number(), v.transform(String))]);

const names = v.union([v.array(words), v.pipe(v.string(), v.transform(splitList))]);
const day = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3_650));
const days = v.pipe(
  v.object({ from: day, to: day, attempts: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)) }),
  v.check(({ from, to }) => from <= to, 'the days end before they begin')
);

const frontMatter = v.object({
  title: v.optional(words),
  summary: v.optional(words),
  topics: v.optional(names),
  hours: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1_000))),
  kind: v.optional(v.picklist(COURSE_KINDS)),
  level: v.optional(v.picklist(LEVELS)),
  minutes: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(100_000))),
  /** Competencies with the level that the course leads to. */
  competencies: v.optional(v.record(key, v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5)))),
  publisher: v.optional(words),
  language: v.optional(words),
  source: v.optional(words),
  /** A picture of a folder that stands for the course. */
  cover: v.optional(words),
  modules: v.optional(v.array(v.object({ title: words, chapters: names, after: v.optional(names) }))),
  study: v.optional(
    v.object({ regular: v.optional(days), remedial: v.optional(days), certificate: v.optional(v.boolean(), false) })
  )
});

export type FrontMatter = v.InferOutput<typeof frontMatter>;

const BLOCK = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/;

/** Splits a Markdown file into its YAML front matter and the rest; a file may have none. */
export function readFrontMatter(text: string): { facts: FrontMatter; body: string } {
  const found = BLOCK.exec(text);
  if (!found) return { facts: {}, body: text.replace(/^\uFEFF/, '') };
  return { facts: readFacts(found[1] ?? '', 'The front matter'), body: text.slice(found[0].length) };
}

/**
 * The facts of a course from YAML.
 * @param where what the refusal calls it
 * @throws ImportRefused
 */
export function readFacts(yaml: string, where: string): FrontMatter {
  let value: unknown;
  try {
    value = parse(yaml, { maxAliasCount: 0, schema: 'core', logLevel: 'error' });
  } catch (error) {
    throw new ImportRefused('unreadable', `${where} is no YAML: ${(error as Error).message}`);
  }
  const facts = v.safeParse(frontMatter, value ?? {});
  if (facts.success) return facts.output;
  const [issue] = facts.issues;
  throw new ImportRefused('unreadable', `${where}: ${v.getDotPath(issue) ?? 'content'}: ${issue.message}`);
}

function splitList(text: string): string[] {
  return text
    .split(',')
    .map((topic) => topic.trim())
    .filter((topic) => topic !== '');
}
