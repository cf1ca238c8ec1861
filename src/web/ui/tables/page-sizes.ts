/** Rows of a page that can be chosen. */
export const PAGE_SIZES = [25, 50, 100] as const;
export const DEFAULT_SIZE = PAGE_SIZES[0];
