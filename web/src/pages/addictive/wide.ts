// On a telephone nothing long stands open to begin with: what comes below it must be near.
export const isWide = (): boolean => matchMedia("(min-width: 700px)").matches;
