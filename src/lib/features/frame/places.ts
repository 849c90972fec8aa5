import { bookOpen, circleUserRound, house } from '$lib/ui/icons';
import { m } from '$lib/paraglide/messages';

/** The places of the navigation: only what exists. */
export const PLACES = [
  { href: '/feed', icon: house, label: m.ui_place_feed },
  { href: '/courses', icon: bookOpen, label: m.ui_place_courses },
  { href: '/profile', icon: circleUserRound, label: m.ui_place_profile }
];

/** Whether a path is in a place. */
export const isIn = (path: string, href: string): boolean => path === href || path.startsWith(`${href}/`);
