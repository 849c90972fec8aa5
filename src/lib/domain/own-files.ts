import * as v from 'valibot';
import { bytes } from './documents/fields.ts';

/** Largest file that a person hands in or sends, bytes (domain.md §2.2). */
export const OWN_FILE_LIMIT = 5_000_000;

/** How much of a file travels in one request, bytes: a weak link moves it in less than a minute. */
export const UPLOAD_PIECE = 128 * 1024;

/** What all files of one person may need on the server, bytes. */
export const OWN_FILES_QUOTA = 200_000_000;

/** What the server says after a piece: how much of the file it has, and whether it is whole and kept. */
export const uploadAnswer = v.object({ received: bytes, whole: v.boolean() });
export type UploadAnswer = v.InferOutput<typeof uploadAnswer>;

const ascii = (text: string): number[] => Array.from(text, (character) => character.charCodeAt(0));

/** Beginnings of the kinds of files that are taken. */
const KINDS: readonly { type: string; at: number; begins: number[] }[] = [
  { type: 'application/pdf', at: 0, begins: ascii('%PDF-') },
  { type: 'image/png', at: 0, begins: [0x89, ...ascii('PNG\r\n'), 0x1a, 0x0a] },
  { type: 'image/jpeg', at: 0, begins: [0xff, 0xd8, 0xff] },
  { type: 'image/webp', at: 8, begins: ascii('WEBP') },
  { type: 'audio/ogg', at: 0, begins: ascii('OggS') },
  { type: 'audio/webm', at: 0, begins: [0x1a, 0x45, 0xdf, 0xa3] },
  { type: 'audio/mp4', at: 4, begins: ascii('ftyp') }
];

/** What a file is by its content; undefined for everything that is not taken, whatever its name says. */
export const typeOfContent = (body: Uint8Array): string | undefined =>
  KINDS.find(({ at, begins }) => begins.every((byte, index) => body[at + index] === byte))?.type;
