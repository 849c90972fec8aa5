import type { OwnDocument } from '$lib/domain/documents/index';
import type { TextRegister } from '$lib/domain/merge/text-register';
import type { Device } from './device.ts';

/** A text that a person typed: a version of a register. */
export interface Typed {
  field: string;
  /** Edit id that names the version. */
  version: string;
  text: string;
  /** Versions that stood on the screen when it was written, and which it replaces. */
  seen: string[];
}

/** One write that was tried. */
export interface Attempt {
  id: string;
  device: Device;
  doc: OwnDocument;
  typed: Typed[];
  /** The store said that it is kept. */
  acknowledged: boolean;
  /** The store said that it is not, because the disk is full. */
  refused: boolean;
}

export interface Removal {
  id: string;
  /** Versions of its texts that stood on the screen, and went with it. */
  seen: string[];
  acknowledged: boolean;
  /** Its edit, where it could be read before it was sent. */
  edit: string | undefined;
}

/** The texts of a document by the field they stand in. */
export function registersOf(doc: OwnDocument): Map<string, TextRegister> {
  if (doc.type === 'post' || doc.type === 'comment') return new Map([['body', doc.body]]);
  return doc.type === 'profile' ? new Map(Object.entries(doc.fields)) : new Map();
}

/** What was done and promised in one schedule: what the checks hold against what is there in the end. */
export class Ledger {
  readonly attempts: Attempt[] = [];
  readonly removals: Removal[] = [];

  /** @param before the document as the writer saw it */
  write(device: Device, doc: OwnDocument, before: OwnDocument | undefined): Attempt {
    const old = before ? registersOf(before) : new Map<string, TextRegister>();
    const typed = [...registersOf(doc)].flatMap(([field, register]) => {
      const known = new Set(old.get(field)?.versions.map(({ edit }) => edit));
      return register.versions
        .filter(({ edit }) => !known.has(edit))
        .map(({ edit, text }) => ({ field, version: edit, text, seen: [...known] }));
    });
    const attempt = { id: doc._id, device, doc, typed, acknowledged: false, refused: false };
    this.attempts.push(attempt);
    return attempt;
  }

  /** @param doc the document as the remover saw it */
  remove(doc: OwnDocument): Removal {
    const seen = [...registersOf(doc).values()].flatMap(({ versions }) => versions.map(({ edit }) => edit));
    const removal: Removal = { id: doc._id, seen, acknowledged: false, edit: undefined };
    this.removals.push(removal);
    return removal;
  }

  /** Writes of this document that were acknowledged (on this device). */
  kept(id: string, device?: Device): Attempt[] {
    return this.attempts.filter(
      (attempt) => attempt.id === id && attempt.acknowledged && (!device || attempt.device === device)
    );
  }

  isRemoved(id: string): boolean {
    return this.removals.some((removal) => removal.id === id);
  }

  /**
   * What is wrong with a document that should hold these writes.
   * @param kept what had been acknowledged before the document was read
   */
  missing(doc: OwnDocument, kept: Attempt[]): string[] {
    const registers = registersOf(doc);
    const replaced = new Set(
      this.attempts.filter(({ id }) => id === doc._id).flatMap(({ typed }) => typed.flatMap(({ seen }) => seen))
    );
    const removals = this.removals.filter(({ id }) => id === doc._id);
    // A removal also ends what another device had written before it, seen or not; of one that was sent before its edit
    // could be read nothing more is known.
    const isRemoved = (version: string): boolean =>
      removals.some(({ seen, edit }) => seen.includes(version) || edit === undefined || version <= edit);
    return kept.flatMap((attempt) =>
      attempt.typed.flatMap(({ field, version, text }) => {
        const register = registers.get(field);
        const found = register?.versions.find(({ edit }) => edit === version);
        if (found) return found.text === text ? [] : [`${doc._id} ${field}: version ${version} says something else`];
        if (isRemoved(version)) return [];
        if (!register?.past.includes(version)) return [`${doc._id} ${field}: version ${version} is lost`];
        return replaced.has(version) ? [] : [`${doc._id} ${field}: version ${version} was replaced by nobody`];
      })
    );
  }
}
