import { z } from 'zod';
import { contrastOnWhite, MIN_CONTRAST } from './contrast.ts';
import type { FieldCode } from './errors.ts';

const LOW_CONTRAST: FieldCode = 'low_contrast';

/** A color of the page, `#rrggbb`, on which white text is readable (WCAG 2.2, 1.4.3); empty for the product's own. */
export const PageColor = z
  .string()
  .regex(/^(?:#[0-9A-Fa-f]{6})?$/, { error: 'is not a color such as #175e54', abort: true })
  .refine((color) => color === '' || contrastOnWhite(color) >= MIN_CONTRAST, {
    message: `is too light: white text needs a contrast of ${MIN_CONTRAST} to 1 on it`,
    params: { code: LOW_CONTRAST },
  })
  .describe('Empty, or #rrggbb, dark enough for white text (contrast 4.5 to 1)');
