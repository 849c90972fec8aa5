/** A passage as the name of a place in a chapter. Names of a book hold no white space, so it is never one of them. */
export const passageAnchor = (from: number, to: number): string => `: ${from} ${to}`;

/** The passage that a name means; undefined when it is a name of the book. */
export function passageOf(anchor: string): { from: number; to: number } | undefined {
  const [, from, to] = /^: (\d+) (\d+)$/.exec(anchor) ?? [];
  return from === undefined || to === undefined ? undefined : { from: Number(from), to: Number(to) };
}
