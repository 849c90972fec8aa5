import { ADDRESSES } from './addresses.ts';
import { FOREIGN } from './foreign.ts';
import { HANDLERS } from './handlers.ts';
import { SCRIPTS } from './scripts.ts';
import { TEMPLATES } from './templates.ts';
import { UNICODE } from './unicode.ts';

/** Texts by somebody who wants to run something on a colleague's device, or to deceive her eyes; publicly known ones. */
export const HOSTILE: readonly string[] = [...SCRIPTS, ...HANDLERS, ...ADDRESSES, ...FOREIGN, ...TEMPLATES, ...UNICODE];

/** Code points that no XML document may hold. */
const NOT_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

/** Those that can stand in an XML document at all. */
export const HOSTILE_XML = HOSTILE.filter((text) => !NOT_XML.test(text));

/** Names of files in a container: what turns the writing around, breaks out of attributes, or hides what it is. */
export const HOSTILE_NAMES: readonly string[] = [
  'laporan\u202Efdp.xhtml',
  '<img src=x onerror=alert(1)>.xhtml',
  '"onload="alert(1).xhtml',
  "'><script>alert(1)<!--.xhtml",
  'javascript:alert(1).xhtml',
  'nama\u200Btersembunyi.xhtml',
  '\u2067kanan\u2069.xhtml',
  'spasi  dan\u00A0spasi.xhtml'
];
