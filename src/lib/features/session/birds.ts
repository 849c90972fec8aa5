/** A bird as the few strokes by which people tell it from the others; drawn on a square of 48. */
export interface Bird {
  /** Filled in the light colour. */
  body: string;
  /** Filled in turmeric: beak and legs. */
  beak: string;
  /** Stroked in the dark colour: wing, crest, tail. */
  lines?: string;
  eye: [x: number, y: number];
}

const EAGLE: Bird = {
  body: 'M4 15c7 0 12 2 15 6 1-5 4-8 9-8 4 0 7 3 7 7 4-3 7-5 11-5-1 9-7 16-16 17l3 9-9-5-9 5 2-9C8 31 4 24 4 15z',
  beak: 'M34 17c4 0 5 3 4 6-1-2-3-2-4-2z',
  eye: [30, 18]
};

/** In the order of `LABELS.birds` and of the words in slot-look.ts. */
export const BIRDS: readonly Bird[] = [
  EAGLE,
  {
    body: 'M8 30c0-6 4-9 10-10 4 0 7-2 9-5 2-4 9-4 11 1 1 3 1 6-1 9-3 8-9 12-17 12L6 40z',
    beak: 'M38 16l6 2-6 2z',
    lines: 'M17 27c3 4 8 5 14 1',
    eye: [34, 16]
  },
  {
    body: 'M16 42c-2-9 1-14 4-18 0-6 4-10 9-10 6 0 9 5 8 10-1 10-7 14-13 16z',
    beak: 'M37 19c5 1 6 6 3 9-1-3-3-4-4-5z',
    lines: 'M26 14c-4-2-5-6-9-9M29 13c-2-3-1-7-5-10M32 14c-1-4 1-6-1-10',
    eye: [31, 20]
  },
  {
    body: 'M20 22c2-6 7-9 12-8 5 2 6 7 4 11-3 5-9 7-14 5z',
    beak: 'M37 18l7-2-5 6z',
    lines: 'M21 26C14 26 8 31 5 42M21 28c-5 2-9 7-10 15M22 30c-3 3-5 7-5 13',
    eye: [33, 18]
  },
  {
    body: 'M9 40l9-16c2-6 6-11 12-11s9 5 8 10c-1 8-8 13-16 12z',
    beak: 'M38 18l7 1-7 3z',
    lines: 'M24 13l-3-7M28 12l-1-8M20 27c4 4 9 4 13 0',
    eye: [33, 18]
  },
  {
    body: 'M10 30c4-6 10-7 15-5 3-3 1-7 2-11 1-5 8-6 10-2 1 3-1 5-3 6-2 6-1 12-6 16-6 4-13 2-18-4z',
    beak: 'M37 10l9 2-9 3zM22 37h2v8h-2zM27 36h2v9h-2z',
    eye: [33, 11]
  },
  {
    body: 'M22 28c1-7 4-14 10-14 4 0 6 3 5 7-1 9-5 16-12 16-3-1-4-5-3-9z',
    beak: 'M37 18l6 2-6 2z',
    lines: 'M20 34 5 24M21 37 6 34M23 39 11 43M22 30 9 14M32 14V6M35 15l3-7',
    eye: [33, 18]
  },
  {
    body: 'M12 38c0-8 3-14 9-17 3-5 10-6 13-2 3 5 2 9-1 13-5 6-13 8-21 6z',
    beak: 'M34 20l12 4-12 3z',
    lines: 'M20 27c3 5 7 6 12 4',
    eye: [29, 21]
  },
  {
    body: 'M12 10l6 4c4-2 8-2 12 0l6-4c2 8 2 28-12 32C10 38 10 18 12 10z',
    beak: 'M24 23l3 4-3 4-3-4z',
    lines: 'M18 20m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0M30 20m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0M18 34l3 2 3-2 3 2 3-2',
    eye: [18, 20]
  },
  {
    body: 'M8 40c1-9 5-15 11-18 2-6 7-9 12-7 4 2 5 7 2 11-4 8-12 13-19 12z',
    beak: 'M33 17c6-1 11 2 13 8-5-2-9-2-13-1zM30 14c2-4 7-5 11-3-2 3-5 5-9 5z',
    eye: [29, 20]
  },
  {
    body: 'M16 44l3-20c1-7 5-11 10-11 6 0 9 5 8 11-2 9-7 12-12 12z',
    beak: 'M36 18c5 0 7 5 4 9-1-2-3-3-5-3z',
    lines: 'M22 24c1 5 4 8 9 8M19 34l-6 10',
    eye: [31, 19]
  },
  {
    body: 'M3 18c8-2 14 0 18 5 2-5 7-8 13-7 3 1 4 3 3 5 2 6-4 11-12 10L10 43l6-16C10 26 5 23 3 18z',
    beak: 'M37 18l6 1-6 3z',
    lines: 'M18 33 6 36',
    eye: [33, 19]
  }
];
