import * as v from 'valibot';

/** Longest version of a text, in characters. */
export const TEXT_LIMIT = 50_000;

/**
 * A text that several devices may edit at once: a multi-value register. A new text replaces the versions its writer
 * saw; versions written without knowledge of each other stay side by side until a person chooses, so no typed
 * character is lost. Every version is named by its edit id (UUIDv7).
 */
export const textRegister = v.strictObject({
  /** No upper limit: two valid registers must merge into a valid one, or the merge would lose what was typed. */
  versions: v.pipe(
    v.array(v.strictObject({ edit: v.pipe(v.string(), v.uuid()), text: v.pipe(v.string(), v.maxLength(TEXT_LIMIT)) })),
    v.minLength(1)
  ),
  past: v.array(v.pipe(v.string(), v.uuid()))
});

export type TextRegister = v.InferOutput<typeof textRegister>;

/** A register with one first version. */
export const newText = (edit: string, text: string): TextRegister => ({ versions: [{ edit, text }], past: [] });

/** The register after a person, who saw all its versions, wrote `text`. */
export const setText = (register: TextRegister, edit: string, text: string): TextRegister => ({
  versions: [{ edit, text }],
  past: sortedUnion(
    register.past,
    register.versions.map((version) => version.edit)
  )
});

/** The text to show: the version with the newest edit. */
export const currentText = (register: TextRegister): string => register.versions.at(-1)?.text ?? '';

/** Whether a person has to choose between versions. */
export const hasVersions = (register: TextRegister): boolean => register.versions.length > 1;

/** Union of the versions that neither side has replaced. Commutative, associative, idempotent. */
export function mergeText(a: TextRegister, b: TextRegister): TextRegister {
  const past = sortedUnion(a.past, b.past);
  const gone = new Set(past);
  const versions = new Map<string, string>();
  for (const { edit, text } of [...a.versions, ...b.versions]) if (!gone.has(edit)) versions.set(edit, text);
  const sorted = [...versions].sort(([x], [y]) => (x < y ? -1 : 1)).map(([edit, text]) => ({ edit, text }));
  return { versions: sorted, past };
}

const sortedUnion = (a: string[], b: string[]): string[] => [...new Set([...a, ...b])].sort();
