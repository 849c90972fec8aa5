import { LIMITS } from '../epub/limits.ts';
import { ImportRefused } from '../types.ts';

export interface PdfFacts {
  pages: number;
  title?: string;
}

/** How far from its ends a file says that it is a PDF and that it is whole (ISO 32000-1, annex H). */
const EDGE = 1_024;

export const isPdf = (bytes: Uint8Array): boolean => Buffer.from(bytes.subarray(0, EDGE)).includes('%PDF-');

/**
 * How many pages a PDF has, and its title. Every page is found, so that the reader will find it; nothing is drawn and no
 * script is run.
 * @throws ImportRefused when it is cut off, damaged, or opens with a password only
 */
export async function readPdf(bytes: Uint8Array, name: string): Promise<PdfFacts> {
  if (!Buffer.from(bytes.subarray(-EDGE)).includes('%%EOF'))
    throw new ImportRefused('unreadable', `${name} is cut off: its end is missing.`);
  const { getDocument, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  // The library takes the bytes away from who gave them.
  const loading = getDocument({
    data: new Uint8Array(bytes),
    useSystemFonts: false,
    disableFontFace: true,
    stopAtErrors: true,
    enableXfa: false,
    verbosity: VerbosityLevel.ERRORS
  });
  try {
    const pdf = await loading.promise;
    if (pdf.numPages > LIMITS.chapters)
      throw new ImportRefused('too-large', `${name} has more than ${LIMITS.chapters} pages.`);
    for (let page = 1; page <= pdf.numPages; page += 1) (await pdf.getPage(page)).cleanup();
    const { info } = await pdf.getMetadata();
    const title = 'Title' in info && typeof info.Title === 'string' ? info.Title.trim() : '';
    return { pages: pdf.numPages, ...(title && { title }) };
  } catch (error) {
    if (error instanceof ImportRefused) throw error;
    const { name: kind = '', message = '' } = error instanceof Error ? error : {};
    if (kind === 'PasswordException') throw new ImportRefused('encrypted', `${name} opens with a password only.`);
    throw new ImportRefused('unreadable', `${name} is damaged: ${message}`);
  } finally {
    await loading.destroy();
  }
}
