let wanted: string | undefined;

/** A chapter that begins to play by itself, because the one before it was heard to its end. */
export const continued = {
  at: (chapter: string): void => void (wanted = chapter),
  /** Whether this chapter goes on; told once. */
  take: (chapter: string): boolean => {
    const goesOn = wanted === chapter;
    wanted = undefined;
    return goesOn;
  }
};
