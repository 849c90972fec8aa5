import type { CourseKind } from '../../../src/lib/domain/documents/course.ts';
import { assemble, type ChapterDraft } from '../assemble.ts';
import { PictureLibrary } from '../epub/library.ts';
import { LIMITS } from '../epub/limits.ts';
import { factsOf } from '../markdown/facts.ts';
import { readFacts, type FrontMatter } from '../markdown/front-matter.ts';
import { Removals } from '../removals.ts';
import { languageOf, Names, oneLine } from '../text.ts';
import { ImportRefused, type CourseFile, type ImportedCourse } from '../types.ts';
import { lookAt } from './look.ts';
import { inModuleOrder, modulesIn, type Placed } from './modules.ts';
import { isOpening, tidy, titleOf } from './names.ts';
import { companyFor, documentDraft, pictureFile, recordingDraft } from './play.ts';
import { Texts } from './texts.ts';
import type { Bundle, Piece, PieceOf } from './types.ts';

export { openFolder } from './folder.ts';
export type { Bundle } from './types.ts';

const COVER_NAME = /^(cover|sampul)\./i;

/**
 * Reads a course from files that belong together: texts, recordings, documents and pictures, in the order of their
 * names. `course.yml`, or the front matter of `index.md`, says what the course is; each folder is a module unless it
 * says so; `.vtt`, `.md` and a picture beside a recording are its captions, its transcript and its poster
 * (docs/courses.md).
 * @param name of the folder or file, for a title where none is given
 * @throws ImportRefused
 */
export async function readBundle(given: Bundle, name: string): Promise<Omit<ImportedCourse, 'fingerprint'>> {
  const bundle = tidy(given);
  const pieces: Piece[] = [];
  for (const path of bundle.names()) pieces.push(await lookAt(path, bundle.read(path) ?? new Uint8Array()));
  const removals = new Removals();
  const pictures = new PictureLibrary(bundle, removals);
  const texts = new Texts(removals, pictures);
  const recordings = pieces.filter((piece): piece is PieceOf<'recording'> => piece.is === 'recording');
  const companies = new Map(recordings.map((piece) => [piece, companyFor(piece, pieces)]));
  const transcripts = new Set([...companies.values()].map(({ transcript }) => transcript));

  const names = new Names();
  const opened = pieces.flatMap((piece) =>
    piece.is === 'text' ? [{ piece, open: texts.open(piece, transcripts.has(piece) ? new Names() : names) }] : []
  );
  const facts = settingsOf(pieces) ?? opened.find(({ piece }) => isOpening(piece.path))?.open.facts ?? {};
  const language = languageOf(facts.language, 'id');
  const placed: Placed[] = pieces.map((piece) => ({ path: piece.path, drafts: draftsOf(piece) }));
  function draftsOf(piece: Piece): ChapterDraft[] {
    if (piece.is === 'text') return transcripts.has(piece) ? [] : texts.drafts(piece.path);
    if (piece.is === 'document') return [documentDraft(piece, names)];
    if (piece.is === 'recording')
      return [recordingDraft(piece, companies.get(piece) ?? { captions: [] }, { names, texts, language })];
    if (piece.is === 'other') removals.add('file of a kind that a course does not use', piece.path);
    return [];
  }

  const modules = modulesIn(facts.modules, placed);
  const drafts = inModuleOrder(
    placed.flatMap((one) => one.drafts),
    modules
  );
  if (drafts.length > LIMITS.chapters)
    throw new ImportRefused('too-large', `The course has more than ${LIMITS.chapters} chapters.`);
  const only = drafts.length === 1 ? drafts[0]?.title : undefined;
  const title = oneLine(facts.title ?? albumOf(recordings) ?? only ?? titleOf(name), 300) || 'Kursus';
  const author = recordings[0]?.recording.author;
  const course = {
    ...factsOf(facts, title),
    kind: facts.kind ?? kindOf(drafts, recordings),
    ...(!facts.publisher && author && { publisher: oneLine(author, 200) }),
    ...(modules && { modules })
  };
  return { ...assemble(course, drafts, pictures.files, coverOf(facts, bundle, pieces)), removed: removals.list() };
}

function settingsOf(pieces: readonly Piece[]): FrontMatter | undefined {
  const settings = pieces.find((piece) => piece.is === 'settings');
  return settings && readFacts(settings.text, settings.path);
}

const albumOf = (recordings: readonly PieceOf<'recording'>[]): string | undefined => {
  const album = recordings.length > 1 ? recordings[0]?.recording.album : undefined;
  return recordings.every(({ recording }) => recording.album === album) ? album : undefined;
};

function kindOf(drafts: readonly ChapterDraft[], recordings: readonly PieceOf<'recording'>[]): CourseKind {
  const forms = new Set(drafts.map(({ play }) => play?.form));
  if (forms.size !== 1) return 'course';
  if (forms.has('video')) return 'video';
  if (forms.has('document')) return 'book';
  if (!forms.has('audio')) return 'course';
  const podcast = recordings.some(({ recording }) => /podcast/i.test(recording.genre ?? ''));
  return podcast || recordings.length === 1 ? 'podcast' : 'audiobook';
}

/** The picture that the settings name, else one that is called a cover, else that of a recording. */
function coverOf({ cover }: FrontMatter, bundle: Bundle, pieces: readonly Piece[]): CourseFile | undefined {
  if (cover !== undefined) {
    const named = pictureFile(bundle.read(cover));
    if (!named) throw new ImportRefused('unreadable', `The cover ${cover} is missing, or no picture.`);
    return named;
  }
  const called = pieces.find(({ is, path }) => is === 'picture' && COVER_NAME.test(path));
  const carried = pieces.find((piece) => piece.is === 'recording' && pictureFile(piece.recording.picture));
  return pictureFile(called?.bytes ?? (carried?.is === 'recording' ? carried.recording.picture : undefined));
}
