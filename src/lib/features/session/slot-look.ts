import type { Slot } from '$lib/vault/types';
import { m } from '$lib/paraglide/messages';

/** The words for the colours and birds of `LABELS` in the vault, in its order. */
const COLOURS = [
  m.session_colour_blue,
  m.session_colour_red,
  m.session_colour_green,
  m.session_colour_yellow,
  m.session_colour_purple,
  m.session_colour_orange,
  m.session_colour_brown,
  m.session_colour_grey
];

const BIRDS = [
  m.session_bird_eagle,
  m.session_bird_dove,
  m.session_bird_cockatoo,
  m.session_bird_paradise,
  m.session_bird_myna,
  m.session_bird_egret,
  m.session_bird_peacock,
  m.session_bird_kingfisher,
  m.session_bird_owl,
  m.session_bird_hornbill,
  m.session_bird_parrot,
  m.session_bird_swallow
];

/** "Elang Biru": what a place on this browser is called. It says nothing about the person. */
export function slotName({ colour, bird }: Slot['label']): string {
  const words = {
    bird: (BIRDS[bird] ?? m.session_bird_eagle)(),
    colour: (COLOURS[colour] ?? m.session_colour_blue)()
  };
  return m.session_slot_name(words);
}

/** What a place is called where its owner is not there: by her name as well when she allowed it. */
export const placeName = ({ name, label }: Pick<Slot, 'name' | 'label'>): string =>
  name === undefined ? slotName(label) : `${name} (${slotName(label)})`;
