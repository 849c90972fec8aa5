import { isPdf, readPdf } from '../document/pdf.ts';
import { identify } from '../epub/pictures.ts';
import { readRecording } from '../recording/index.ts';
import { ImportRefused } from '../types.ts';
import { extensionOf } from './names.ts';
import type { Piece } from './types.ts';

/** Names that promise a chapter: what is called so and is none is refused, as it would be missed. */
const PROMISES = new Set(['.mp3', '.m4a', '.mp4', '.m4v', '.webm', '.ogg', '.oga', '.opus', '.wav', '.pdf', '.md']);

const SETTINGS = /^course\.ya?ml$/i;

/** Text of a file that holds nothing but UTF-8 text; with `controls`, characters that nobody sees may be in it. */
export function textIn(bytes: Uint8Array, { controls = false } = {}): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return !controls && /[^\P{Cc}\t\n\f\r]/u.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

/**
 * What a file of a bundle is. Its bytes decide; its name only says what text is meant for.
 * @throws ImportRefused when it is damaged or not what its name promises
 */
export async function lookAt(path: string, bytes: Uint8Array): Promise<Piece> {
  const found = { path, bytes };
  if (isPdf(bytes)) return { ...found, is: 'document', pdf: await readPdf(bytes, path) };
  if (identify(bytes)) return { ...found, is: 'picture' };
  const recording = readRecording(bytes, path);
  if (recording) return { ...found, is: 'recording', recording };
  const extension = extensionOf(path);
  const text = textIn(bytes);
  if (text !== undefined && SETTINGS.test(path)) return { ...found, is: 'settings', text };
  if (text !== undefined && extension === '.md') return { ...found, is: 'text', text };
  if (text !== undefined && extension === '.vtt') {
    if (!/^\uFEFF?WEBVTT([ \t\r\n]|$)/.test(text))
      throw new ImportRefused('unreadable', `${path} does not begin as captions do (WEBVTT).`);
    return { ...found, is: 'captions' };
  }
  if (PROMISES.has(extension))
    throw new ImportRefused(
      'unknown-kind',
      `${path} is not what its name says, or of a kind that the app cannot show.`
    );
  return { ...found, is: 'other' };
}
