import { open } from 'node:fs/promises';
import { chapterEntry, type ChapterEntry, type MediaFile } from '../../../src/lib/domain/documents/course.ts';
import {
  PACKAGE_TYPE,
  packageDescriptor,
  type PackageDescriptor,
  type PackageFile,
  type Sco
} from '../../../src/lib/domain/documents/package-descriptor.ts';
import * as v from 'valibot';
import { openArchive, type Archive } from '../epub/archive.ts';
import { LIMITS } from '../epub/limits.ts';
import { elementsOf, findAll, textIn } from '../epub/xml.ts';
import { Removals } from '../removals.ts';
import { directionOf, languageOf, oneLine, paragraphs, sha256Of } from '../text.ts';
import { ImportRefused, type CourseFile, type ImportedCourse } from '../types.ts';
import { folderOf, MANIFEST, PackageFiles } from './files.ts';
import { readManifest, type Manifest } from './manifest.ts';
import { noteUnplayable } from './notes.ts';
import { neededFiles } from './needs.ts';
import { scosOf } from './scos.ts';

/**
 * Reads a course from a SCORM 1.2 or 2004 package, or from a ZIP archive of HTML pages that begin with `index.html`.
 * One chapter for each thing that is launched. Nothing is changed in the files and nothing is run: what pages may do is
 * decided where they are shown (docs/decisions/packages.md).
 * @param file path of the file, or its bytes
 * @param title of a lesson that has no manifest
 * @throws ImportRefused
 */
export async function readScorm(file: string | Uint8Array, title = ''): Promise<ImportedCourse> {
  const bytes = typeof file === 'string' ? await load(file) : file;
  const archive = await openArchive(bytes, { backslashes: true });
  const removals = new Removals();
  const root = folderOf(archive, MANIFEST);
  const read = root === undefined ? readPages(archive, title) : readPackage(archive, root, removals);
  noteUnplayable(read.files, removals);
  const bodies = new Map<string, CourseFile>();
  const chapters = read.scos.map((sco): ChapterEntry => {
    const files = read.needs(sco);
    for (const { sha256 } of files) keep(bodies, read.files.bodies.get(sha256));
    const descriptor = descriptorFile({ version: 1, standard: read.standard, scos: [sco], files });
    keep(bodies, descriptor);
    return {
      id: sco.id,
      title: sco.title,
      form: 'package',
      file: { sha256: descriptor.sha256, size: descriptor.body.byteLength, type: descriptor.type },
      images: [
        ...new Map(
          files.map(({ sha256, size, type }): [string, MediaFile] => [sha256, { sha256, size, type }])
        ).values()
      ]
    };
  });
  v.parse(v.array(chapterEntry), chapters);
  const files = [...bodies.values()];
  const size = files.reduce((sum, { body }) => sum + body.byteLength, 0);
  return { course: { ...read.facts, chapters, size }, files, fingerprint: sha256Of(bytes), removed: removals.list() };
}

interface Read {
  standard: PackageDescriptor['standard'];
  files: PackageFiles;
  scos: Sco[];
  needs: (sco: Sco) => PackageFile[];
  facts: Pick<ImportedCourse['course'], 'title' | 'summary' | 'language' | 'direction' | 'kind'>;
}

function readPackage(archive: Archive, root: string, removals: Removals): Read {
  const files = new PackageFiles(archive, root);
  const found = files.find(MANIFEST);
  const manifest = readManifest((found && files.read(found)) || new Uint8Array());
  const scos = scosOf(manifest, files);
  if (scos.length === 0) throw new ImportRefused('no-chapters', `${MANIFEST} names nothing that could be launched.`);
  if (scos.length > LIMITS.chapters)
    throw new ImportRefused('too-large', `The package has more than ${LIMITS.chapters} chapters.`);
  if (findAll(manifest.root, 'sequencingRules', 'rollupRules', 'prerequisites').length > 0)
    removals.add('rules of sequence are not followed: chapters are open in their order', MANIFEST);
  const items = new Map(scos.map(({ sco, item }) => [sco.id, item.resource]));
  return {
    standard: manifest.standard,
    files,
    scos: scos.map(({ sco }) => sco),
    needs: (sco) => neededFiles(manifest, files, items.get(sco.id) ?? '', scos.length),
    facts: factsOf(manifest, scos[0]?.sco.title ?? '')
  };
}

function readPages(archive: Archive, title: string): Read {
  const root = folderOf(archive, 'index.html', 'index.htm');
  if (root === undefined)
    throw new ImportRefused('unreadable', `The archive has neither ${MANIFEST} nor index.html: it is no package.`);
  const files = new PackageFiles(archive, root);
  const launch = files.find('index.html') ?? files.find('index.htm') ?? '';
  const text = new TextDecoder().decode(files.read(launch));
  const named = oneLine(/<title[^>]*>([^<]*)<\/title>/i.exec(text)?.[1] ?? '', 300) || oneLine(title, 300) || launch;
  const language = languageOf(/<html[^>]*\slang\s*=\s*["']?([A-Za-z-]+)/i.exec(text)?.[1], 'id');
  return {
    standard: 'html',
    files,
    scos: [{ id: 'pelajaran', title: named, launch, reports: false }],
    needs: () => files.all,
    facts: { title: named, summary: '', language, direction: directionOf(language), kind: 'course' }
  };
}

function factsOf(manifest: Manifest, fallback: string): Read['facts'] {
  const metadata = elementsOf(manifest.root, 'metadata')[0];
  const general = metadata && findAll(metadata, 'general')[0];
  const text = (name: string): string => {
    const found = general && elementsOf(general, name)[0];
    return found ? textIn(found) : '';
  };
  const title = oneLine(manifest.title, 300) || oneLine(text('title'), 300) || fallback;
  const language = languageOf(text('language') || undefined, 'id');
  const summary = paragraphs(text('description'), 2_000);
  return { title, summary, language, direction: directionOf(language), kind: 'course' };
}

function descriptorFile(descriptor: PackageDescriptor): CourseFile {
  v.parse(packageDescriptor, descriptor);
  const body = new TextEncoder().encode(JSON.stringify(descriptor));
  return { sha256: sha256Of(body), type: PACKAGE_TYPE, body };
}

const keep = (bodies: Map<string, CourseFile>, file: CourseFile | undefined): void => {
  if (file) bodies.set(file.sha256, file);
};

async function load(file: string): Promise<Uint8Array> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    if (size > LIMITS.file) throw new ImportRefused('too-large', `The file is larger than ${LIMITS.file} bytes.`);
    return new Uint8Array(await handle.readFile());
  } finally {
    await handle.close();
  }
}
