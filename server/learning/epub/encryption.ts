import { ImportRefused } from '../types.ts';
import type { Archive } from './archive.ts';
import { findAll, parseXml } from './xml.ts';

const FILE = 'META-INF/encryption.xml';

/** Obfuscation of fonts (EPUB 3.3 §4.3, and Adobe's older way): not a protection of the text; fonts are not imported. */
const FONT_OBFUSCATION = new Set(['http://www.idpf.org/2008/embedding', 'http://ns.adobe.com/pdf/enc#RC']);

/** Refuses books under digital rights management: their text cannot be read, and must not be. */
export function refuseEncrypted(archive: Archive): void {
  const bytes = archive.read(FILE);
  if (!bytes) return;
  for (const data of findAll(parseXml(bytes, FILE), 'EncryptedData')) {
    const algorithms = findAll(data, 'EncryptionMethod').map((method) => method.attributes.get('Algorithm') ?? '');
    if (algorithms.length === 0 || algorithms.some((algorithm) => !FONT_OBFUSCATION.has(algorithm)))
      throw new ImportRefused('encrypted', 'The book is copy-protected (DRM). Ask its publisher for an open edition.');
  }
}
