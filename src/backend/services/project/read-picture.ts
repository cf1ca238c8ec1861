import { imageSize } from 'image-size';
import { MAX_LOGO, MAX_LOGO_PIXELS } from '../../../contract/api/logo.ts';

const TYPES: Readonly<Record<string, string>> = { png: 'image/png', jpg: 'image/jpeg' };

/** Returns the media type of a picture, or why it cannot be the logo. */
export const readPicture = (
  bytes: Buffer,
): { readonly type: string } | { readonly type: undefined; readonly problem: string } => {
  const refuse = (problem: string) => ({ type: undefined, problem });
  if (bytes.length > MAX_LOGO) {
    return refuse(`is larger than ${MAX_LOGO / 1024} KiB`);
  }
  let size: ReturnType<typeof imageSize>;
  try {
    size = imageSize(bytes);
  } catch {
    return refuse('is no PNG or JPEG picture');
  }
  const type = Object.hasOwn(TYPES, size.type ?? '') ? TYPES[size.type ?? ''] : undefined;
  if (type === undefined) {
    return refuse('is no PNG or JPEG picture');
  }
  return size.width > MAX_LOGO_PIXELS || size.height > MAX_LOGO_PIXELS
    ? refuse(`is larger than ${MAX_LOGO_PIXELS} × ${MAX_LOGO_PIXELS} pixels`)
    : { type };
};
