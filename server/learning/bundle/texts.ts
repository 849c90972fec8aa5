import type { ChapterDraft } from '../assemble.ts';
import type { PictureLibrary } from '../epub/library.ts';
import { resolve } from '../epub/paths.ts';
import { draftsOf, openText, type OpenText } from '../markdown/open-text.ts';
import type { Removals } from '../removals.ts';
import type { Names } from '../text.ts';
import { titleOf, stemOf } from './names.ts';
import type { PieceOf } from './types.ts';

/** The texts of a bundle, which link to one another and show its pictures. */
export class Texts {
  readonly #open = new Map<string, OpenText>();
  readonly #removals: Removals;
  readonly #pictures: PictureLibrary;

  constructor(removals: Removals, pictures: PictureLibrary) {
    this.#removals = removals;
    this.#pictures = pictures;
  }

  /** Opens a text; all are opened before the first becomes chapters, as it may link to any. */
  open({ path, text }: PieceOf<'text'>, names: Names): OpenText {
    const opened = openText(text, names, stemOf(path));
    this.#open.set(path, opened);
    return opened;
  }

  drafts(path: string): ChapterDraft[] {
    const opened = this.#open.get(path);
    if (!opened) return [];
    const drafts = draftsOf(opened, {
      removals: this.#removals,
      picture: (reference) => {
        const found = this.#pictures.find(path, reference);
        return found && { src: found.file.sha256, width: String(found.width), height: String(found.height) };
      },
      elsewhere: (reference) => this.#place(path, reference)
    });
    // A file without a heading is called what it is called.
    return drafts.map((draft, index) => {
      const named = opened.parts.find(({ id }) => id === draft.id)?.title;
      return named || index > 0 ? draft : { ...draft, title: titleOf(path) };
    });
  }

  #place(base: string, reference: string): string | undefined {
    const target = resolve(base, reference);
    if (target.kind === 'outside') return undefined;
    const text = this.#open.get(target.path);
    const first = text?.parts[0]?.id;
    if (!text || first === undefined) return undefined;
    return (target.fragment && text.targets.get(target.fragment.toLowerCase())) || `#${first}`;
  }
}
