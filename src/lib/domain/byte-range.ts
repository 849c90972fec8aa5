export type RangeAnswer = { start: number; end: number } | 'whole' | 'unsatisfiable';

/**
 * Understands a `Range` header (RFC 9110 §14.2) for a file of `size` bytes: one range of bytes, `end` exclusive.
 * Several ranges or another unit are answered with the whole file, as the RFC allows.
 */
export function parseRange(header: string | null | undefined, size: number): RangeAnswer {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '') ?? [];
  if (first === undefined || last === undefined || (!first && !last)) return 'whole';
  if (!first) {
    const length = Math.min(Number(last), size);
    return length > 0 ? { start: size - length, end: size } : 'unsatisfiable';
  }
  const start = Number(first);
  const end = last ? Math.min(Number(last) + 1, size) : size;
  if (last && Number(last) < start) return 'whole';
  return start < size ? { start, end } : 'unsatisfiable';
}
