/** The most that a cell is tinted with: text on it keeps 4.5:1 in both themes. */
const MOST = 38;

/** How much of a colour goes into a cell's surface, as CSS wants it; the figure in the cell says the same. */
export const tint = (share: number): string => `${(MOST * Math.min(1, Math.max(0, share))).toFixed(1)}%`;
