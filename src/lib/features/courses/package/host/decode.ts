const LABELS = [
  /^[^]{0,1024}?<meta[^>]+charset\s*=\s*["']?\s*([\w:-]+)/i,
  /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)/i,
  /^@charset\s+"([\w:-]+)"/i
];

/**
 * The text of a page, script or style sheet: by its byte order mark, by what it says itself, else UTF-8, and what is
 * not UTF-8 is in the code page that authoring tools on Windows wrote.
 */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  const marked = first === 0xef && second === 0xbb;
  const head = marked ? '' : new TextDecoder('windows-1252').decode(bytes.subarray(0, 2_048));
  const said = LABELS.map((label) => label.exec(head)?.[1]).find((label) => label !== undefined);
  const label = said && !/^utf-?(8|16)/i.test(said) ? said : 'utf-8';
  return attempt(label, bytes) ?? attempt('utf-8', bytes) ?? new TextDecoder('windows-1252').decode(bytes);
}

function attempt(label: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(label, { fatal: label === 'utf-8' }).decode(bytes);
  } catch {
    return undefined;
  }
}
