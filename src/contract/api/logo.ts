import { z } from 'zod';

/** Bytes of a logo at most. */
export const MAX_LOGO = 65_536;
/** Pixels of its width and height at most, so that no small file takes the memory of a large picture. */
export const MAX_LOGO_PIXELS = 2048;

/** A PNG or JPEG picture as base64; SVG is refused, since it may hold scripts. */
export const LogoUpload = z.object({
  content: z
    .base64()
    .min(1)
    .max(Math.ceil(MAX_LOGO / 3) * 4, `is larger than ${MAX_LOGO / 1024} KiB`)
    .describe(
      `A PNG or JPEG picture as base64, ${MAX_LOGO / 1024} KiB and ${MAX_LOGO_PIXELS} × ${MAX_LOGO_PIXELS} pixels at most`,
    ),
});
