import type { PdfFacts } from '../document/pdf.ts';
import type { Archive } from '../epub/archive.ts';
import type { Recording } from '../recording/index.ts';

/** Files that belong together: a folder, an archive, or one file alone. */
export type Bundle = Archive;

interface Found {
  path: string;
  bytes: Uint8Array;
}

/** A file of a bundle by what it is. */
export type Piece =
  | (Found & { is: 'text'; text: string })
  | (Found & { is: 'recording'; recording: Recording })
  | (Found & { is: 'document'; pdf: PdfFacts })
  | (Found & { is: 'captions' })
  | (Found & { is: 'picture' })
  | (Found & { is: 'settings'; text: string })
  | (Found & { is: 'other' });

export type PieceOf<Kind extends Piece['is']> = Extract<Piece, { is: Kind }>;
