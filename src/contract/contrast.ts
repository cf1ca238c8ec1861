/** Contrast of text and ground that WCAG 2.2 asks for (1.4.3, level AA). */
export const MIN_CONTRAST = 4.5;

const channel = (color: string, at: number): number => {
  const share = Number.parseInt(color.slice(at, at + 2), 16) / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
};

/** Relative luminance, 0 to 1. @param color `#rrggbb` */
const luminance = (color: string): number =>
  0.2126 * channel(color, 1) + 0.7152 * channel(color, 3) + 0.0722 * channel(color, 5);

/** Returns the contrast of two colors, 1 to 21 (WCAG 2.2). @param one `#rrggbb` @param other `#rrggbb` */
export const contrast = (one: string, other: string): number => {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((low, high) => low - high);
  return (light + 0.05) / (dark + 0.05);
};

/** Returns the contrast of white text on a color. @param color `#rrggbb` */
export const contrastOnWhite = (color: string): number => contrast(color, '#ffffff');
