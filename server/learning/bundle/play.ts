import type { ChapterDraft } from '../assemble.ts';
import { identify } from '../epub/pictures.ts';
import { oneLine, sha256Of, type Names } from '../text.ts';
import type { CourseFile } from '../types.ts';
import { companyOf, stemOf, titleOf } from './names.ts';
import type { Texts } from './texts.ts';
import type { Piece, PieceOf } from './types.ts';

const fileOf = (bytes: Uint8Array, type: string): CourseFile => ({ sha256: sha256Of(bytes), type, body: bytes });

export const pictureFile = (bytes: Uint8Array | undefined): CourseFile | undefined => {
  const kind = bytes && identify(bytes);
  return kind && fileOf(bytes, kind.type);
};

/** What stands beside a recording under its name. */
export interface Company {
  captions: PieceOf<'captions'>[];
  transcript?: PieceOf<'text'>;
  picture?: PieceOf<'picture'>;
}

export function companyFor(recording: PieceOf<'recording'>, pieces: readonly Piece[]): Company {
  const company: Company = { captions: [] };
  for (const piece of pieces) {
    if (companyOf(piece.path) !== companyOf(recording.path)) continue;
    if (piece.is === 'captions') company.captions.push(piece);
    else if (piece.is === 'text') company.transcript ??= piece;
    else if (piece.is === 'picture') company.picture ??= piece;
  }
  return company;
}

/** Minutes to two places: half a second is nothing to who plans her day. */
const minutesOf = (seconds: number): number => Math.round((seconds / 60) * 100) / 100;

/** A chapter that is heard or watched. */
export function recordingDraft(
  { path, bytes, recording }: PieceOf<'recording'>,
  { captions, transcript, picture }: Company,
  { names, texts, language }: { names: Names; texts: Texts; language: string }
): ChapterDraft {
  const words = transcript && texts.drafts(transcript.path).flatMap(({ nodes }) => nodes);
  const poster = recording.form === 'video' ? pictureFile(picture?.bytes ?? recording.picture) : undefined;
  return {
    id: names.give(stemOf(path), 'rekaman'),
    title: oneLine(recording.title ?? '', 300) || titleOf(path),
    nodes: [],
    play: {
      form: recording.form,
      file: fileOf(bytes, recording.type),
      ...(recording.seconds > 0 && { minutes: minutesOf(recording.seconds) }),
      ...(poster && { poster }),
      ...(words?.length && { transcript: words }),
      captions: captions.map((piece) => ({
        language: /\.([a-z]{2,3}(?:-[A-Za-z0-9]+)?)\.vtt$/.exec(piece.path)?.[1] ?? language,
        file: fileOf(piece.bytes, 'text/vtt')
      }))
    }
  };
}

/** A chapter that is a PDF. */
export function documentDraft({ path, bytes, pdf }: PieceOf<'document'>, names: Names): ChapterDraft {
  return {
    id: names.give(stemOf(path), 'dokumen'),
    title: oneLine(pdf.title ?? '', 300) || titleOf(path),
    nodes: [],
    play: { form: 'document', file: fileOf(bytes, 'application/pdf'), pages: pdf.pages }
  };
}
